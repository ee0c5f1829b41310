import Decode
import Folding
import Snapshot
import Tally

extension Settings {
    /// A source of kind `file`.
    struct File: Hashable, Sendable {
        enum Engine: String, CaseIterable, Sendable { case spark }

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
        let engine = try keys(
            "engine", SettingForm<Engine>.choice,
            "What reads and counts them in the place of this machine")
        spark = try keys.section("spark") { keys throws(SettingsError) in
            try keys.cluster(isNeeded: engine == .spark)
        }
    }

    func reading(in _: Settings.Window.Mode) -> SourceReading { .recording }

    func postSource(named name: String, for run: SourceRun) -> any PostSource {
        let recording = Recording(paths: paths, format: format, grammar: grammar)
        guard let spark else { return FileSource(name: name, recording: recording) }
        return SparkSource(
            name: name, recording: recording, cluster: spark,
            job: run.engines.map { "\($0)/spark/tidemark_job.py" }, version: Release.name,
            tables: UnicodeTables.version, progress: run.progress)
    }
}

extension SettingKeys {
    /// Where Spark is; nil if it is not asked for.
    fileprivate mutating func cluster(
        isNeeded: Bool
    ) throws(SettingsError) -> SparkSource.Cluster? {
        let master = try self("master", .text, "Spark's master, such as spark://10.0.0.1:7077")
        let folder = try self(
            "folder", .path, "Folder for parts, which all machines see under the same path")
        let saltFile = try self(
            "saltFile", .path, "On each worker, the file with the secret that ids are hashed with")
        let cluster = SparkSource.Cluster(
            master: master ?? "",
            submit: try self(
                "submit", .text, or: "spark-submit", "Spark's own program, here"),
            settings: try self(
                "settings", .list(.text), or: "[]",
                "Settings of Spark's, such as [spark.cores.max=8]"),
            folder: folder ?? "",
            program: try self("program", .text, or: "tidemark", "This program, on each worker"),
            saltFile: saltFile ?? "",
            shares: try self(
                "shares", .count(1...PartShare.most), or: "8", "Shares that a slot is added up in"),
            files: try self(
                "files", .count(1...1_000_000), or: "1000", "Files that are handed out together"),
            hashBits: try self(
                "hashBits", .bits, or: "64",
                "Bits that ids are hashed to, 64 or 128; 128 above 600 million posts in a period"),
            settle: try self(
                "settle", .seconds, or: "10m", "How long after a slot's end its last files may come"
            ),
            timeLimit: try self("timeLimit", .seconds, or: "2h", "How long a run may take"))
        guard isNeeded else { return nil }
        for (name, value) in [("master", master), ("folder", folder), ("saltFile", saltFile)] {
            try require(value?.isEmpty == false, name, "engine: spark needs it")
        }
        return cluster
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
