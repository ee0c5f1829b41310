/// The shape of recorded or streamed posts.
public enum PostFormat: String, CaseIterable, Sendable {
    /// Twitter's API 1.1: tweet objects and stream messages.
    case v1
    /// X's API 2: `data` with `includes`.
    case v2
    /// Bluesky's Jetstream, version 1 events.
    case jetstream
    /// Mastodon: statuses, server-sent events, WebSocket envelopes.
    case mastodon
    /// A post a line, as plain text.
    case text

    /// The grammar of the platform that writes this format.
    public var grammar: Grammar {
        switch self {
        case .v1, .v2, .text: .twitter
        case .jetstream: .bluesky
        case .mastodon: .mastodon
        }
    }
}
