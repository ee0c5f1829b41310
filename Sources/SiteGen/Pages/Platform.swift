/// A network on which a hashtag can be read.
enum Platform: CaseIterable {
    case bluesky
    case mastodon
    case x

    var name: String {
        switch self {
        case .bluesky: "Bluesky"
        case .mastodon: "Mastodon"
        case .x: "X"
        }
    }

    /// Its page for a hashtag; of Mastodon's many servers the largest.
    func address(of key: String) -> Link {
        let segment = PathEncoding.encoded(key)
        return switch self {
        case .bluesky: Link("https://bsky.app/hashtag/\(segment)")
        case .mastodon: Link("https://mastodon.social/tags/\(segment)")
        case .x: Link("https://x.com/hashtag/\(segment)")
        }
    }
}
