import Text

/// A JSON document with its keys in the order given, written the same way every time.
indirect enum JSONDocument: Sendable {
    case text(String)
    case number(Int)
    /// A number with a fixed count of decimals, already written.
    case decimal(String)
    case bool(Bool)
    case null
    case list([JSONDocument])
    case object([(String, JSONDocument)])

    static func optional(_ number: Int?) -> JSONDocument {
        number.map(JSONDocument.number) ?? .null
    }

    /// RFC 8259 text that is also safe inside a script element: `<`, `>`, `&`, `{` in texts and U+2028
    /// and U+2029 are escaped.
    var encoded: String {
        var text = ""
        write(to: &text)
        return text
    }

    private func write(to out: inout String) {
        switch self {
        case .text(let text): JSONString.append(text, to: &out)
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
                JSONString.append(member.0, to: &out)
                out += ":"
                member.1.write(to: &out)
            }
            out += "}"
        }
    }
}
