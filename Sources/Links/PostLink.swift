/// An address that a post gives, with the title that came along.
public struct PostLink: Hashable, Sendable {
    /// As `LinkAddress` writes it.
    public var address: String
    /// Of one line and 200 scalars at the most; empty if there was none.
    public var title: String

    public static let longestTitle = 200

    public init(address: String, title: String) {
        self.address = address
        self.title = Self.line(title)
    }

    /// A title without what controls a terminal or the direction of a text.
    private static func line(_ title: String) -> String {
        var line = String.UnicodeScalarView()
        for scalar in title.unicodeScalars {
            switch scalar.value {
            case 0x09...0x0D, 0x85, 0x2028, 0x2029: line.append(" ")
            case 0x00...0x1F, 0x7F...0x9F, 0x061C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069:
                continue
            default: line.append(scalar)
            }
        }
        let trimmed = line.drop { $0.properties.isWhitespace }.prefix(longestTitle)
        let end = trimmed.lastIndex { !$0.properties.isWhitespace }
        return end.map { String(String.UnicodeScalarView(trimmed[...$0])) } ?? ""
    }
}
