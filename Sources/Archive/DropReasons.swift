import Text

/// Why records of a window were left out, or hashtags of those that count, and how many for each
/// reason.
///
/// Written as `deleted=3 language=812 tag_too_long=4`, sorted by name; nothing for none. What begins with
/// `tag_` is a reason to leave out a hashtag.
public struct DropReasons: Hashable, Sendable {
    /// By name: small letters, digits and `_`. Reasons that left out nothing are not in it.
    public let counts: [String: Int]

    public init(_ counts: [String: Int] = [:]) { self.init(above0: counts.filter { $0.value > 0 }) }

    private init(above0 counts: [String: Int]) { self.counts = counts }

    /// More reasons than there will ever be; their sum fits an `Int`.
    private static let most = 100

    /// Reads what `description` writes, and nothing else.
    public init?(_ text: String) {
        var counts: [String: Int] = [:]
        var before = ""
        guard !text.isEmpty else {
            self.init()
            return
        }
        for entry in text.utf8.split(separator: UInt8(ascii: " "), omittingEmptySubsequences: false)
        {
            let name = entry.prefix(while: Self.isOfName)
            let digits = entry[name.endIndex...].dropFirst()
            guard entry[name.endIndex...].first == UInt8(ascii: "="), !name.isEmpty,
                1...FieldReader.longestCount ~= digits.count,
                digits.allSatisfy(\.isASCIIDigit), digits.first != UInt8(ascii: "0")
            else { return nil }
            let text = String(decoding: name, as: UTF8.self)
            // In their order, each once.
            guard before < text else { return nil }
            counts[text] = digits.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
            before = text
        }
        guard counts.count <= Self.most else { return nil }
        self.init(above0: counts)
    }

    /// Records left out, for whatever reason.
    public var total: Int {
        counts.reduce(0) { $0 + ($1.key.hasPrefix(Self.tagPrefix) ? 0 : $1.value) }
    }

    public static let tagPrefix = "tag_"

    private static func isOfName(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
            UInt8(ascii: "_"):
            true
        default: false
        }
    }
}

extension DropReasons: CustomStringConvertible {
    public var description: String {
        counts.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: " ")
    }
}
