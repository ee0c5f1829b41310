/// An object as it was fetched.
public struct S3Object: Hashable, Sendable {
    public var bytes: [UInt8]
    /// As the service gave it, quotes and all; opaque.
    public var etag: String
    /// The headers it is served with; empty texts for those it has not.
    public var headers: ObjectHeaders
}
