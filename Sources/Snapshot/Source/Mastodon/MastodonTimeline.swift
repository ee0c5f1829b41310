/// A timeline of a server, by the path and query of the REST API.
public enum MastodonTimeline: Hashable, Sendable {
    /// Public posts of the server and, unless `isLocal`, of all that it knows of.
    case `public`(isLocal: Bool)
    /// Public posts with a hashtag, replies too.
    case tag(String, isLocal: Bool)

    /// The path of a page of statuses whose ids are below `id`; the newest without.
    func path(below id: String?) -> String {
        let (path, isLocal) =
            switch self {
            case .public(let isLocal): ("public", isLocal)
            case .tag(let tag, let isLocal): ("tag/" + percentEncoded(tag), isLocal)
            }
        return "/api/v1/timelines/\(path)?limit=\(TimelinePage.length)"
            + (isLocal ? "&local=true" : "") + (id.map { "&max_id=\(percentEncoded($0))" } ?? "")
    }

    /// The path of its server-sent events.
    var streamPath: String {
        switch self {
        case .public(let isLocal): "/api/v1/streaming/public" + (isLocal ? "/local" : "")
        case .tag(let tag, let isLocal):
            "/api/v1/streaming/hashtag" + (isLocal ? "/local" : "") + "?tag=" + percentEncoded(tag)
        }
    }
}

/// Every byte but the unreserved ones of RFC 3986 as `%XX`.
func percentEncoded(_ text: String) -> String {
    let digits = Array("0123456789ABCDEF".utf8)
    var bytes: [UInt8] = []
    for byte in text.utf8 {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "-"), UInt8(ascii: "."),
            UInt8(ascii: "_"), UInt8(ascii: "~"):
            bytes.append(byte)
        default: bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
        }
    }
    return String(decoding: bytes, as: UTF8.self)
}
