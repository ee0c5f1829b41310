import Decode
import Snapshot

extension Settings.Source {
    /// Reads the keys of the source's kind and refuses those of other kinds.
    init(_ reader: SettingsReader, name: String) throws(SettingsError) {
        func path(_ leaf: String) -> String { "sources.\(name).\(leaf)" }
        let given = reader.settings(ofSource: name)
        let origin = given.first?.origin ?? .standard
        guard let kind: SourceKindName = try reader.choice(path("kind")) else {
            throw Self.missing(path("kind"), of: name, at: origin)
        }
        for setting in given {
            let kinds = SettingKey.named(setting.path)?.kinds ?? []
            guard kinds.isEmpty || kinds.contains(kind) else {
                throw .unfit(
                    setting.origin, path: setting.path,
                    reason: "a source of kind \(kind.rawValue) has no such key")
            }
        }
        func needed<Value>(
            _ leaf: String, _ read: (String) throws(SettingsError) -> Value?
        ) throws(SettingsError) -> Value {
            if let value = try read(path(leaf)) { return value }
            throw Self.missing(path(leaf), of: name, at: origin)
        }
        func some(_ leaf: String) throws(SettingsError) -> [String] {
            let texts = try needed(leaf, reader.list)
            guard !texts.isEmpty else { throw reader.unfit(path(leaf), "must not be empty") }
            return texts
        }
        func format() throws(SettingsError) -> PostFormat {
            try needed("format") { path throws(SettingsError) in try reader.choice(path) }
        }
        func seconds(_ leaf: String) throws(SettingsError) -> Int {
            Int(try needed(leaf, reader.duration).components.seconds)
        }

        // The name marks demonstration data in the archive and on the site.
        guard (kind == .sample) == (name == SampleSource.reservedName) else {
            throw .unfit(
                origin, path: path("kind"),
                reason: "the name \(SampleSource.reservedName) and the kind sample belong together")
        }
        self.name = name
        languages = try needed("languages", reader.list)
            .map { String($0.lowercased().prefix { $0 != "-" }) }
        switch kind {
        case .sample: self.kind = .sample
        case .file:
            self.kind = .file(
                paths: try some("paths"), format: try format(),
                grammar: try reader.choice(path("grammar")))
        case .socket:
            let address = try needed("address", reader.text)
            guard let (host, port) = SettingType.endpoint(address) else {
                throw Self.missing(path("address"), of: name, at: origin)
            }
            self.kind = .socket(
                host: host, port: port, format: try format(),
                grammar: try reader.choice(path("grammar")))
        case .bluesky:
            self.kind = .bluesky(
                hosts: try some("hosts"), lookBack: try seconds("lookBack"),
                settle: try seconds("settle"), stall: try seconds("stall"))
        case .mastodon:
            self.kind = .mastodon(
                try Settings.Mastodon(reader, path, servers: try some("servers")))
        case .x:
            self.kind = .x(
                try Settings.X(reader, path) { () throws(SettingsError) in try some("rules") })
        }
    }

    private static func missing(
        _ path: String, of name: String, at origin: SettingOrigin
    ) -> SettingsError {
        .missing(
            origin, path: path, expected: SettingKey.named(path)?.type.description ?? "a value")
    }
}
