import Output
import Text

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
        SiteLayout.feed: "application/rss+xml; charset=utf-8",
        "feed.json": "application/feed+json",
    ]

    private static let byEnd = [
        "avif": "image/avif",
        "cff": "text/plain; charset=utf-8",
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

/// How the bytes of a file are stored and served, by its path: S3 itself never compresses.
///
/// What browsers alone load is gzip, which all of them take. All else is bytes as they are, since programs that
/// read data, feeds and what robots fetch often did not ask for gzip and take it for damage.
public struct ContentEncoding: Hashable, Sendable {
    /// `gzip`, or nil for bytes as they are.
    public let text: String?

    public init(path: String) {
        let isOfPages = [".html", ".css", ".js", ".mjs", ".svg"].contains { path.hasSuffix($0) }
        text = isOfPages ? "gzip" : nil
    }
}

/// How long a file may be kept, by its path.
///
/// An asset with a hash in its name never changes. Everything else is fresh for a minute; for ten
/// more it may be shown while it is asked for again, and for a day where asking fails, so that a
/// refusing bucket does not empty the site of whoever stands before it (RFC 5861).
public struct CacheControl: Hashable, Sendable {
    public let text: String

    public init(path: String) {
        text =
            Self.isHashed(path)
            ? "public, max-age=31536000, immutable"
            : "public, max-age=60, stale-while-revalidate=600, stale-if-error=86400"
    }

    /// `assets/name.<8 or more lower-case hex digits>.ext`
    private static func isHashed(_ path: String) -> Bool {
        guard path.hasPrefix(SiteLayout.assets + "/") else { return false }
        let parts = path.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count >= 3 else { return false }
        let hash = parts[parts.count - 2]
        return hash.count >= 8 && hash.allSatisfy { Hex.value($0) != nil && !$0.isASCIIUppercase }
    }
}
