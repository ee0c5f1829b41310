/// toNFKC_Casefold of the Unicode Standard (3.13, R5).
public enum Casefold {
    /// Compatibility composition, full case folding, default-ignorable code points removed.
    public static func nfkc(_ text: Substring) -> String {
        if text.utf8.allSatisfy({ $0 < 0x80 }) {
            return String(decoding: text.utf8.map(lowercased), as: UTF8.self)
        }
        var folded: [UInt32] = []
        folded.reserveCapacity(text.utf8.count)
        for scalar in text.unicodeScalars {
            if UnicodeTables.properties(of: scalar.value).folds {
                UnicodeTables.foldings.forEach(of: scalar.value) { folded.append($0) }
            } else {
                folded.append(scalar.value)
            }
        }
        return Composition.text(Composition.nfc(folded))
    }

    private static func lowercased(_ byte: UInt8) -> UInt8 {
        byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z") ? byte | 0x20 : byte
    }
}
