import Files
import Foundation
import Glibc
import Support
import Testing

/// Recordings that Spark hands out to this program on its workers, against those that are read here: a master and two
/// workers out of pip's pyspark, on loopback.
@Suite(
    "engine: spark",
    .enabled(
        if: ProcessInfo.processInfo.environment["TIDEMARK_ENGINES"] == "all",
        "make test-engines runs it"),
    .serialized)
struct SparkStoryTests {
    /// Over two slots, with edits and deletions across the files.
    private static let lines: [String] = (1...400).map { number in
        let second = 1_795_176_000 + number * 80
        return
            #"{"did":"did:example:p\#(number % 29)","time_us":\#(second)000000,"#
            + #""commit":{"rev":"3lbsw5kzdqk2\#(number % 2 == 0 ? "2" : "z")","operation":"#
            + #""\#(number % 11 == 0 ? "delete" : "create")","collection":"app.bsky.feed.post","#
            + #""rkey":"\#(number % 97)","record":{"tags":["Tide","Kelp\#(number % 3)"],"#
            + #""embed":{"external":{"title":"One","uri":"https://a.example/"}}}}}"# + "\n"
    }

    private static let variables = [
        "SPARK_LOCAL_IP": "127.0.0.1", "PYSPARK_PYTHON": Repository.enginePython,
        "PYTHONDONTWRITEBYTECODE": "1", "PATH": "/usr/bin:/bin",
    ]

    /// Where Spark is: its master, and the master's REST server.
    private struct Cluster {
        let master: String
        let rest: String

        init(_ line: String) {
            let words = line.split(separator: " ").map(String.init)
            (master, rest) = (words.first ?? "", words.last ?? "")
        }

        /// The keys of a source that it reads.
        func keys(_ more: String = "") -> String {
            let submit = URL(fileURLWithPath: Repository.enginePython).deletingLastPathComponent()
                .appendingPathComponent("spark-submit").path
            return ", engine: spark, spark: { master: \"\(master)\", submit: \"\(submit)\", "
                + "program: \"\(Repository.product("tidemark"))\", folder: shared, "
                + "saltFile: secret, shares: 2, files: 3, settle: 1m, timeLimit: 5m, settings: "
                + "[spark.cores.max=1, spark.executor.memory=512m, spark.driver.memory=512m, "
                + "\"spark.pyspark.python=\(Repository.enginePython)\"]\(more) }"
        }
    }

    private func withCluster(
        _ body: @Sendable (Cluster, String) async throws -> Void
    ) async throws {
        try await withTemporaryFolder { path in
            try FileManager.default.createDirectory(
                atPath: path + "/cluster", withIntermediateDirectories: true)
            try await withPeer(
                "spark.py", [path + "/cluster"], python: Repository.enginePython
            ) { try await body(Cluster($0), path) }
        }
    }

    /// A folder of these sources; recordings, and what Spark needs.
    private func folder(_ path: String, _ sources: String) throws -> OperatorFolder {
        var folder = try OperatorFolder(path, "sources:\n\(sources)")
        folder.environment = Self.variables
        for (number, lines) in stride(from: 0, to: 400, by: 80).enumerated()
            .map({ ($0.offset, Self.lines[$0.element..<$0.element + 80]) })
        { try write(lines.joined(), to: "\(path)/feed/\(number).ndjson") }
        // With what is left out, before all and in the last slot.
        for (name, lines) in [("0.tar", Self.lines[..<9]), ("9.tar", Self.lines[380...])] {
            try write(
                Packed.archive([
                    Packed.Member("README.txt", Array("Of one day.\n".utf8)),
                    Packed.Member("posts", Array(lines.joined().utf8)),
                ]), to: "\(path)/feed/\(name)")
        }
        try write("correct horse battery staple", to: path + "/secret")
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o600], ofItemAtPath: path + "/secret")
        try FileManager.default.createSymbolicLink(
            atPath: path + "/Engines", withDestinationPath: Repository.folder + "/Engines")
        return folder
    }

    private static func birds(_ engine: String = "") -> String {
        "  birds: { kind: file, paths: [v1.ndjson], format: v1\(engine) }\n"
    }

    /// Spark takes a folder for the files in it.
    private static func feed(_ engine: String = "") -> String {
        let paths =
            engine.isEmpty
            ? (["feed/0.ndjson", "feed/0.tar"] + (1..<5).map { "feed/\($0).ndjson" } + [
                "feed/9.tar"
            ]).joined(separator: ", ") : "feed"
        return "  feed: { kind: file, paths: [\(paths)], format: jetstream\(engine) }\n"
    }

    private func files(of path: String, below folder: String) throws -> [String: Data] {
        var files: [String: Data] = [:]
        for name in try FileManager.default.subpathsOfDirectory(atPath: "\(path)/\(folder)")
        where name.hasSuffix(".csv") {
            files[name] = FileManager.default.contents(atPath: "\(path)/\(folder)/\(name)")
        }
        return files
    }

    private func parts(in path: String) throws -> [String] {
        try FileManager.default.subpathsOfDirectory(atPath: path + "/shared").filter {
            [".part", ".uses", ".tags", ".extent", "order.json"].contains(where: $0.hasSuffix)
        }
    }

    @Test func `archives the rows that one machine does, each file once, and leaves no parts`()
        async throws
    {
        try await withCluster { cluster, path in
            let alone = try folder(path + "/alone", Self.birds() + Self.feed())
            #expect(try await alone.tidemark("snapshot").code == 0)
            let expected = try files(of: path, below: "alone/archive")
            #expect(expected.keys.contains("related/2026/2026-11-20.csv"))
            #expect(alone.text("archive/windows/2026.csv").contains("0.tar: README.txt"))

            // One by spark-submit, the other by the master's REST server.
            let spark = try folder(
                path + "/spark",
                Self.birds(cluster.keys(", rest: \"\(cluster.rest)\""))
                    + Self.feed(cluster.keys(", hashBits: 128")))
            let first = try await spark.tidemark("snapshot")
            #expect(first.code == 0, "\(first.errors)")
            #expect(try files(of: path, below: "spark/archive") == expected)
            #expect(try parts(in: spark.path) == [])

            // One comes late, another was there: nothing of either is counted.
            try write(Self.lines[3...9].joined(), to: "\(spark.path)/feed/late.ndjson")
            let second = try await spark.tidemark("snapshot")
            #expect(second.code == 0, "\(second.errors)")
            #expect(try files(of: path, below: "spark/archive") == expected)
            #expect(try parts(in: spark.path) == [])
        }
    }

    @Test func `says in one sentence what failed, and goes on when it is put right`() async throws {
        try await withCluster { cluster, path in
            let spark = try folder(path + "/spark", Self.feed(cluster.keys()))
            func failure(_ flags: [String], _ sentence: String) async throws {
                let run = try await ProgramRun.program(
                    Repository.product("tidemark"),
                    ["snapshot", "--now", OperatorFolder.now]
                        + flags.enumerated().map {
                            $0.offset % 2 == 0 ? "--sources.feed.spark.\($0.element)" : $0.element
                        }, in: spark.path, environment: Self.variables)
                #expect(run.code != 0 && run.errors.contains(sentence), "\(run.errors)")
                #expect(!FileManager.default.fileExists(atPath: spark.path + "/archive/windows"))
            }
            try await failure(["program", "/none/tidemark"], "there is no program /none/tidemark")
            try await failure(["program", "/bin/true"], "/bin/true is version true (GNU")
            try await failure(
                ["submit", "/none/spark-submit"], "/none/spark-submit cannot be run")
            try await failure(["timeLimit", "1s"], "it was not done in 1 second")
            try await failure(["rest", "http://127.0.0.1:1"], "http://127.0.0.1:1/")
            try await failure(["saltFile", "/none/secret"], "/none/secret")
            // Another is at work: a publisher leaves it alone.
            let lock = try FileLock(spark.path + "/shared/feed/.publisher", saying: "another")
            let other = try await spark.tidemark("snapshot")
            #expect(other.code == 0 && other.errors == "")
            #expect(!FileManager.default.fileExists(atPath: spark.path + "/archive/windows"))
            lock.release()
            let run = try await spark.tidemark("snapshot")
            #expect(run.code == 0, "\(run.errors)")
            #expect(try parts(in: spark.path) == [])
        }
    }

    /// An event each half minute of the slot that has just passed, and some before and behind it.
    private static let messages: [KafkaPeer.Message] = (-20..<740).map { number in
        let time = 1_795_305_600_000 + Int64(number) * 30_000
        let key = "\((number + 20) % 9)/\((number + 20) % 700)"
        return KafkaPeer.Message(
            time,
            #"{"did":"did:example:p\#(number % 9)","time_us":\#(time * 1000),"kind":"commit","#
                + #""commit":{"rev":"3lbsw5kzdqk2\#(number % 2 == 0 ? "2" : "z")","operation":"#
                + #""\#(number % 11 == 0 ? "delete" : "create")","collection":"app.bsky.feed.post","#
                + #""rkey":"\#((number + 20) % 700)","record":{"tags":["Tide","Kelp\#(number % 13)"]}}}"#,
            key: key)
    }

    @Test func `tells of what holds no post as one machine does, and reads all once it does`()
        async throws
    {
        try await withCluster { cluster, path in
            try await withKafka { peer in
                try await peer.create("posts")
                try await peer.send(
                    (0..<60).map { .init(1_795_305_600_000 + $0 * 400_000, "garbage", key: nil) },
                    to: "posts")
                // Producers that give messages the time at which they send old posts.
                try await peer.create("old")
                try await peer.send(
                    Self.messages.prefix(20).enumerated().map { number, message in
                        .init(1_795_305_600_000 + Int64(number) * 60_000, message.value, key: nil)
                    }, to: "old")
                let like =
                    #"{"did":"did:example:p","time_us":1795305600000000,"kind":"commit","commit":{"rev":"3l","#
                    + #""operation":"create","collection":"app.bsky.feed.like","rkey":"1"}}"# + "\n"
                for engine in ["", cluster.keys()] {
                    let name = engine.isEmpty ? "alone" : "spark"
                    let both = try folder(
                        "\(path)/\(name)",
                        Self.feed(engine)
                            + "  sky: { kind: kafka, brokers: [\"\(peer.address)\"], topic: posts, format: jetstream, settle: 1s\(engine) }\n"
                            + "  old: { kind: kafka, brokers: [\"\(peer.address)\"], topic: old, format: jetstream, settle: 1s\(engine) }\n"
                    )
                    func snapshot() async throws -> ProgramRun {
                        try await ProgramRun.program(
                            Repository.product("tidemark"),
                            ["snapshot", "--now", "2026-11-22T06:05:00Z"], in: both.path,
                            environment: both.environment)
                    }
                    for name in (0..<5).map({ "\($0).ndjson" }) + ["0.tar", "9.tar"] {
                        try write(like, to: "\(both.path)/feed/\(name)")
                    }
                    let first = try await snapshot()
                    #expect(first.code == 1, "\(first.errors)")
                    #expect(first.errors.contains("records is a post of format jetstream with a"))
                    #expect(
                        first.errors.contains(
                            "the topic posts: none of 54 records is a post of format jetstream; is it another format?"
                        ), "\(first.errors)")
                    #expect(
                        first.errors.contains(
                            "the topic old: 20 messages of the slot hold posts of other times"),
                        "\(first.errors)")
                    try write(Self.lines.joined(), to: "\(both.path)/feed/0.ndjson")
                    let second = try await snapshot()
                    #expect(second.code != 0 && second.errors.contains("the topic posts: none of"))
                }
                let expected = try files(of: path, below: "alone/archive")
                #expect(expected["top/2026/2026-11-20.csv"] != nil)
                #expect(try files(of: path, below: "spark/archive") == expected)
            }
        }
    }

    @Test func `says what a topic no longer holds as one machine does`() async throws {
        try await withCluster { cluster, path in
            try await withKafka { peer in
                // Of one partition the beginning is gone, of another all.
                try await peer.create("posts")
                for partition in 0..<3 {
                    let messages = Self.messages.enumerated().filter { $0.offset % 3 == partition }
                    try await peer.send(messages.map(\.element), to: "posts", partition: partition)
                }
                try await peer.order("drop", "posts", ["0": 50, "1": 253])
                func source(_ engine: String) -> String {
                    "  sky: { kind: kafka, brokers: [\"\(peer.address)\"], topic: posts, format: jetstream, settle: 1s\(engine) }\n"
                }
                for (name, engine) in [
                    ("alone", ""), ("spark", cluster.keys(", messages: 100")),
                ] {
                    let folder = try folder("\(path)/\(name)", source(engine))
                    let run = try await ProgramRun.program(
                        Repository.product("tidemark"),
                        ["snapshot", "--now", "2026-11-22T06:05:00Z"], in: folder.path,
                        environment: folder.environment)
                    #expect(
                        run.errors.contains("2 of 3 partitions no longer hold what came before"),
                        "\(run.errors)")
                }
                let expected = try files(of: path, below: "alone/archive")
                #expect(try files(of: path, below: "spark/archive") == expected)
            }
        }
    }

    @Test func `reads runs of a topic as one machine does, and adds up while a job stays`()
        async throws
    {
        try await withCluster { cluster, path in
            try await withKafka { peer in
                try await peer.create("posts")
                try await peer.send(Self.messages.dropLast(200), to: "posts")
                func source(_ engine: String) -> String {
                    "  sky: { kind: kafka, brokers: [\"\(peer.address)\"], topic: posts, format: jetstream, settle: 1s\(engine) }\n"
                }
                let alone = try folder(path + "/alone", source(""))
                let spark = try folder(
                    path + "/spark", source(cluster.keys(", messages: 100, pause: 1s")))
                func snapshots(_ now: String) async throws {
                    for folder in [alone, spark] {
                        let run = try await ProgramRun.program(
                            Repository.product("tidemark"), ["snapshot", "--now", now],
                            in: folder.path, environment: folder.environment)
                        #expect(run.code != 1, "\(run.errors)")
                    }
                }
                try await snapshots("2026-11-22T06:05:00Z")
                let expected = try files(of: path, below: "alone/archive")
                #expect(expected.keys.contains("top/2026/2026-11-22.csv"))
                #expect(try files(of: path, below: "spark/archive") == expected)
                #expect(try parts(in: spark.path) == [])

                // The rest comes while a job stays, by which the next slot is added up.
                try await peer.send(Self.messages.suffix(200), to: "posts")
                let engine = try RunningProgram(["engine", "sky"], in: spark)
                // A run of a job of its own has taken its order away.
                try await until {
                    FileManager.default.fileExists(atPath: spark.path + "/shared/sky/order.json")
                }
                try await snapshots("2026-11-22T12:05:00Z")
                let after = try files(of: path, below: "alone/archive")
                #expect(after != expected)
                #expect(try files(of: path, below: "spark/archive") == after)
                engine.send(SIGTERM)
                let end = await engine.finish()
                #expect(end.code == 0, "\(end.errors)")
            }
        }
    }
}
