/// Strings of JSON (RFC 8259 §7) that are safe in a script element and a template too.
public enum JSONString {
    /// Appends the text in quotes. Control characters, `<`, `>`, `&`, `{`, and U+2028 and U+2029, which end a line
    /// of JavaScript, are escaped beside what JSON asks for.
    public static func append(_ text: String, to json: inout String) {
        json += "\""
        if text.utf8.allSatisfy(isPlain) {
            json += text
        } else {
            for scalar in text.unicodeScalars { append(scalar, to: &json) }
        }
        json += "\""
    }

    private static func append(_ scalar: Unicode.Scalar, to json: inout String) {
        switch scalar {
        case "\"": json += "\\\""
        case "\\": json += "\\\\"
        case "\u{0}"..<"\u{20}", "\u{7F}"..."\u{9F}", "<", ">", "&", "{", "\u{2028}", "\u{2029}":
            var digits = Array("\\u".utf8)
            Hex.append(UInt8(scalar.value >> 8), to: &digits)
            Hex.append(UInt8(scalar.value & 0xFF), to: &digits)
            json += String(decoding: digits, as: UTF8.self)
        default: json.unicodeScalars.append(scalar)
        }
    }

    /// Whether a byte is ASCII that stands for itself.
    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "<"), UInt8(ascii: ">"),
            UInt8(ascii: "&"), UInt8(ascii: "{"):
            false
        default: (0x20..<0x7F).contains(byte)
        }
    }
}
