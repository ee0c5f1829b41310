import AWS

/// A file of the site, as it is to stand in the bucket.
public struct SiteFile: Hashable, Sendable {
    public var path: SitePath
    /// Where it is on this machine.
    public var localPath: String
    public var byteCount: Int
    public var sha256: Digest
    public var headers: ObjectHeaders
}
