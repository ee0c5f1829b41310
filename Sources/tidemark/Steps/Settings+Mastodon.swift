import Snapshot

extension Settings.Mastodon {
    /// The source that these settings describe.
    func postSource(name: String, certificates: String?) -> any PostSource {
        switch mode {
        case .rest:
            MastodonSource(
                name: name, servers: accesses(name: name), timelines: timelines,
                lookBack: lookBack, settle: settle, certificates: certificates)
        case .stream:
            MastodonStream(
                name: name, servers: accesses(name: name), timelines: timelines,
                certificates: certificates)
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
