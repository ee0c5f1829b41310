import Calendar
import Transport

/// An object as it was fetched.
public struct S3Object: Hashable, Sendable {
    public var bytes: [UInt8]
    /// Quotes and all; opaque.
    public var etag: String
    /// The headers it is served with; empty texts for those it has not.
    public var headers: ObjectHeaders
    /// In seconds, how long ago it was stored, by the server's own clock; nil if it does not say.
    public var age: Int?

    /// Throws `malformedAnswer` if it has no ETag: what stands between has answered.
    init(_ response: Response, to operation: String) throws(AWSError) {
        bytes = response.body
        etag = try Self.etag(of: response, to: operation)
        headers = ObjectHeaders(
            contentType: response.headers["Content-Type"] ?? "",
            cacheControl: response.headers["Cache-Control"] ?? "",
            contentEncoding: response.headers["Content-Encoding"])
        let times = ["Last-Modified", "Date"].compactMap { name in
            response.headers[name].flatMap(Timestamp.init(httpDate:))
        }
        age = times.count == 2 ? times[1].seconds(since: times[0]) : nil
    }

    /// The ETag as the store itself has it; what stands between makes weak ones, which no condition
    /// takes, or says there how it has packed the bytes (`"…-gzip"`).
    static func etag(of response: Response, to operation: String) throws(AWSError) -> String {
        var tag = response.headers["ETag"] ?? ""
        if tag.hasPrefix("W/") { tag.removeFirst(2) }
        let isQuoted = tag.hasPrefix("\"") && tag.hasSuffix("\"") && tag.utf8.count > 1
        var bare = (isQuoted ? String(tag.dropFirst().dropLast()) : tag)[...]
        for packing in ["gzip", "br", "zstd", "deflate", "df"] {
            guard let mark = bare.dropLast(packing.utf8.count).last, "-;:".contains(mark),
                bare.hasSuffix(packing)
            else { continue }
            bare = bare.dropLast(packing.utf8.count + 1)
            while bare.last == mark { bare.removeLast() }
            break
        }
        guard !bare.isEmpty else {
            throw .malformedAnswer(
                operation: operation,
                reason: "it has no ETag, as each S3 server gives one; check publish.endpoint")
        }
        return isQuoted ? "\"\(bare)\"" : String(bare)
    }
}

/// What a listing tells of a bucket.
public struct S3Contents: Hashable, Sendable {
    public var objects: [S3Listing] = []
    /// Keys that are no `ObjectKey`, or that the listing does not tell exactly; as it has them.
    public var strays: [String] = []
}

/// One object of a listing.
public struct S3Listing: Hashable, Sendable {
    public var key: ObjectKey
    public var byteCount: Int
    /// As the service gave it, quotes and all: the MD5 of the bytes for some objects of some
    /// services.
    public var etag: String
}

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

/// What must hold of an object for a put to happen; if it does not, nothing is changed.
public enum S3Condition: Hashable, Sendable {
    case none
    /// There is no such object.
    case absent
    /// The object is the one with this ETag, as the service gave it, quotes and all.
    case unchanged(etag: String)

    func add(to headers: inout Headers) {
        switch self {
        case .none: break
        case .absent: headers["If-None-Match"] = "*"
        case .unchanged(let etag): headers["If-Match"] = etag
        }
    }
}
