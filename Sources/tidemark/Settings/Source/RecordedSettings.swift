import Decode
import Snapshot

extension Settings {
    /// A source of kind `file`.
    struct File: Hashable, Sendable {
        let paths: [String]
        let format: PostFormat
        let grammar: Grammar?
    }

    /// A source of kind `socket`.
    struct Socket: Hashable, Sendable {
        let host: String
        let port: UInt16
        let format: PostFormat
        let grammar: Grammar?
    }
}

extension Settings.File: SourceKind {
    init(_ keys: inout SettingKeys) throws(SettingsError) {
        paths = try keys(
            needed: "paths", .some(.path),
            "Files of recorded posts, plain, compressed, .tar or .zip")
        format = try keys.format()
        grammar = try keys.grammar()
    }

    func reading(in _: Settings.Window.Mode) -> SourceReading { .recording }

    func postSource(named name: String, for _: SourceRun) -> any PostSource {
        FileSource(name: name, recording: Recording(paths: paths, format: format, grammar: grammar))
    }
}

extension Settings.Socket: SourceKind {
    init(_ keys: inout SettingKeys) throws(SettingsError) {
        (host, port) = try keys(needed: "address", .endpoint, "Where the line server listens")
        format = try keys.format()
        grammar = try keys.grammar()
    }

    func reading(in _: Settings.Window.Mode) -> SourceReading { .live }

    func postSource(named name: String, for _: SourceRun) -> any PostSource {
        SocketSource(name: name, host: host, port: port, format: format, grammar: grammar)
    }
}
