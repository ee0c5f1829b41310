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
        guard path.hasPrefix("assets/") else { return false }
        let parts = path.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count >= 3 else { return false }
        let hash = parts[parts.count - 2]
        return hash.count >= 8
            && hash.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
    }
}
