/// An id as a platform writes it: a string, or else a number of 64 bits.
enum PlatformID {
    case text(JSONText)
    case integer(UInt64)

    /// The first of the values that is a string with something in it, or a whole number.
    init?(_ candidates: JSONValue?...) {
        for case let candidate? in candidates {
            if let text = candidate.text, !text.bytes.isEmpty {
                self = .text(text)
                return
            }
            if let number = candidate.number {
                self = .integer(number)
                return
            }
        }
        return nil
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
    /// The same hash for a number and for the string that spells it.
    func callAsFunction(_ id: PlatformID) -> UInt64 {
        switch id {
        case .integer(let number): self(number: number)
        case .text(let text): text.number.map { self(number: $0) } ?? self(text)
        }
    }
}
