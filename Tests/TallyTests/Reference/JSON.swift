/// A JSON value that tests make up, take apart and write out.
indirect enum JSON {
    case null
    case bool(Bool)
    /// As it is to be written.
    case number(String)
    case string(String)
    case array([JSON])
    case object([Member])

    struct Member {
        var name: String
        var value: JSON
    }

    static func object(_ members: KeyValuePairs<String, JSON>) -> JSON {
        .object(members.map { Member(name: $0.key, value: $0.value) })
    }

    /// The last member of that name.
    subscript(name: String) -> JSON? {
        guard case .object(let members) = self else { return nil }
        return members.last { $0.name == name }?.value
    }

    var string: String? { if case .string(let text) = self { text } else { nil } }
    var isNull: Bool { if case .null = self { true } else { false } }
    /// A string, or null for none.
    var isText: Bool { isNull || string != nil }
    var elements: [JSON]? { if case .array(let elements) = self { elements } else { nil } }
    var isObject: Bool { if case .object = self { true } else { false } }
    var isTrue: Bool { if case .bool(true) = self { true } else { false } }
    var isFalse: Bool { if case .bool(false) = self { true } else { false } }
    var natural: UInt64? { if case .number(let digits) = self { UInt64(digits) } else { nil } }

    /// The text, everything outside ASCII escaped.
    var text: String {
        switch self {
        case .null: return "null"
        case .bool(let value): return value ? "true" : "false"
        case .number(let digits): return digits
        case .string(let text):
            let escaped = text.utf16.map { unit in
                unit < 0x20 || unit > 0x7E || unit == 0x22 || unit == 0x5C
                    ? "\\u" + String(0x10000 + Int(unit), radix: 16).dropFirst()
                    : String(UnicodeScalar(UInt8(unit)))
            }
            return "\"" + escaped.joined() + "\""
        case .array(let elements): return "[" + elements.map(\.text).joined(separator: ",") + "]"
        case .object(let members):
            return "{"
                + members.map { JSON.string($0.name).text + ":" + $0.value.text }.joined(
                    separator: ",") + "}"
        }
    }

    /// The value with one thing in it removed, repeated, moved or replaced.
    func mutated(_ random: inout any RandomNumberGenerator) -> JSON {
        switch self {
        case .object(var members)
        where !members.isEmpty && Int.random(in: 0..<8, using: &random) > 0:
            let index = Int.random(in: members.indices, using: &random)
            switch Int.random(in: 0..<8, using: &random) {
            case 0: members.remove(at: index)
            case 1:
                members.append(
                    Member(name: members[index].name, value: members[index].value.mutated(&random)))
            case 2: members.shuffle(using: &random)
            default: members[index].value = members[index].value.mutated(&random)
            }
            return .object(members)
        case .array(var elements)
        where !elements.isEmpty && Int.random(in: 0..<8, using: &random) > 0:
            let index = Int.random(in: elements.indices, using: &random)
            switch Int.random(in: 0..<6, using: &random) {
            case 0: elements.remove(at: index)
            case 1: elements.append(elements[index])
            default: elements[index] = elements[index].mutated(&random)
            }
            return .array(elements)
        default: return Self.odd.randomElement(using: &random) ?? .null
        }
    }

    private static var odd: [JSON] {
        [
            .null, .bool(true), .bool(false), .number("0"), .number("-1"), .number("1.5"),
            .number("18446744073709551615"), .number("3"), .string(""),
            .string("3"), .string("en"), .string("#odd x"), .string("\u{0}\u{301}"), .array([]),
            .array([.null, .string("t"), .object([])]), .object([]),
        ]
    }
}
