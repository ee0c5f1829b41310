import Foundation
import Glibc
import Support
import Testing

/// Posts of a topic of Kafka, against a real broker.
@Suite("a kafka source", .enabled(if: KafkaPeer.isThere, "\(KafkaPeer.reason)"))
struct KafkaStoryTests {
    /// 2026-11-22T00:00:00Z, the begin of the slot that has just passed.
    private static let start: Int64 = 1_795_305_600_000

    private static func event(_ number: Int, at milliseconds: Int64) -> String {
        #"{"did":"did:example:p\#(number % 9)","time_us":\#(milliseconds * 1000),"kind":"commit","#
            + #""commit":{"rev":"3lbsw5kzdqk2\#(number % 2 == 0 ? "2" : "z")","operation":"#
            + #""\#(number % 11 == 0 ? "delete" : "create")","collection":"app.bsky.feed.post","#
            + #""rkey":"\#(number % 700)","record":{"tags":["Tide","Kelp\#(number % 13)"]}}}"#
    }

    /// An event each half minute of the slot, and some before and behind it.
    private static let messages: [KafkaPeer.Message] = (-20..<740).map { number in
        let time = start + Int64(number) * 30_000
        return KafkaPeer.Message(
            time, event(number + 20, at: time), key: "p\((number + 20) % 9)/\((number + 20) % 700)")
    }

    private func topic(_ peer: KafkaPeer, _ more: String = "") -> String {
        """
        sources:
          sky: { kind: kafka, brokers: ["\(peer.address)"], topic: posts, format: jetstream, settle: 1s\(more) }

        """
    }

    /// The rows of tops and tails, and of the windows those cells that a file's have too.
    private func rows(_ folder: OperatorFolder) -> [String] {
        folder.rows("top/2026/2026-11-22.csv").map { "top " + $0 }
            + folder.rows("tail/2026/2026-11-22.csv").map { "tail " + $0 }
            + folder.rows("windows/2026.csv").map(OperatorFolder.withoutRules)
    }

    /// The rows of the same events in a file.
    private func expected(below path: String) async throws -> [String] {
        let file = try OperatorFolder(
            "\(path)/file",
            "sources: { sky: { kind: file, paths: [all.ndjson], format: jetstream } }\n")
        try write(Self.lines, to: "\(path)/file/all.ndjson")
        #expect(try await file.tidemark("snapshot").code == 0)
        let slot = "2026-11-22T00:00:00Z,"
        let rows = rows(file).filter { $0.hasPrefix(slot) || $0.contains(" \(slot)") }
        #expect(rows.count > 10)
        return rows
    }

    private static let lines = (-20..<740).map {
        event($0 + 20, at: start + Int64($0) * 30_000) + "\n"
    }.joined()

    /// A broker with a topic, and a folder of an operator who reads it.
    private func withTopic(
        _ more: String = "", _ settings: [String: String] = [:],
        _ body: @Sendable (KafkaPeer, OperatorFolder, String) async throws -> Void
    ) async throws {
        try await withKafka { peer in
            try await withTemporaryFolder { path in
                try await peer.create("posts", settings)
                try await body(peer, try OperatorFolder("\(path)/topic", topic(peer, more)), path)
            }
        }
    }

    @Test(arguments: ["none", "gzip", "snappy", "lz4", "zstd"])
    func `three partitions give the rows of a file, however they are compressed`(
        compression: String
    ) async throws {
        try await withTopic { peer, folder, path in
            try await peer.send(Self.messages, to: "posts", ["compression": compression])
            #expect(
                try await folder.tidemark("snapshot") == ProgramRun(code: 0, output: "", errors: "")
            )
            #expect(try await rows(folder) == expected(below: path))
            let again = try await folder.tidemark("snapshot", "--verbose")
            #expect(again.errors == "No slot is due: every one of sky is archived.\n")
        }
    }

    @Test func `aborted transactions, tombstones and gaps in offsets change nothing`() async throws
    {
        try await withTopic { peer, folder, path in
            let hour: Int64 = 3_600_000
            let other = Self.event(1, at: Self.start + hour)
                .replacing("Tide", with: "Aborted")
            try await peer.send(
                [.init(Self.start + hour, other, key: "x")], to: "posts", ["transaction": "abort"])
            try await peer.send(Self.messages, to: "posts", ["transaction": "commit"])
            try await peer.send(
                [.init(Self.start + hour, nil, key: "x")], to: "posts", ["transaction": "commit"])
            try await peer.send(
                [.init(Self.start + hour, other, key: "x")], to: "posts", ["transaction": "abort"])
            #expect(try await folder.tidemark("snapshot").errors == "")
            #expect(try await rows(folder) == expected(below: path))
        }
    }

    @Test func `what was delivered twice counts once`() async throws {
        try await withTopic { peer, folder, path in
            try await peer.send(Self.messages, to: "posts")
            try await peer.send(Self.messages, to: "posts")
            #expect(try await folder.tidemark("snapshot").errors == "")
            let expected = try await expected(below: path).filter { !$0.hasPrefix("2026") }
            #expect(rows(folder).filter { !$0.hasPrefix("2026") } == expected)
        }
    }

    @Test func `runs of messages are parts of the slot, and those that are gone are told of`()
        async throws
    {
        try await withTopic { peer, folder, path in
            try await peer.send(Self.messages, to: "posts", partition: 0)
            try write("correct horse battery staple", to: folder.path + "/secret")
            try FileManager.default.setAttributes(
                [.posixPermissions: 0o600], ofItemAtPath: folder.path + "/secret")
            func map(_ output: String, _ ranges: String...) async throws -> ProgramRun {
                try await ProgramRun.program(
                    Repository.product("tidemark"),
                    [
                        "part", "map", "--format", "jetstream", "--source", "sky", "--salt-file",
                        "secret",
                        "--topic", "posts", "--broker", peer.address, "--output", output,
                    ] + ranges, in: folder.path)
            }
            let made = try await map("parts", "0:0-300", "0:300-760")
            #expect(made.code == 0, "\(made.errors)")
            let closed = try await folder.tidemark(
                "part", "close", "--now", OperatorFolder.now, "parts/20261122T00Z")
            #expect(closed.code == 0, "\(closed.errors)")
            #expect(try await rows(folder) == expected(below: path))

            try await peer.order("drop", "posts", ["0": 400])
            #expect(try await map("lost", "0:0-300", "0:300-760").code == 0)
            let found = try FileManager.default.subpathsOfDirectory(atPath: folder.path + "/lost")
            #expect(
                found.filter { $0.hasSuffix(".lost") } == [
                    "p00000-0000000000000000000-0000000000000000300.lost"
                ])
            let wrong = try await map("parts", "0-300")
            #expect(wrong.errors.contains("is no range of a topic, such as 2:1000-2000"))
        }
    }

    @Test func `a broker that is down when a run begins is waited for`() async throws {
        try await withTopic { peer, folder, path in
            try await peer.send(Self.messages, to: "posts")
            try await peer.order("kill")
            async let run = folder.tidemark("snapshot")
            try await Task.sleep(for: .seconds(2))
            try await peer.order("start")
            #expect(try await run == ProgramRun(code: 0, output: "", errors: ""))
            #expect(try await rows(folder) == expected(below: path))
        }
    }

    @Test func `a broker that is killed in the middle of a slot, and comes back, loses nothing`()
        async throws
    {
        try await withTopic { peer, _, path in
            try await peer.send(Self.messages, to: "posts")
            try await withPeer("gate.py", [peer.address, "--kill", "\(peer.control)"]) { port in
                let sources = topic(peer).replacing(peer.address, with: "127.0.0.1:\(port)")
                let folder = try OperatorFolder("\(path)/killed", sources)
                #expect(
                    try await folder.tidemark("snapshot")
                        == ProgramRun(code: 0, output: "", errors: ""))
                #expect(try await rows(folder) == expected(below: path))
            }
        }
    }

    @Test func `messages without end that are nothing are one sentence`() async throws {
        try await withTopic { peer, folder, _ in
            let garbage = (0..<20_000).map {
                KafkaPeer.Message(Self.start + Int64($0) * 1000, "\u{0}garbage {{{ \($0)")
            }
            for _ in 0..<6 { try await peer.send(garbage, to: "posts") }
            let sender = Task {
                while !Task.isCancelled { try await peer.send(garbage, to: "posts") }
            }
            let run = try await folder.tidemark("snapshot")
            sender.cancel()
            _ = await sender.result
            #expect(run.code == 1)
            let words = run.errors.split(separator: " ")
            #expect(
                run.errors.hasPrefix("tidemark: sky: the topic posts: none of 1")
                    && run.errors.hasSuffix(
                        " records is a post of format jetstream; is it another format?\n"),
                "\(run.errors)")
            // No more than it takes to tell, and what came with it.
            #expect(words.compactMap { Int($0) }.allSatisfy { $0 < 150_000 }, "\(run.errors)")
            #expect(rows(folder) == [])
        }
    }

    @Test func `what the topic no longer holds makes a partial window that says from when`()
        async throws
    {
        try await withTopic { peer, folder, _ in
            for partition in 0..<3 {
                try await peer.send(
                    Self.messages.enumerated().filter { $0.offset % 3 == partition }.map(\.element),
                    to: "posts", partition: partition)
            }
            try await peer.order("drop", "posts", ["0": 60, "1": 60, "2": 60])
            #expect(try await folder.tidemark("snapshot").code == 0)
            let cells = rows(folder).last { $0.hasPrefix("2026") }?.split(separator: ",") ?? []
            #expect(
                cells[2...5] == [
                    "2026-11-22T01:20:00Z", "2026-11-22T06:00:00Z", "partial", "0.7764",
                ])
            #expect(
                cells[15]
                    == "3 of 3 partitions no longer hold what came before 01:21:00; nothing was to be had before 01:20:00"
            )
        }
    }

    @Test(
        arguments: [
            "\u{0}garbage {{{ @", #"{"schema":{},"payload":{"id":"@"}}"#,
            #""{\"kind\":\"commit\"}""#,
            #"{"id":"@","content":"<p>","account":{"acct":"a"}}"#,
        ])
    func `messages that are no posts are one sentence`(message: String) async throws {
        try await withTopic { peer, folder, _ in
            try await peer.send(
                (0..<3000).map {
                    .init(Self.start + Int64($0) * 1000, message.replacing("@", with: "\($0)"))
                }, to: "posts")
            let run = try await folder.tidemark("snapshot")
            #expect(run.code == 1)
            #expect(
                run.errors
                    == "tidemark: sky: the topic posts: none of 3000 records is a post of format jetstream; is it another format?\n"
            )
            #expect(rows(folder) == [])
        }
    }

    @Test func `a topic that stamps arrivals is refused for slots, and doctor says why`()
        async throws
    {
        try await withTopic("", ["message.timestamp.type": "LogAppendTime"]) { peer, folder, _ in
            try await peer.send(Self.messages, to: "posts")
            let run = try await folder.tidemark("snapshot")
            #expect(run.code == 1 && run.errors.contains("the time of their arrival"), "\(run)")
            let doctor = try await folder.tidemark("doctor")
            #expect(doctor.output.contains("message.timestamp.type=CreateTime"), "\(doctor)")
        }
    }

    @Test func `doctor says how many partitions there are and how far back they go`() async throws {
        try await withTopic { peer, folder, _ in
            #expect(
                try await folder.tidemark("doctor").output
                    .contains("\(peer.address): posts: 3 partitions, and no message in it yet"))
            try await peer.send(Self.messages, to: "posts")
            #expect(
                try await folder.tidemark("doctor").output.contains(
                    "posts: 3 partitions, back to 2026-11-21T23:50:00Z"))
        }
    }

    @Test func `a topic that is not there is one sentence`() async throws {
        try await withKafka { peer in
            try await withTemporaryFolder { path in
                let run = try await OperatorFolder(path, topic(peer)).tidemark("snapshot")
                #expect(
                    run.errors
                        == "tidemark: sky: there is no topic posts, or this user may not see it; is its name right? "
                        + "What is missing stays due: each run tries again, for as long as lookBack says\n"
                )
                #expect(run.code == 1)
            }
        }
    }

    @Test(arguments: ["PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512", "OAUTHBEARER"])
    func `signs in over TLS, and says in a sentence why it cannot`(mechanism: String) async throws {
        try await withTopic { peer, _, path in
            try await peer.send(Self.messages, to: "posts")
            try await withCertificates { certificates in
                try await withPeer(
                    "gate.py",
                    [
                        peer.address, "--certificate", "\(certificates)/good.pem", "--user", "me",
                        "correct horse",
                    ]
                ) { port in
                    let certificate = "\(certificates)/ca.pem"
                    func folder(_ name: String, _ more: String) throws -> OperatorFolder {
                        let own =
                            mechanism == "OAUTHBEARER"
                            ? "" : "sasl.username: me, sasl.mechanism: \(mechanism), "
                        var folder = try OperatorFolder(
                            "\(path)/\(name)",
                            """
                            sources:
                              sky:
                                kind: kafka
                                brokers: ["127.0.0.1:\(port)"]
                                topic: posts
                                format: jetstream
                                settle: 1s
                                \(mechanism == "OAUTHBEARER" ? "iamRegion: eu-west-1" : "")
                                properties: { \(own)security.protocol: sasl_ssl\(more) }

                            """)
                        folder.environment["TIDEMARK_SOURCES_SKY_PASSWORD"] = "correct horse"
                        folder.environment["AWS_ACCESS_KEY_ID"] = "me"
                        folder.environment["AWS_SECRET_ACCESS_KEY"] = "correct-horse"
                        return folder
                    }
                    let trusting = try folder("right", ", ssl.ca.location: \"\(certificate)\"")
                    #expect(try await trusting.tidemark("snapshot").errors == "")
                    #expect(try await rows(trusting) == expected(below: path))

                    var wrong = try folder("wrong", ", ssl.ca.location: \"\(certificate)\"")
                    wrong.environment["TIDEMARK_SOURCES_SKY_PASSWORD"] = "wrong horse"
                    wrong.environment["AWS_ACCESS_KEY_ID"] = "other"
                    let refused = try await wrong.tidemark("snapshot")
                    #expect(refused.code == 1)
                    #expect(refused.errors.contains("the broker does not let us in"), "\(refused)")
                    #expect(!refused.errors.contains("horse"))

                    let stranger = try await folder("stranger", "").tidemark("snapshot")
                    #expect(
                        stranger.errors.contains("the connection is not trusted"), "\(stranger)")
                }
            }
        }
    }

    @Test(.timeLimit(.minutes(10)))
    func `a follower tells of the running slot from its start, again after a kill`() async throws {
        try await withTopic { peer, folder, _ in
            // Nine people, two hours into the slot, and two minutes of the one before.
            let messages = (-4..<240).map { number in
                let time = Self.start + Int64(number) * 30_000
                return KafkaPeer.Message(
                    time,
                    #"{"did":"did:example:p\#((number + 9) % 9)","time_us":\#(time * 1000),"kind":"commit","#
                        + #""commit":{"rev":"3l\#(time)","operation":"create","collection":"app.bsky.feed.post","#
                        + #""rkey":"\#(time)","record":{"tags":["tide"]}}}"#)
            }
            try await peer.send(messages, to: "posts")
            for signal in [SIGKILL, SIGTERM] {
                let follower = try RunningProgram(
                    ["follow", "--now", "2026-11-22T02:00:30Z"], in: folder)
                try await until {
                    folder.text(".public.live.json").contains(
                        #""posts":240,"start":"2026-11-22T00:00:00Z""#)
                }
                if signal == SIGKILL { try write("", to: folder.path + "/.public.live.json") }
                follower.send(signal)
                #expect(await follower.finish().errors == "")
            }
        }
    }

    @Test func `a property that would break exactness is refused by its name`() async throws {
        try await withTemporaryFolder { path in
            let folder = try OperatorFolder(
                path,
                """
                sources:
                  sky: { kind: kafka, brokers: ["127.0.0.1:1"], topic: posts, format: jetstream,
                    properties: { isolation.level: read_uncommitted } }

                """)
            let run = try await folder.tidemark("snapshot")
            #expect(run.code == 78)
            #expect(run.errors.contains("isolation.level is Tidemark's to say"), "\(run.errors)")
        }
    }

    @Test func `a relay's topic gives the rows of a file, after a stop in the middle too`()
        async throws
    {
        try await withTopic { peer, _, path in
            try write(Self.lines, to: "\(path)/events")
            try await withJetstream(JetstreamScript("\(path)/events")) { address in
                let folder = try OperatorFolder(
                    "\(path)/relay",
                    topic(peer) + "  blue: { kind: bluesky, hosts: [\"\(address)\"], stall: 1s }\n")
                try write("2026-11-21T23:55:00Z\n", to: "\(folder.path)/relay-blue.cursor")
                func relay(until wanted: String) async throws {
                    let relay = try RunningProgram(["relay", "blue", "--to", "sky"], in: folder)
                    try await until { folder.text("relay-blue.cursor") >= wanted }
                    relay.send(SIGTERM)
                    let run = await relay.finish()
                    #expect(run.code == 128 + SIGTERM, "\(run.errors)")
                }
                try await relay(until: "2026-11-22T00:10")
                try await relay(until: "2026-11-22T06:05")
                let counting = try OperatorFolder("\(path)/count", topic(peer))
                #expect(try await counting.tidemark("snapshot").errors == "")
                let expected = try await expected(below: path).filter { !$0.hasPrefix("2026") }
                #expect(rows(counting).filter { !$0.hasPrefix("2026") } == expected)
            }
        }
    }
}
