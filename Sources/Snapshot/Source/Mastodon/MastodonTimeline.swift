import Text

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
            case .tag(let tag, let isLocal): ("tag/" + PercentEncoding.encode(tag), isLocal)
            }
        return "/api/v1/timelines/\(path)?limit=\(TimelinePage.length)"
            + (isLocal ? "&local=true" : "")
            + (id.map { "&max_id=\(PercentEncoding.encode($0))" } ?? "")
    }

    /// The path of its server-sent events.
    var streamPath: String {
        switch self {
        case .public(let isLocal): "/api/v1/streaming/public" + (isLocal ? "/local" : "")
        case .tag(let tag, let isLocal):
            "/api/v1/streaming/hashtag" + (isLocal ? "/local" : "") + "?tag="
                + PercentEncoding.encode(tag)
        }
    }

    /// The path of its messages over a WebSocket (docs.joinmastodon.org/methods/streaming).
    var socketPath: String {
        switch self {
        case .public(let isLocal): "/api/v1/streaming?stream=public" + (isLocal ? ":local" : "")
        case .tag(let tag, let isLocal):
            "/api/v1/streaming?stream=hashtag" + (isLocal ? ":local" : "") + "&tag="
                + PercentEncoding.encode(tag)
        }
    }
}
