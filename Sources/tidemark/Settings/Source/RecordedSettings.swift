import Decode
import Snapshot

extension Settings {
    /// A source of kind `file`.
    struct File: Hashable, Sendable {
        let paths: [String]
        let format: PostFormat
        let grammar: Grammar?
        /// What counts them; nil if this machine does.
        let spark: SparkSource.Cluster?
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
        spark = try keys.spark(ofTopic: false)
    }

    func reading(in _: Settings.Window.Mode) -> SourceReading { .recording }

    func postSource(named name: String, for run: SourceRun) -> any PostSource {
        let recording = Recording(paths: paths, format: format, grammar: grammar)
        guard let spark else { return FileSource(name: name, recording: recording) }
        return spark.source(named: name, .files(recording), for: run)
    }
}

extension Settings.Socket: SourceKind {
    init(_ keys: inout SettingKeys) throws(SettingsError) {
        (host, port) = try keys(needed: "address", .endpoint, "Where the line server listens")
        format = try keys.format()
        grammar = try keys.grammar()
    }

    func reading(in _: Settings.Window.Mode) -> SourceReading { .live }

    /// The peer may serve but one.
    var isExclusive: Bool { true }

    func postSource(named name: String, for _: SourceRun) -> any PostSource {
        SocketSource(name: name, host: host, port: port, format: format, grammar: grammar)
    }
}
