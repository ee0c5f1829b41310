import Snapshot

extension Settings {
    /// The snapshot that these settings describe.
    func snapshotRun() throws -> SnapshotRun {
        try SnapshotRun(
            sources: sources.map { try $0.postSource(archive: archive) }, archive: archive,
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
    fileprivate func rules(from rules: CountingRules) -> CountingRules {
        var rules = rules
        rules.languages = languages.isEmpty ? nil : Set(languages.compactMap { Language($0) })
        return rules
    }

    func postSource(archive: String) throws -> any PostSource {
        switch kind {
        case .sample: SampleSource()
        case .file(let paths, let format, let grammar):
            FileSource(
                name: name, recording: Recording(paths: paths, format: format, grammar: grammar))
        case .socket(let host, let port, let format, let grammar):
            SocketSource(name: name, host: host, port: port, format: format, grammar: grammar)
        case .bluesky: throw UnreadableKind(source: name, kind: "bluesky")
        case .mastodon(let mastodon): mastodon.postSource(name: name)
        case .x(let x): x.postSource(name: name, archive: archive)
        }
    }
}

/// A source of a kind that is configured but not read yet.
struct UnreadableKind: ExitCoded, Hashable, CustomStringConvertible {
    let source: String
    let kind: String

    var description: String {
        "sources.\(source).kind: this version cannot read \(kind) yet; sample, file and socket it can"
    }
    var exitCode: ExitCode { .configuration }
}
