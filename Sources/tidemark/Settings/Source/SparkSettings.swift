import Folding
import Snapshot
import Tally

extension Settings {
    /// What counts in the place of this machine.
    enum Engine: String, CaseIterable, Sendable { case spark }
}

extension SparkSource.Cluster {
    /// What reads a source with it.
    func source(
        named name: String, _ input: SparkSource.Input, for run: SourceRun
    ) -> SparkSource {
        SparkSource(
            name: name, input: input, cluster: self,
            program: run.engines.map { "\($0)/spark/tidemark_job.py" }, version: Release.name,
            tables: UnicodeTables.version, progress: run.progress)
    }
}

extension SettingKeys {
    /// What reads and counts in the place of this machine; nil if nothing does.
    mutating func spark(ofTopic isTopic: Bool) throws(SettingsError) -> SparkSource.Cluster? {
        let engine = try self(
            "engine", SettingForm<Settings.Engine>.choice,
            "What reads and counts them in the place of this machine")
        return try section("spark") { keys throws(SettingsError) in
            try keys.cluster(isNeeded: engine == .spark, ofTopic: isTopic)
        }
    }

    /// Where Spark is; nil if it is not asked for.
    private mutating func cluster(
        isNeeded: Bool, ofTopic isTopic: Bool
    ) throws(SettingsError) -> SparkSource.Cluster? {
        let master = try self("master", .text, "Spark's master, such as spark://10.0.0.1:7077")
        let folder = try self(
            "folder", .path, "Folder for parts, which all machines see under the same path")
        let saltFile = try self(
            "saltFile", .path, "On each worker, the file with the secret that ids are hashed with")
        var passwordFile: String?
        var keyPasswordFile: String?
        var messages = 500_000
        if isTopic {
            passwordFile = try self(
                "passwordFile", .path,
                "On each worker, the file with the password of sasl.username")
            keyPasswordFile = try self(
                "keyPasswordFile", .path,
                "On each worker, the file with the password of the key that ssl.key.location names")
            messages = try self(
                "messages", .count(1...1_000_000_000), or: "500000",
                "Messages of a partition that one worker reads at once")
        }
        let cluster = SparkSource.Cluster(
            master: master ?? "",
            rest: try self(
                "rest", .text,
                "Address of the master's REST server, such as http://10.0.0.1:6066, which takes the job in the place of submit"
            ),
            submit: try self(
                "submit", .text.takenAsItStands, or: "spark-submit", "Spark's own program, here"),
            settings: try self(
                "settings", .list(.text), or: "[]",
                "Settings of Spark's, such as [spark.cores.max=8]"),
            folder: folder ?? "",
            program: try self(
                "program", .text.takenAsItStands, or: "tidemark", "This program, on each worker"),
            saltFile: saltFile ?? "", passwordFile: passwordFile,
            keyPasswordFile: keyPasswordFile,
            shares: try self(
                "shares", .count(1...PartShare.most), or: "8", "Shares that a slot is added up in"),
            files: try self(
                "files", .count(1...1_000_000), or: "1000",
                "Files, or runs of messages, that are handed out together"),
            messages: messages,
            hashBits: try self(
                "hashBits", .bits, or: "64",
                "Bits that ids are hashed to, 64 or 128; 128 above 600 million posts in a period"),
            settle: try self(
                "settle", .seconds, or: "10m", "How long after a slot's end its last files may come"
            ),
            timeLimit: try self("timeLimit", .seconds, or: "2h", "How long a run may take"),
            pause: try self(
                "pause", .seconds, or: "30s",
                "How long tidemark engine waits before it looks again"))
        guard isNeeded else { return nil }
        for (name, value) in [("master", master), ("folder", folder), ("saltFile", saltFile)] {
            try require(value?.isEmpty == false, name, "engine: spark needs it")
        }
        return cluster
    }
}
