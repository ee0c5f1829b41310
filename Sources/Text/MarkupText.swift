/// Character data of XML and HTML.
///
/// All that is special in markup is ASCII, so the work is done on bytes; a combining mark behind a quote cannot
/// hide it.
public enum MarkupText {
    /// What stands for a byte in text and in quoted attributes; nil if that is the byte itself.
    public static func reference(_ byte: UInt8) -> StaticString? {
        switch byte {
        case UInt8(ascii: "&"): "&amp;"
        case UInt8(ascii: "<"): "&lt;"
        case UInt8(ascii: ">"): "&gt;"
        case UInt8(ascii: "\""): "&quot;"
        case UInt8(ascii: "'"): "&#39;"
        default: nil
        }
    }

    /// The text with its special bytes as references. What XML forbids, such as most control characters, is the
    /// caller's to keep out.
    public static func escaped(_ text: String) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count)
        for byte in text.utf8 {
            if let reference = reference(byte) {
                reference.withUTF8Buffer { bytes.append(contentsOf: $0) }
            } else {
                bytes.append(byte)
            }
        }
        return bytes
    }
}
