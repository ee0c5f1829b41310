import Text

/// Why records of a window were left out, or hashtags of those that count, and how many for each
/// reason.
///
/// Written as `deleted=3 language=812 tag_too_long=4`, sorted by name; nothing for none. What begins with
/// `tag_` is a reason to leave out a hashtag.
public struct DropReasons: Hashable, Sendable, CustomStringConvertible {
    /// As it is written: a long archive has many, and few of them are asked for.
    public let description: String

    public init(_ counts: [String: Int] = [:]) {
        description = counts.filter { $0.value > 0 }.sorted { $0.key < $1.key }
            .map { "\($0.key)=\($0.value)" }.joined(separator: " ")
    }

    /// Reads what `description` writes, and nothing else.
    public init?(_ text: String) {
        guard Self.read(text, { _, _ in }) else { return nil }
        description = text
    }

    /// By name: small letters, digits and `_`. Reasons that left out nothing are not in it.
    public var counts: [String: Int] {
        var counts: [String: Int] = [:]
        _ = Self.read(description) { counts[String(decoding: $0, as: UTF8.self)] = $1 }
        return counts
    }

    /// More reasons than there will ever be; their sum fits an `Int`.
    private static let most = 100

    /// Tells the names, in their order, and their counts; false if something else is in the text.
    private static func read(
        _ text: String, _ body: (_ name: Slice<UnsafeBufferPointer<UInt8>>, Int) -> Void
    ) -> Bool {
        var text = text
        return text.withUTF8 { bytes in
            var (start, before, entryCount) = (0, 0..<0, 0)
            while start < bytes.count {
                let name = start..<(bytes[start...].firstIndex { !isOfName($0) } ?? bytes.count)
                let digits = bytes[name.upperBound...].dropFirst().prefix(while: \.isASCIIDigit)
                // In their order, each once.
                guard bytes[name.upperBound...].first == UInt8(ascii: "="),
                    bytes[before].lexicographicallyPrecedes(bytes[name]),
                    1...FieldReader.longestCount ~= digits.count,
                    digits.first != UInt8(ascii: "0"), entryCount < most
                else { return false }
                body(bytes[name], digits.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) })
                (before, entryCount) = (name, entryCount + 1)
                start = digits.endIndex
                guard start < bytes.count else { return true }
                guard bytes[start] == UInt8(ascii: " "), start + 1 < bytes.count else {
                    return false
                }
                start += 1
            }
            return true
        }
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
