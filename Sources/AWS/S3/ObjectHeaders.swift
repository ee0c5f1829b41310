/// What a bucket says about an object to those who fetch it.
public struct ObjectHeaders: Hashable, Sendable {
    public var contentType: String
    public var cacheControl: String
    /// `gzip` if the bytes are; nil for bytes as they are.
    public var contentEncoding: String?

    public init(contentType: String, cacheControl: String, contentEncoding: String? = nil) {
        self.contentType = contentType
        self.cacheControl = cacheControl
        self.contentEncoding = contentEncoding
    }
}
