/// How the bytes of a file are stored and served, by its path: S3 itself never compresses.
///
/// Texts are gzip, which every browser takes. Feeds are not, since some readers take nothing but
/// plain bytes, nor is what robots fetch first.
public struct ContentEncoding: Hashable, Sendable {
    /// `gzip`, or nil for bytes as they are.
    public let text: String?

    public init(path: String) {
        let name = path.utf8.split(separator: UInt8(ascii: "/")).last.flatMap { String($0) } ?? ""
        let isText = [".html", ".css", ".js", ".mjs", ".json", ".svg", ".csv", ".txt"]
            .contains { name.hasSuffix($0) }
        text = isText && !["feed.json", "robots.txt"].contains(name) ? "gzip" : nil
    }
}
