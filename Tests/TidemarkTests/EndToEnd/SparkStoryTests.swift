import Foundation
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

    /// A folder whose sources are read here, or by Spark.
    private func folder(_ path: String, spark master: String?) throws -> OperatorFolder {
        let submit = URL(fileURLWithPath: Repository.enginePython).deletingLastPathComponent()
            .appendingPathComponent("spark-submit").path
        let engine =
            master.map { master in
                ", engine: spark, spark: { master: \"\(master)\", submit: \"\(submit)\", "
                    + "program: \"\(Repository.product("tidemark"))\", folder: shared, "
                    + "saltFile: secret, shares: 2, files: 3, settle: 1m, timeLimit: 5m, settings: "
                    + "[spark.cores.max=2, spark.executor.memory=512m, "
                    + "\"spark.driver.extraJavaOptions=-XX:TieredStopAtLevel=1 -XX:+UseSerialGC\"] }"
            } ?? ""
        // Spark takes a folder for the files in it.
        let paths =
            master == nil ? (0..<5).map { "feed/\($0).ndjson" }.joined(separator: ", ") : "feed"
        var folder = try OperatorFolder(
            path,
            """
            sources:
              birds: { kind: file, paths: [v1.ndjson], format: v1\(engine) }
              feed: { kind: file, paths: [\(paths)], format: jetstream, languages: [] \(engine) }
            """)
        folder.environment = Self.variables
        for (number, lines) in stride(from: 0, to: 400, by: 80).enumerated()
            .map({ ($0.offset, Self.lines[$0.element..<$0.element + 80]) })
        { try write(lines.joined(), to: "\(path)/feed/\(number).ndjson") }
        try write("correct horse battery staple", to: path + "/secret")
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o600], ofItemAtPath: path + "/secret")
        try FileManager.default.createSymbolicLink(
            atPath: path + "/Engines", withDestinationPath: Repository.folder + "/Engines")
        return folder
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
            [".part", ".uses", ".tags", ".json"].contains(where: $0.hasSuffix)
        }
    }

    @Test func `archives the rows that one machine does, each file once, and leaves no parts`()
        async throws
    {
        try await withTemporaryFolder { path in
            let alone = try folder(path + "/alone", spark: nil)
            #expect(try await alone.tidemark("snapshot").code == 0)
            let expected = try files(of: path, below: "alone/archive")
            #expect(expected.keys.contains("related/2026/2026-11-20.csv"))
            try FileManager.default.createDirectory(
                atPath: path + "/cluster", withIntermediateDirectories: true)

            try await withPeer(
                "spark.py", [path + "/cluster"], python: Repository.enginePython
            ) { master in
                let spark = try folder(path + "/spark", spark: master)
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
    }

    @Test func `says in one sentence what failed, and goes on when it is put right`() async throws {
        try await withTemporaryFolder { path in
            try FileManager.default.createDirectory(
                atPath: path + "/cluster", withIntermediateDirectories: true)
            try await withPeer(
                "spark.py", [path + "/cluster"], python: Repository.enginePython
            ) { master in
                let spark = try folder(path + "/spark", spark: master)
                func failure(_ flags: [String], _ sentence: String) async throws {
                    let run = try await ProgramRun.program(
                        Repository.product("tidemark"),
                        ["snapshot", "--now", OperatorFolder.now] + flags, in: spark.path,
                        environment: Self.variables)
                    #expect(run.code != 0 && run.errors.contains(sentence), "\(run.errors)")
                    #expect(
                        !FileManager.default.fileExists(atPath: spark.path + "/archive/windows"))
                }
                let both = { (name: String, value: String) in
                    ["birds", "feed"].flatMap { ["--sources.\($0).spark.\(name)", value] }
                }
                try await failure(
                    both("program", "/none/tidemark"), "there is no program /none/tidemark")
                try await failure(both("program", "/bin/true"), "/bin/true is version true (GNU")
                try await failure(
                    both("submit", "/none/spark-submit"), "/none/spark-submit cannot be run")
                try await failure(both("timeLimit", "1s"), "it was not done in 1 seconds")
                try FileManager.default.setAttributes(
                    [.posixPermissions: 0o644], ofItemAtPath: spark.path + "/secret")
                try await failure([], "chmod 600 keeps them out")
                try FileManager.default.setAttributes(
                    [.posixPermissions: 0o600], ofItemAtPath: spark.path + "/secret")
                let run = try await spark.tidemark("snapshot")
                #expect(run.code == 0, "\(run.errors)")
                #expect(try parts(in: spark.path) == [])
            }
        }
    }
}
