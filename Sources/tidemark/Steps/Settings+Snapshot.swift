import Archive
import Calendar
import Decode
import Folding
import Hashtags
import Links
import Snapshot
import Tally
import Tasks

extension Settings {
    /// The snapshot that these settings describe.
    ///
    /// - Parameters:
    ///   - chosen: the sources it reads; nil for all.
    ///   - isLive: the running slot alone; nil as `window.mode` says.
    ///   - readsEditionsTogether: whether what is chosen of editions is read with their sources, if these are chosen.
    ///   - certificates: a PEM file of authorities to trust in the place of the system's.
    ///   - environment: what the tools of AWS go by.
    ///   - progress: shown what goes on where a source takes long.
    func snapshotRun(
        of chosen: [Source]? = nil, isLive: Bool? = nil, readsEditionsTogether: Bool = false,
        certificates: String? = nil,
        environment: [String: String] = [:],
        progress: @escaping @Sendable (String) -> Void = { _ in }
    ) throws -> SnapshotRun {
        let run = SourceRun(
            archive: archive, schedule: window.schedule,
            isLive: isLive ?? (window.mode == .live), certificates: certificates,
            environment: environment, publish: publish, retry: Retry(limit: publish.patience),
            engines: try SiteParts.engines(of: self), progress: progress)
        // What is chosen is else read by itself, be it an edition or not.
        let together = chosen == nil || readsEditionsTogether
        let (read, editions) = (chosen ?? sources).reduce(into: ([Source](), [Source]())) {
            parts, source in
            let isEdition = together && (chosen ?? sources).contains { $0.name == source.of }
            if isEdition { parts.1.append(source) } else { parts.0.append(source) }
        }
        return try SnapshotRun(
            sources: read.map {
                try $0.kind.postSource(named: $0.name, for: run)
            }, archive: archive,
            schedule: window.schedule, length: Int(window.length.components.seconds),
            top: window.top, rules: rules,
            rulesOfSource: Dictionary(
                uniqueKeysWithValues: sources.map { ($0.name, rules(of: $0)) }),
            editions: Dictionary(grouping: editions) { $0.of ?? "" }.mapValues { $0.map(\.name) },
            version: Release.version, explanations: explanations)
    }

    /// By source, the rules that decide what counts, in words.
    private var explanations: [String: String] {
        Dictionary(
            uniqueKeysWithValues: sources.map { source in
                let parts = [
                    rules(of: source).explanation,
                    "hashtags are folded by Unicode \(UnicodeTables.version)", source.kind.origin,
                ]
                return (source.name, parts.joined(separator: "; "))
            })
    }

    /// Of the sources that have a schedule, how many seconds back missed slots are read.
    var lookBacks: [String: Int] {
        let run = try? snapshotRun()
        return Dictionary(
            (run?.series ?? []).compactMap { name, reader in
                switch reader.availability {
                case .recording: nil
                case .live: (name, 0)
                case .replayable(let lookBack, _): (name, lookBack)
                }
            }
        ) { first, _ in first }
    }

    /// The schedule that the archive goes by.
    func schedule() throws(ArchiveError) -> Schedule {
        try ArchiveReader(folder: archive).rules().schedule(or: window.schedule)
    }

    /// The sources of these names, or all that can be looked at for nothing as they go; at least one.
    func watched(_ names: [String]) throws(WatchError) -> [Source] {
        guard !names.isEmpty else {
            let free = sources.filter { $0.kind.isLive && !$0.kind.costsMoney }
            if free.isEmpty { throw .nothing }
            return free
        }
        return try live(names)
    }

    /// The sources of these names, or all that can be read for nothing beside a publish; at least one.
    func followed(_ names: [String]) throws(WatchError) -> [Source] {
        guard !names.isEmpty else {
            let free = sources.filter { $0.kind.isLive && !$0.kind.isExclusive }
            if free.isEmpty { throw .nothingToFollow }
            return free
        }
        return try live(names)
    }

    private func live(_ names: [String]) throws(WatchError) -> [Source] {
        if let name = names.first(where: { name in !sources.contains { $0.name == name } }) {
            throw .unknown(name: name)
        }
        let named = sources.filter { names.contains($0.name) }
        if let source = named.first(where: { !$0.kind.isLive }) {
            throw .unwatchable(name: source.name)
        }
        return named
    }

    private var rules: CountingRules { rules(by: filters, languages: []) }

    private func rules(of source: Source) -> CountingRules {
        rules(by: source.filters, languages: source.languages)
    }

    private func rules(by filters: Filters, languages: [String]) -> CountingRules {
        var rules = CountingRules()
        rules.languages = languages.isEmpty ? nil : Set(languages.compactMap { Language($0) })
        rules.rank = window.rank
        rules.minimumAccounts = window.minimumAccounts
        rules.maxTags = filters.maxTags
        rules.includeReposts = filters.reposts
        rules.keepDeleted = filters.deleted
        rules.includeSensitive = filters.sensitive
        rules.includeBots = filters.bots
        rules.blocked = filters.block.map(TagPattern.init)
        rules.allowed = filters.allow.map(TagPattern.init)
        if context.related || context.links {
            var asked = ContextRules()
            asked.related = context.related
            asked.links = context.links ? LinkRules(blockHosts: context.blockHosts) : nil
            asked.minimumAccounts = context.minimumAccounts
            rules.context = asked
        }
        return rules
    }
}
