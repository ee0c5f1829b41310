import Snapshot

extension Settings {
    /// A source of kind `bluesky`. Lengths of time in seconds.
    struct Bluesky: Hashable, Sendable {
        let hosts: [String]
        let lookBack: Int
        let settle: Int
        let stall: Int
    }
}

extension Settings.Bluesky: SourceKind {
    init(_ keys: inout SettingKeys) throws(SettingsError) {
        hosts = try keys(
            "hosts", .some(.jetstream),
            or:
                "[wss://jetstream1.us-east.bsky.network, wss://jetstream2.us-east.bsky.network, "
                + "wss://jetstream1.us-west.bsky.network, wss://jetstream2.us-west.bsky.network]",
            "Jetstream servers, tried in turn")
        lookBack = try keys.lookBack()
        settle = try keys.settle()
        stall = try keys(
            "stall", .seconds, or: "10s",
            "A server that sends no event for so long is left for the next")
    }

    var needsWebSocket: Bool { true }

    /// The public servers all give the same posts.
    var origin: String {
        let others = hosts.hosts.filter { !$0.hasSuffix(".bsky.network") }
        return others.isEmpty ? "from Jetstream" : "from " + others.joined(separator: " ")
    }

    func reading(in mode: Settings.Window.Mode) -> SourceReading {
        mode == .live ? .live : .slots(settle: settle)
    }

    func postSource(named name: String, for run: SourceRun) throws -> any PostSource {
        try BlueskySource(
            name: name, hosts: hosts,
            options: .init(
                lookBack: lookBack, settle: settle, stall: stall, isLive: run.isLive,
                certificates: run.certificates))
    }
}
