import CICU

/// toNFKC_Casefold of the Unicode Standard, by ICU.
enum Casefold {
    /// Compatibility composition, full case folding, default-ignorable code points removed.
    static func nfkc(_ text: Substring) -> String {
        if text.utf8.allSatisfy({ $0 < 0x80 }) {
            return String(decoding: text.utf8.map(lowercased), as: UTF8.self)
        }
        let source = Array(text.utf16)
        // No scalar grows to more than 18 UTF-16 units (U+FDFA).
        let capacity = source.count * 18
        let folded = [UInt16](unsafeUninitializedCapacity: capacity) { buffer, count in
            count = Int(
                max(
                    0,
                    tidemark_nfkc_casefold(
                        source, Int32(source.count), buffer.baseAddress, Int32(capacity))))
        }
        return String(decoding: folded, as: UTF16.self)
    }

    private static func lowercased(_ byte: UInt8) -> UInt8 {
        byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z") ? byte | 0x20 : byte
    }
}
