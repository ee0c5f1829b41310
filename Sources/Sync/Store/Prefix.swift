import AWS

/// Where in the bucket the site stands: nothing, or a path that ends in `/`, so that `site` never
/// touches `site2`.
public struct Prefix: Hashable, Sendable {
    public let text: String

    /// `site`, `site/` and `a/b` are prefixes, the empty text is the whole bucket; throws `prefix`
    /// for others.
    public init(_ text: String) throws(SyncError) {
        let bare = text.hasSuffix("/") ? String(text.dropLast()) : text
        guard text.isEmpty || SitePath(bare) != nil && bare.utf8.count <= 512 else {
            throw .prefix(text)
        }
        self.text = text.isEmpty ? "" : bare + "/"
    }

    func key(of path: SitePath) throws(AWSError) -> ObjectKey {
        try ObjectKey(text + path.text)
    }

    /// Nil for a key of something else.
    func path(of key: ObjectKey) -> SitePath? {
        guard key.text.utf8.starts(with: text.utf8) else { return nil }
        return SitePath(String(decoding: key.text.utf8.dropFirst(text.utf8.count), as: UTF8.self))
    }

    /// Whether it is sync's own, or that of the folder itself, as consoles make it.
    func isOwn(_ key: ObjectKey) -> Bool {
        let path = String(decoding: key.text.utf8.dropFirst(text.utf8.count), as: UTF8.self)
        return path.isEmpty || SitePath.isReserved(path)
    }

    /// Of something that is sync's own.
    func ownKey(_ name: String) throws(AWSError) -> ObjectKey {
        try ObjectKey(text + ".tidemark/" + name)
    }
}
