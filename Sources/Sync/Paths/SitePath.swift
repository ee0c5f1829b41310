import AWS
import Files
import Output

/// The place of a file in the site: `2026/11/22/index.html`.
///
/// Never absolute, without empty, `.` and `..` segments and control characters, and never one of
/// sync's own names, so that no path of a site or a manifest leads to anything but the site's own
/// objects. Equal if the bytes are.
public struct SitePath: Hashable, Comparable, Sendable, CustomStringConvertible {
    private let key: ObjectKey

    /// Nil if it is no such path.
    public init?(_ text: String) {
        guard Self.isPlain(text), !Self.isReserved(text), let key = try? ObjectKey(text) else {
            return nil
        }
        self.key = key
    }

    /// Whether no segment is empty, `.` or `..`.
    private static func isPlain(_ text: String) -> Bool {
        var (length, isDots) = (0, true)
        for byte in text.utf8 {
            if byte == UInt8(ascii: "/") {
                if isDots && length < 3 { return false }
                (length, isDots) = (0, true)
            } else {
                length += 1
                isDots = isDots && byte == UInt8(ascii: ".")
            }
        }
        return !isDots || length > 2
    }

    /// The manifest's folder but for what is withheld in it, the mark of a finished build, and what `LiveCopy` writes.
    static func isReserved(_ text: String) -> Bool {
        if text == SiteLayout.live || text == WholeFile.aside(SiteLayout.live) { return true }
        guard text.utf8.first == UInt8(ascii: ".") else { return false }
        return text == OutputFolder.marker || text == ".tidemark"
            || text.utf8.starts(with: ".tidemark/".utf8)
                && !text.utf8.starts(with: withheldFolder.utf8)
    }

    /// Where a publish tells itself what it has published, and the name of that in the folder that is its own.
    public static let manifest = ".tidemark/" + manifestName
    static let manifestName = "manifest.json"

    /// Where the bucket keeps what of the archive the site does not show.
    static let withheldFolder = ".tidemark/archive/"

    /// Whether readers are kept from it.
    var isWithheld: Bool { text.utf8.starts(with: Self.withheldFolder.utf8) }

    public var text: String { key.text }
    public var description: String { key.text }

    public static func < (left: SitePath, right: SitePath) -> Bool { left.key < right.key }
}
