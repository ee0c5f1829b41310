/// One object of a listing.
public struct S3Listing: Hashable, Sendable {
    public var key: ObjectKey
    public var byteCount: Int
    /// As the service gave it, quotes and all: the MD5 of the bytes for some objects of some
    /// services.
    public var etag: String
}
