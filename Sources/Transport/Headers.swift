import Text

/// Header fields in the order they are sent or came; names are compared without case.
///
/// Values that carry secrets do not show in its description or in a dump.
public struct Headers: Hashable, Sendable {
    /// One field.
    public struct Field: Hashable, Sendable {
        public var name: String
        public var value: String

        public init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }

    public var fields: [Field]

    public init(_ fields: [Field] = []) {
        self.fields = fields
    }

    /// The value of the first field of that name; setting puts one field in the place of all of
    /// them.
    public subscript(name: String) -> String? {
        get { fields.first { $0.isNamed(name) }?.value }
        set {
            fields.removeAll { $0.isNamed(name) }
            if let newValue { fields.append(Field(name: name, value: newValue)) }
        }
    }
}

extension Headers.Field {
    func isNamed(_ other: String) -> Bool {
        name.utf8.count == other.utf8.count
            && zip(name.utf8, other.utf8)
                .allSatisfy { $0.asciiLowercased == $1.asciiLowercased }
    }

    /// A token and a value of one line, as RFC 9110 §5 has them; anything else could begin a field
    /// of its own.
    var isWellFormed: Bool {
        let marks = Array("!#$%&'*+-.^_`|~".utf8)
        let isToken = name.utf8.allSatisfy { byte in
            byte.isASCIIDigit || byte.isASCIILetter || marks.contains(byte)
        }
        return !name.isEmpty && isToken
            && value.utf8.allSatisfy { $0 == 0x09 || ($0 >= 0x20 && $0 != 0x7F) }
    }

    fileprivate var isSecret: Bool {
        [
            "authorization", "proxy-authorization", "cookie", "set-cookie", "x-amz-security-token",
            "x-amz-sso_bearer_token", "sec-websocket-protocol",
        ]
        .contains { isNamed($0) }
    }
}

extension Headers: ExpressibleByDictionaryLiteral {
    public init(dictionaryLiteral elements: (String, String)...) {
        fields = elements.map { Field(name: $0, value: $1) }
    }
}

extension Headers.Field: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String {
        "\(terminalSafe(name)): \(isSecret ? "redacted" : terminalSafe(value))"
    }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}
