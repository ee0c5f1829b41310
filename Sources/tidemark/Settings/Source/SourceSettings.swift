import Output
import Snapshot

extension Settings {
    /// One source of posts.
    struct Source: Sendable {
        /// Lower-case letters, digits and `-`: part of addresses and archive rows.
        let name: String
        /// What the site calls it; nil for the name.
        var title: String? = nil
        /// Primary subtags, lower case; empty for all.
        let languages: [String]
        /// Those of all sources where it has none of its own.
        let filters: Filters
        /// The source that it is an edition of, by name; nil if it is read by itself.
        var of: String? = nil
        /// That of its source for an edition.
        var kind: any SourceKind

        /// The word for a kind in the configuration.
        enum Name: String, CaseIterable, Sendable {
            case sample, file, collect, socket, bluesky, mastodon, x, kafka, kinesis

            var kind: any SourceKind.Type {
                switch self {
                case .sample: Sample.self
                case .file: File.self
                case .collect: Collect.self
                case .socket: Socket.self
                case .bluesky: Bluesky.self
                case .mastodon: Mastodon.self
                case .x: X.self
                case .kafka: Kafka.self
                case .kinesis: Kinesis.self
                }
            }
        }

        /// The word for its kind.
        var kindName: Name? {
            Name.allCases.first { ObjectIdentifier($0.kind) == ObjectIdentifier(type(of: kind)) }
        }

        /// What runs when nothing is configured.
        static func sample(_ filters: Filters) -> Source {
            Source(
                name: SampleSource.reservedName, languages: [], filters: filters, kind: Sample())
        }
    }
}

extension Settings.Source {
    /// - Parameter filters: those of all sources.
    init(
        _ name: String, _ keys: inout SettingKeys, _ filters: Settings.Filters
    ) throws(SettingsError) {
        let of = try keys(
            "of", .text,
            "Another source that this is an edition of: read with it, and counted by languages and filters of its own"
        )
        let kinds: [Name] = try keys.kinds(
            "kind", refusal: of.map { "an edition has no such key, as it is read with \($0)" },
            "What kind of source it is; `sample` is a built-in demonstration")
        // The name marks demonstration data in the archive and on the site.
        try keys.require(
            (kinds == [.sample]) == (name == SampleSource.reservedName), "kind",
            "the name \(SampleSource.reservedName) and the kind sample belong together")
        try keys.require(
            name != SiteLayout.all, "kind",
            "all is the name of all sources together; give this one another")
        let title = try keys("title", .text, "What the site calls it; its name without one")
        let languages = try keys(
            "languages", .list(.language), or: "[]", "Languages that count; empty for all")
        let own = try keys.section("filters") { keys throws(SettingsError) in
            try Settings.Filters(&keys, or: filters)
        }
        let kind = try keys.each(kinds) { name, keys throws(SettingsError) -> any SourceKind in
            try name.kind.init(&keys)
        }
        self.init(
            name: name, title: title,
            languages: languages.map { String($0.lowercased().prefix { $0 != "-" }) },
            filters: own, of: of, kind: kind ?? Settings.Sample())
    }
}

extension Settings {
    /// A source of kind `sample`.
    struct Sample: SourceKind {
        init() {}
        init(_: inout SettingKeys) {}

        func reading(in _: Window.Mode) -> SourceReading { .recording }

        func postSource(named _: String, for run: SourceRun) -> any PostSource {
            SampleSource(on: run.schedule)
        }
    }
}
