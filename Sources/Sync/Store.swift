import AWS

/// Where a site goes: the bucket, or something that stands for it.
protocol Store: Sendable {
    /// Nil if there is none yet. The tag is what `save` wants back.
    func manifest() async throws(SyncError) -> (manifest: Manifest, tag: String)?
    /// Writes the manifest in the place of the one with the tag, or of none; `overtaken` if another
    /// is there. Returns the new tag.
    func save(_ manifest: Manifest, over tag: String?) async throws(SyncError) -> String
    /// Every object under the prefix, ours or not, with its size and its ETag without quotes.
    func listing() async throws(SyncError) -> [SitePath: (byteCount: Int, etag: String)]
    /// Nil if there is no such object.
    func headers(of path: SitePath) async throws(SyncError) -> ObjectHeaders?
    func upload(_ file: SiteFile) async throws(SyncError)
    /// Returns what could not be deleted, and why.
    func delete(_ paths: [SitePath]) async throws(SyncError) -> [SitePath: SyncError]
    /// How many requests it has sent.
    var requestCount: Int { get }
}
