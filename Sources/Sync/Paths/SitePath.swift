import AWS
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
        let segments = text.utf8.split(
            separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        let isPlain = segments.allSatisfy { segment in
            ![[], [0x2E], [0x2E, 0x2E]].contains(Array(segment))
        }
        guard isPlain, !Self.isReserved(text), let key = try? ObjectKey(text) else { return nil }
        self.key = key
    }

    /// The manifest's folder but for what is withheld in it, and the mark of a finished build.
    static func isReserved(_ text: String) -> Bool {
        text == OutputFolder.marker || text == ".tidemark"
            || text.hasPrefix(".tidemark/") && !text.hasPrefix(withheldFolder)
    }

    /// Where the bucket keeps what of the archive the site does not show.
    static let withheldFolder = ".tidemark/archive/"

    /// Whether readers are kept from it.
    var isWithheld: Bool { text.hasPrefix(Self.withheldFolder) }

    public var text: String { key.text }
    public var description: String { key.text }

    public static func < (left: SitePath, right: SitePath) -> Bool { left.key < right.key }
}
