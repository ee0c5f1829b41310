import Foundation
import Support
import Testing

/// A stream of Kinesis, from the configuration to the archive.
@Suite("A stream of Kinesis")
struct KinesisStoryTests {
    @Test func `is looked at, read over a reshard, archived once, and verified`() async throws {
        try await withTemporaryFolder { path in
            let recording = "\(Repository.folder)/Tests/Fixtures/EndToEnd/jetstream.ndjson"
            var script = KinesisScript.resharded(recording)
            script.hours = 100
            try await withKinesis(script) { peer in
                var folder = try OperatorFolder(
                    path,
                    """
                    sources:
                      wire: { kind: kinesis, stream: posts, format: jetstream, lookBack: 200h }
                      file: { kind: file, paths: [jetstream.ndjson], format: jetstream }
                    """)
                folder.environment = peer.environment
                let doctor = try await folder.tidemark("doctor")
                #expect(
                    doctor.output.contains(
                        "ok     sources.wire: stream posts: 3 open shards, keeps 100 h, less than lookBack (200 h): a slot "
                            + "that is missed for longer is lost\n"), "\(doctor.output)")
                let slot = "2026-11-21T00:00:00Z"
                let run = try await folder.tidemark("snapshot", "--slot", slot)
                #expect(run.code == 0, "\(run.errors)")
                let again = try await folder.tidemark("snapshot", "--slot", slot)
                #expect(again.code == 0, "\(again.errors)")
                let lines = try String(
                    contentsOfFile: path + "/archive/top/2026/2026-11-21.csv", encoding: .utf8
                ).split(separator: "\n")
                func rows(of source: String) -> [String] {
                    lines.filter { $0.hasPrefix("\(slot),\(source),") }
                        .map { String($0.dropFirst(slot.count + 1 + source.count)) }
                }
                #expect(rows(of: "wire") == rows(of: "file"))
                #expect(!rows(of: "wire").isEmpty)
                let verify = try await folder.tidemark("verify")
                #expect(verify.code == 0, "\(verify.errors)")
            }
        }
    }

    @Test func `that is not there ends with one sentence, and leaves the slot due`() async throws {
        try await withTemporaryFolder { path in
            try await withKinesis { peer in
                var folder = try OperatorFolder(
                    path,
                    "sources:\n  wire: { kind: kinesis, stream: pots, format: v1 }")
                folder.environment = peer.environment
                let run = try await folder.tidemark("snapshot")
                #expect(run.code == 1)
                #expect(
                    run.errors
                        == "tidemark: wire: DescribeStreamSummary on stream pots: it is not there in eu-west-1; create it, "
                        + "or correct its name and region; what is missing stays due: each run tries again, for as "
                        + "long as lookBack says\n")
                #expect(run.output == "")
            }
        }
    }

    /// A configuration with the stream, and a file beside it.
    private static let both = """
        sources:
          wire: { kind: kinesis, stream: posts, format: jetstream, lookBack: 200h }
          file: { kind: file, paths: [jetstream.ndjson], format: jetstream }
        """
    private static let recording = "\(Repository.folder)/Tests/Fixtures/EndToEnd/jetstream.ndjson"
    private static let slot = "2026-11-21T00:00:00Z"

    @Test(arguments: [nil, 2])
    func
        `with records that are packed wrongly, or are none, in shards that are all closed, gives what is right`(
            packed: Int?
        ) async throws
    {
        try await withTemporaryFolder { path in
            var script = KinesisScript.resharded(Self.recording)
            (script.hours, script.hostile, script.closed, script.packed) = (100, true, true, packed)
            try await withKinesis(script) { peer in
                var folder = try OperatorFolder(path, Self.both)
                folder.environment = peer.environment
                let run = try await folder.tidemark("snapshot", "--slot", Self.slot)
                #expect(run.code == 0, "\(run.errors)")
                for list in ["top", "tail"] {
                    let rows = folder.rows("\(list)/2026/2026-11-21.csv")
                    let wire = rows.filter { $0.contains(",wire,") }
                    #expect(!wire.isEmpty)
                    #expect(
                        wire.map { $0.replacing(",wire,", with: ",file,") }
                            == rows.filter { $0.contains(",file,") })
                }
            }
        }
    }

    /// How a stream cannot be read, and the sentence; `limit` is what it may take.
    private static let faults:
        [(
            name: String, script: @Sendable (inout KinesisScript) -> Void,
            environment: [String: String],
            sentence: String
        )] = [
            (
                "records without end that are none", { $0.garbage = 5000 }, [:],
                "the stream posts: none of 100000 records is a post of format jetstream; is it another format?"
            ),
            (
                "a key that is not known", { _ in }, ["AWS_ACCESS_KEY_ID": "AKIDOFNOBODY"],
                "DescribeStreamSummary on stream posts: the access key id is not known there; check AWS_ACCESS_KEY_ID or the "
                    + "profile"
            ),
            (
                "a wrong secret", { _ in }, ["AWS_SECRET_ACCESS_KEY": "wrong-horse"],
                "DescribeStreamSummary on stream posts: the signature does not match; check AWS_SECRET_ACCESS_KEY or the "
                    + "profile"
            ),
            (
                "shards without end", { $0.endless = "shards" }, [:],
                "ListShards: the answer cannot be understood: its list of shards has no end"
            ),
        ]

    @Test(.timeLimit(.minutes(10)), arguments: faults.indices)
    func `that cannot be read is one sentence, and the slot stays due`(number: Int) async throws {
        let fault = Self.faults[number]
        try await withTemporaryFolder { path in
            var script = KinesisScript(Self.recording)
            fault.script(&script)
            try await withKinesis(script) { peer in
                var folder = try OperatorFolder(
                    path,
                    "sources:\n  wire: { kind: kinesis, stream: posts, format: jetstream, lookBack: 200h }"
                )
                folder.environment = peer.environment.merging(fault.environment) { $1 }
                let run = try await folder.tidemark("snapshot", "--slot", Self.slot)
                #expect(
                    run
                        == ProgramRun(
                            code: 1, output: "", errors: "tidemark: wire: \(fault.sentence)\n"),
                    "\(fault.name)")
                #expect(folder.rows("windows/2026.csv").isEmpty)
            }
        }
    }

    @Test func `of an authority that is not trusted is one sentence, and is read when it is`()
        async throws
    {
        try await withCertificates { certificates in
            try await withTemporaryFolder { path in
                var script = KinesisScript(Self.recording)
                script.hours = 100
                try await withKinesis(script, certificate: certificates + "/good.pem") { peer in
                    var folder = try OperatorFolder(path, Self.both)
                    folder.environment = peer.environment
                    let run = try await folder.tidemark("snapshot", "--slot", Self.slot)
                    // The file is archived.
                    #expect(run.code == 2)
                    #expect(
                        run.errors.hasPrefix("tidemark: wire: https://127.0.0.1")
                            && run.errors.contains("AWS_CA_BUNDLE")
                            && run.errors.split(separator: "\n").count == 1, "\(run.errors)")
                    folder.environment["AWS_CA_BUNDLE"] = certificates + "/ca.pem"
                    let trusting = try await folder.tidemark("snapshot", "--slot", Self.slot)
                    #expect(trusting.code == 0, "\(trusting.errors)")
                }
            }
        }
    }

    // MARK: the relay into it

    /// A post each half minute of the slot from 2026-11-22T00:00:00Z on, and some before and behind it.
    private static let posts = (-20..<740).map { number in
        let time = 1_795_305_600_000_000 + Int64(number) * 30_000_000
        return #"{"did":"did:example:p\#(number & 7)","time_us":\#(time),"kind":"commit","#
            + #""commit":{"rev":"3lbsw5kzdqk2z","operation":"create","collection":"app.bsky.feed.post","#
            + #""rkey":"\#(number & 511)","record":{"tags":["Tide","Kelp\#(number & 15)"]}}}"#
            + "\n"
    }.joined()

    /// An operator who passes on what a server of Jetstream sends into a stream.
    private func withRelay(
        _ script: KinesisScript,
        _ body: @Sendable (OperatorFolder, KinesisPeer) async throws -> Void
    ) async throws {
        try await withTemporaryFolder { path in
            try write(Self.posts, to: "\(path)/posts.ndjson")
            try await withKinesis(script) { peer in
                try await withJetstream(JetstreamScript("\(path)/posts.ndjson")) { address in
                    var folder = try OperatorFolder(
                        path,
                        """
                        sources:
                          wire: { kind: kinesis, stream: posts, format: jetstream, lookBack: 200h }
                          file: { kind: file, paths: [posts.ndjson], format: jetstream }
                          blue: { kind: bluesky, hosts: ["\(address)"], stall: 1s }
                        """)
                    folder.environment = peer.environment
                    try write("2026-11-21T23:55:00Z\n", to: "\(path)/relay-blue.cursor")
                    try await body(folder, peer)
                }
            }
        }
    }

    @Test(arguments: [nil, 7])
    func
        `gets what a relay passes on, whichever records are refused, and after a stop in the middle too`(
            refuse: Int?
        ) async throws
    {
        var script = KinesisScript()
        (script.shards, script.own, script.hours, script.refuse) = (3, true, 8760, refuse)
        try await withRelay(script) { folder, peer in
            for wanted in ["2026-11-22T00:10", "2026-11-22T06:05"] {
                let relay = try RunningProgram(["relay", "blue", "--to", "wire"], in: folder)
                try await until { folder.text("relay-blue.cursor") >= wanted }
                relay.send(SIGTERM)
                let run = await relay.finish()
                #expect(run.code == 128 + SIGTERM, "\(run.errors)")
            }
            // A key for each post.
            #expect(try await Set(peer.put().map { $0[0] }).count > 500)
            let run = try await folder.tidemark(
                "snapshot", "--slot", "2026-11-22T00:00:00Z")
            #expect(run.code == 0, "\(run.errors)")
            for list in ["top", "tail"] {
                let rows = folder.rows("\(list)/2026/2026-11-22.csv")
                let wire = rows.filter { $0.contains(",wire,") }
                #expect(!wire.isEmpty)
                #expect(
                    wire.map { $0.replacing(",wire,", with: ",file,") }
                        == rows.filter { $0.contains(",file,") })
            }
        }
    }

    @Test func `that takes nothing makes a relay wait, which keeps its place and ends when told`()
        async throws
    {
        var script = KinesisScript()
        script.errors = ["PutRecords": "ProvisionedThroughputExceededException"]
        try await withRelay(script) { folder, peer in
            let relay = try RunningProgram(["relay", "blue", "--to", "wire"], in: folder)
            while try await peer.seen()["PutRecords"] ?? 0 < 3 {}
            relay.send(SIGTERM)
            let run = await relay.finish()
            #expect(run.code == 128 + SIGTERM, "\(run.errors)")
            #expect(folder.text("relay-blue.cursor") == "2026-11-21T23:55:00Z\n")
        }
    }

    @Test(arguments: [
        ("PutRecords", "the credentials need kinesis:PutRecords"),
        ("DescribeStreamSummary", "the credentials need kinesis:DescribeStreamSummary"),
    ])
    func `that a relay may not write into is one sentence`(
        operation: String, advice: String
    ) async throws {
        var script = KinesisScript()
        script.errors = [operation: "AccessDeniedException"]
        try await withRelay(script) { folder, _ in
            let run = try await folder.tidemark("relay", "blue", "--to", "wire")
            #expect(run.code == 1)
            #expect(
                run.errors
                    == "tidemark: \(operation) on stream posts: access denied (AccessDeniedException): "
                    + "AccessDeniedException of the tests; \(advice)\n")
        }
    }
}
