import Decode
import Snapshot
import Text

extension Settings {
    /// One source of posts.
    struct Source: Hashable, Sendable {
        /// Lower-case letters, digits and `-`: part of addresses and archive rows.
        let name: String
        /// What the site calls it; nil for the name.
        var title: String? = nil
        /// Primary subtags, lower case; empty for all.
        let languages: [String]
        let kind: Kind

        enum Kind: Hashable, Sendable {
            case sample
            case file(paths: [String], format: PostFormat, grammar: Grammar?)
            case socket(host: String, port: UInt16, format: PostFormat, grammar: Grammar?)
            /// Lengths of time in seconds.
            case bluesky(hosts: [String], lookBack: Int, settle: Int, stall: Int)
            case mastodon(Mastodon)
            case x(X)
        }

        /// The word for a kind in the configuration.
        enum Name: String, CaseIterable, Sendable {
            case sample, file, socket, bluesky, mastodon, x
        }

        /// What runs when nothing is configured.
        static let sample = Source(name: "sample", languages: [], kind: .sample)
    }
}

extension Settings.Source {
    init(_ name: String, _ keys: inout SettingKeys) throws(SettingsError) {
        let kinds: [Name] = try keys.kinds(
            "kind", "What kind of source it is; `sample` is a built-in demonstration")
        // The name marks demonstration data in the archive and on the site.
        try keys.require(
            (kinds == [.sample]) == (name == SampleSource.reservedName), "kind",
            "the name \(SampleSource.reservedName) and the kind sample belong together")
        let title = try keys("title", .text, "What the site calls it; its name without one")
        let languages = try keys(
            "languages", .list(.language), or: "[]", "Languages that count; empty for all")
        let kind = try keys.each(kinds) { kind, keys throws(SettingsError) -> Kind in
            switch kind {
            case .sample: .sample
            case .file: try .file(&keys)
            case .socket: try .socket(&keys)
            case .bluesky: try .bluesky(&keys)
            case .mastodon: .mastodon(try Settings.Mastodon(&keys))
            case .x: .x(try Settings.X(&keys))
            }
        }
        self.init(
            name: name, title: title,
            languages: languages.map { String($0.lowercased().prefix { $0 != "-" }) },
            kind: kind ?? .sample)
    }
}

extension Settings.Source.Kind {
    fileprivate static func file(_ keys: inout SettingKeys) throws(SettingsError) -> Self {
        .file(
            paths: try keys(
                needed: "paths", .some(.path),
                "Files of recorded posts, plain, compressed, .tar or .zip"),
            format: try keys(needed: "format", .choice, "Format of the posts"),
            grammar: try grammar(&keys))
    }

    fileprivate static func socket(_ keys: inout SettingKeys) throws(SettingsError) -> Self {
        let (host, port) = try keys(needed: "address", .endpoint, "Where the line server listens")
        return .socket(
            host: host, port: port,
            format: try keys(needed: "format", .choice, "Format of the posts"),
            grammar: try grammar(&keys))
    }

    private static func grammar(_ keys: inout SettingKeys) throws(SettingsError) -> Grammar? {
        try keys(
            "grammar", .choice,
            "What is a hashtag in a post that does not say so; without it, the format's own")
    }

    fileprivate static func bluesky(_ keys: inout SettingKeys) throws(SettingsError) -> Self {
        .bluesky(
            hosts: try keys(
                "hosts", .some(.jetstream),
                or:
                    "[wss://jetstream1.us-east.bsky.network, wss://jetstream2.us-east.bsky.network, "
                    + "wss://jetstream1.us-west.bsky.network, wss://jetstream2.us-west.bsky.network]",
                "Jetstream servers, tried in turn"),
            lookBack: try keys.lookBack(), settle: try keys.settle(),
            stall: try keys(
                "stall", .seconds, or: "10s",
                "A server that sends no event for so long is left for the next"))
    }
}

/// Keys that several kinds have.
extension SettingKeys {
    mutating func lookBack() throws(SettingsError) -> Int {
        try self("lookBack", .seconds, or: "36h", "How far back slots that were missed are read")
    }

    mutating func settle() throws(SettingsError) -> Int {
        try self(
            "settle", .seconds, or: "30s",
            "How long after a slot's end its last posts may still arrive")
    }

    mutating func token() throws(SettingsError) -> Secret? {
        try self(
            secret: "token",
            "Access token; from the environment alone, or a file named by the variable with _FILE "
                + "behind it. Of several servers, one for each, with commas between them")
    }
}
