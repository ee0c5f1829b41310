/// A JSON document with its keys in the order given, written the same way every time.
indirect enum JSONValue: Sendable {
    case text(String)
    case number(Int)
    /// A number with a fixed count of decimals, already written.
    case decimal(String)
    case bool(Bool)
    case null
    case list([JSONValue])
    case object([(String, JSONValue)])

    static func optional(_ number: Int?) -> JSONValue { number.map(JSONValue.number) ?? .null }

    /// RFC 8259 text that is also safe inside a script element: `<`, `>`, `&`, `{` in texts and U+2028
    /// and U+2029 are escaped.
    var encoded: String {
        var text = ""
        write(to: &text)
        return text
    }

    private func write(to out: inout String) {
        switch self {
        case .text(let text): Self.write(text, to: &out)
        case .number(let number): out += String(number)
        case .decimal(let digits): out += digits
        case .bool(let value): out += value ? "true" : "false"
        case .null: out += "null"
        case .list(let values):
            out += "["
            for (index, value) in values.enumerated() {
                if index > 0 { out += "," }
                value.write(to: &out)
            }
            out += "]"
        case .object(let members):
            out += "{"
            for (index, member) in members.enumerated() {
                if index > 0 { out += "," }
                Self.write(member.0, to: &out)
                out += ":"
                member.1.write(to: &out)
            }
            out += "}"
        }
    }

    private static func write(_ text: String, to out: inout String) {
        out += "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": out += "\\\""
            case "\\": out += "\\\\"
            case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}", "<", ">", "&", "{", "\u{2028}",
                "\u{2029}":
                let digits = String(scalar.value, radix: 16)
                out += "\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits
            default: out.unicodeScalars.append(scalar)
            }
        }
        out += "\""
    }
}
