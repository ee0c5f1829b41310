import Snapshot
import Text

extension Settings {
    /// A source of kind `mastodon`.
    struct Mastodon: Hashable, Sendable {
        enum Mode: String, Sendable { case rest, stream }

        let servers: [String]
        /// One for each server; nil where it needs none.
        let tokens: [Secret?]
        let mode: Mode
        let timelines: [MastodonTimeline]
        let lookBack: Duration
        let settle: Duration
    }
}

extension Settings.Mastodon {
    /// - Parameter path: the path of a key of this source.
    init(
        _ reader: SettingsReader, _ path: (String) -> String, servers: [String]
    ) throws(SettingsError) {
        self.servers = servers
        let words = try reader.text(path("token"))?.split(
            separator: ",", omittingEmptySubsequences: false
        ).map { $0.drop { $0 == " " } }
        tokens = (words ?? servers.map { _ in "" }).map { $0.isEmpty ? nil : Secret(String($0)) }
        guard tokens.count == servers.count else {
            throw reader.unfit(
                path("token"),
                "must be one token for each of \(servers.count) servers, in their order, separated by "
                    + "commas; nothing where a server needs none")
        }
        mode = try reader.required(path("mode")) { path throws(SettingsError) in
            try reader.choice(path)
        }
        let isLocal = try reader.required(path("local"), reader.flag)
        timelines =
            try reader.required(path("timelines"), reader.list).map { _ in
                .public(isLocal: isLocal)
            }
            + reader.required(path("tags"), reader.list).map {
                .tag(String($0.drop { $0 == "#" }), isLocal: isLocal)
            }
        guard !timelines.isEmpty else {
            throw reader.unfit(path("timelines"), "must not be empty if there are no tags")
        }
        lookBack = try reader.required(path("lookBack"), reader.duration)
        settle = try reader.required(path("settle"), reader.duration)
    }
}
