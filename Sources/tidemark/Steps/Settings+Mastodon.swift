import Snapshot

extension Settings.Mastodon {
    /// The source that these settings describe.
    func postSource(name: String) -> any PostSource {
        switch mode {
        case .rest:
            MastodonSource(
                name: name, servers: accesses(name: name), timelines: timelines,
                lookBack: Int(lookBack.components.seconds),
                settle: Int(settle.components.seconds))
        case .stream:
            MastodonStream(name: name, servers: accesses(name: name), timelines: timelines)
        }
    }

    /// The servers with their tokens.
    func accesses(name: String) -> [MastodonAccess] {
        let variable = SettingKey.environmentName(of: "sources.\(name).token")
        return zip(servers, tokens).map { server, token in
            MastodonAccess(base: server, token: token?.revealed, tokenVariable: variable)
        }
    }
}
