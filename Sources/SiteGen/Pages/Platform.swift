/// A network on which a hashtag can be read.
enum Platform: Hashable {
    case bluesky
    /// Of many servers the one that a source reads: its address.
    case mastodon(server: String)
    case x

    /// Those that show a hashtag of these sources: of Mastodon's servers only what it was read from.
    static func all(of sources: [String], _ settings: SiteSettings) -> [Platform] {
        var servers: [String] = []
        for source in sources {
            if let server = settings.mastodonServers[source], !servers.contains(server) {
                servers.append(server)
            }
        }
        return [.bluesky] + servers.map(Platform.mastodon) + [.x]
    }

    var name: String {
        switch self {
        case .bluesky: "Bluesky"
        case .mastodon(let server): String(server.drop { $0 != "/" }.drop { $0 == "/" })
        case .x: "X"
        }
    }

    /// Its page for a hashtag.
    func address(of key: String) -> Link {
        let segment = PathEncoding.encoded(key)
        return switch self {
        case .bluesky: Link("https://bsky.app/hashtag/\(segment)")
        case .mastodon(let server): Link("\(server)/tags/\(segment)")
        case .x: Link("https://x.com/hashtag/\(segment)")
        }
    }
}
