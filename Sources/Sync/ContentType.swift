/// The media type a file is served as, by its path.
///
/// Texts are UTF-8, and say so where the type has a `charset` (JSON has none, RFC 8259 §11; the XML
/// of a sitemap names its own).
public struct ContentType: Hashable, Sendable {
    public let text: String

    public init(path: String) {
        let name = path.utf8.split(separator: UInt8(ascii: "/")).last.flatMap { String($0) } ?? ""
        let parts = name.utf8.split(
            separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        let end = parts.count > 1 ? String(parts[parts.count - 1]) ?? "" : ""
        text = Self.byName[name] ?? Self.byEnd[end] ?? "application/octet-stream"
    }

    private static let byName = [
        "feed.xml": "application/rss+xml; charset=utf-8",
        "feed.json": "application/feed+json",
    ]

    private static let byEnd = [
        "avif": "image/avif",
        "css": "text/css; charset=utf-8",
        "csv": "text/csv; charset=utf-8; header=present",
        "gif": "image/gif",
        "gz": "application/gzip",
        "htm": "text/html; charset=utf-8",
        "html": "text/html; charset=utf-8",
        "ico": "image/vnd.microsoft.icon",
        "jpeg": "image/jpeg",
        "jpg": "image/jpeg",
        "js": "text/javascript; charset=utf-8",
        "json": "application/json",
        "map": "application/json",
        "md": "text/markdown; charset=utf-8",
        "mjs": "text/javascript; charset=utf-8",
        "ndjson": "application/x-ndjson",
        "pdf": "application/pdf",
        "png": "image/png",
        "svg": "image/svg+xml",
        "txt": "text/plain; charset=utf-8",
        "wasm": "application/wasm",
        "webmanifest": "application/manifest+json",
        "webp": "image/webp",
        "woff2": "font/woff2",
        "xml": "application/xml",
    ]
}
