import Snapshot

extension Settings {
    /// The snapshot that these settings describe.
    ///
    /// - Parameters:
    ///   - certificates: a PEM file of authorities to trust in the place of the system's.
    ///   - isWatched: of sources that can be read for nothing as they go, those alone, and live.
    func snapshotRun(
        certificates: String? = nil, isWatched: Bool = false
    ) throws -> SnapshotRun {
        try SnapshotRun(
            sources: (isWatched ? sources.filter(\.isWatchable) : sources).map {
                try $0.postSource(
                    archive: archive, isLive: isWatched || window.mode == .live,
                    certificates: certificates)
            }, archive: archive,
            schedule: window.schedule, length: Int(window.length.components.seconds),
            top: window.top, rules: rules,
            rulesOfSource: Dictionary(
                uniqueKeysWithValues: sources.map { ($0.name, $0.rules(from: rules)) }),
            version: Tidemark.version)
    }

    private var rules: CountingRules {
        var rules = CountingRules()
        rules.rank = window.rank
        rules.minimumAccounts = window.minimumAccounts
        rules.maxTags = filters.maxTags
        rules.includeReposts = filters.reposts
        rules.keepDeleted = filters.deleted
        rules.includeSensitive = filters.sensitive
        rules.includeBots = filters.bots
        rules.blocked = filters.block.map(TagPattern.init)
        rules.allowed = filters.allow.map(TagPattern.init)
        return rules
    }
}

extension Settings.Source {
    /// Whether looking at it as it goes is possible and costs nothing.
    var isWatchable: Bool {
        switch kind {
        case .socket, .bluesky: true
        case .mastodon(let mastodon): mastodon.mode == .stream
        case .sample, .file, .x: false
        }
    }

    fileprivate func rules(from rules: CountingRules) -> CountingRules {
        var rules = rules
        rules.languages = languages.isEmpty ? nil : Set(languages.compactMap { Language($0) })
        return rules
    }

    /// What reads the source. `archive` is where a paid one keeps what it has spent.
    func postSource(
        archive: String, isLive: Bool = false, certificates: String? = nil
    ) throws -> any PostSource {
        switch kind {
        case .sample: SampleSource()
        case .file(let paths, let format, let grammar):
            FileSource(
                name: name, recording: Recording(paths: paths, format: format, grammar: grammar))
        case .socket(let host, let port, let format, let grammar):
            SocketSource(name: name, host: host, port: port, format: format, grammar: grammar)
        case .bluesky(let hosts, let lookBack, let settle, let stall):
            try BlueskySource(
                name: name, hosts: hosts,
                options: .init(
                    lookBack: lookBack, settle: settle, stall: stall, isLive: isLive,
                    certificates: certificates))
        case .mastodon(let mastodon): mastodon.postSource(name: name)
        case .x(let x): x.postSource(name: name, archive: archive)
        }
    }
}
