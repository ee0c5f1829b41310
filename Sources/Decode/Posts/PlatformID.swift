/// An id as a platform writes it: a string, or else a number of 64 bits.
enum PlatformID {
    case text(JSONText)
    case integer(UInt64)

    /// The first of the values that is a string with something in it, or a whole number.
    init?<Node: JSONNode>(_ first: Node?, _ second: Node?) {
        guard let id = PlatformID(first) ?? PlatformID(second) else { return nil }
        self = id
    }

    /// Nil unless the value is a string with something in it, or a whole number.
    init?(_ value: (some JSONNode)?) {
        let value = value?.unwrapped
        if let text = value?.text, text.count > 0 {
            self = .text(text)
        } else if let number = value?.number {
            self = .integer(number)
        } else {
            return nil
        }
    }

    /// The id as it is written.
    var string: String {
        switch self {
        case .text(let text): text.string
        case .integer(let number): String(number)
        }
    }

    /// The id as a number, if it is one.
    var number: UInt64? {
        switch self {
        case .text(let text): text.number
        case .integer(let number): number
        }
    }
}

extension Identity {
    /// The hash of an id that is unique on one server.
    func callAsFunction(_ id: PlatformID, of domain: String) -> UInt64 {
        self("\(id.string)@\(domain)")
    }

    /// The same hash for a number and for the string that spells it; `1` and `01` are two ids.
    func callAsFunction(_ id: PlatformID) -> UInt64 {
        switch id {
        case .integer(let number): self(String(number))
        case .text(let text): self(text)
        }
    }
}
