import CICU

/// The canonical composition of the Unicode Standard (NFC), by ICU: what HTML wants text to be in.
enum Composition {
    /// The same text to a reader, composed; as it is if ICU fails.
    static func nfc(_ text: String) -> String {
        if text.utf8.allSatisfy({ $0 < 0x80 }) { return text }
        let source = Array(text.utf16)
        // No scalar grows to more than 3 UTF-16 units (Unicode Standard Annex #15).
        let capacity = source.count * 3
        let composed = [UInt16](unsafeUninitializedCapacity: capacity) { buffer, count in
            count = Int(
                max(
                    0,
                    tidemark_nfc(source, Int32(source.count), buffer.baseAddress, Int32(capacity))
                ))
        }
        return composed.isEmpty ? text : String(decoding: composed, as: UTF16.self)
    }
}
