import Snapshot
import Text

extension Settings {
    /// A source of kind `mastodon`.
    struct Mastodon: Hashable, Sendable {
        enum Mode: String, CaseIterable, Sendable { case rest, stream }

        let servers: [String]
        /// One for each server; nil where it needs none.
        let tokens: [Secret?]
        let mode: Mode
        let timelines: [MastodonTimeline]
        /// In seconds.
        let lookBack: Int
        let settle: Int
    }
}

extension Settings.Mastodon: SourceKind {
    private enum Timeline: String, CaseIterable { case `public` }

    init(_ keys: inout SettingKeys) throws(SettingsError) {
        servers = try keys(needed: "servers", .some(.address("https", "http")), "Mastodon servers")
        mode = try keys(
            "mode", .choice, or: "rest",
            "How a Mastodon server is read: whole slots by REST, or live")
        let timelines = try keys(
            "timelines", .list(SettingForm<Timeline>.choice), or: "[public]",
            "Timelines that are read; replies to others are not in the public one")
        let tags = try keys(
            "tags", .list(.text), or: "[]",
            "Hashtags whose timelines are read too, with their replies")
        let isLocal = try keys(
            "local", .flag, or: "false", "Only posts of the servers' own accounts")
        self.timelines =
            timelines.map { _ in .public(isLocal: isLocal) }
            + tags.map { .tag(String($0.drop { $0 == "#" }), isLocal: isLocal) }
        lookBack = try keys.lookBack()
        settle = try keys.settle()
        let words = try keys.token()?.revealed
            .split(separator: ",", omittingEmptySubsequences: false)
            .map { $0.drop { $0 == " " } }
        tokens = (words ?? servers.map { _ in "" }).map { $0.isEmpty ? nil : Secret(String($0)) }
        try keys.require(
            tokens.count == servers.count, "token",
            "must be one token for each of \(servers.count) servers, in their order, separated by "
                + "commas; nothing where a server needs none")
        try keys.require(
            !self.timelines.isEmpty, "timelines", "must not be empty if there are no tags")
    }
}

extension Settings.Mastodon {
    var origin: String {
        let timelines = timelines.map { timeline in
            switch timeline {
            case .public(let isLocal): isLocal ? "local" : "public"
            case .tag(let tag, let isLocal): "#\(tag)\(isLocal ? " (local)" : "")"
            }
        }
        return
            "from \(servers.hosts.joined(separator: " ")): \(timelines.sorted().joined(separator: " "))"
    }

    func reading(in _: Settings.Window.Mode) -> SourceReading {
        mode == .stream ? .live : .slots(settle: settle)
    }

    func postSource(named name: String, for run: SourceRun) -> any PostSource {
        switch mode {
        case .rest:
            MastodonSource(
                name: name, servers: accesses(name: name), timelines: timelines,
                lookBack: lookBack, settle: settle, certificates: run.certificates)
        case .stream:
            MastodonStream(
                name: name, servers: accesses(name: name), timelines: timelines,
                certificates: run.certificates)
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
