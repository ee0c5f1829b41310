import Transport

/// An object as it was fetched.
public struct S3Object: Hashable, Sendable {
    public var bytes: [UInt8]
    /// As the service gave it, quotes and all; opaque.
    public var etag: String
    /// The headers it is served with; empty texts for those it has not.
    public var headers: ObjectHeaders
    /// In seconds, how long ago it was stored, by the server's own clock; nil if it does not say.
    public var age: Int?

    init(_ response: Response) {
        bytes = response.body
        // What stands between may have made it a weak one, which no condition takes.
        let tag = response.headers["ETag"] ?? ""
        etag = tag.hasPrefix("W/") ? String(tag.dropFirst(2)) : tag
        headers = ObjectHeaders(
            contentType: response.headers["Content-Type"] ?? "",
            cacheControl: response.headers["Cache-Control"] ?? "",
            contentEncoding: response.headers["Content-Encoding"])
        let times = ["Last-Modified", "Date"].compactMap { name in
            response.headers[name].flatMap(SigningTime.init(httpDate:))?.secondsSinceEpoch
        }
        age = times.count == 2 ? times[1] - times[0] : nil
    }
}
