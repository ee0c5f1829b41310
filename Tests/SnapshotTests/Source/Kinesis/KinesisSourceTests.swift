import AWS
import Calendar
import Decode
import Foundation
import Support
import Tally
import Testing

@testable import Snapshot

/// Slots of a stream over a reshard, its bad days included.
@Suite struct KinesisSourceTests {
    @Test(
        Repository.needsSharedData(cases: CaptureTests.captures.count),
        arguments: CaptureTests.captures)
    func `Every capture gives what a file of it gives, over a split and a merge`(
        name: String
    ) async throws {
        let path = try #require(Repository.sharedData) + "/" + name
        let truth = try CaptureTests.decoder.decode(
            CaptureTests.Truth.self,
            from: Data(contentsOf: URL(fileURLWithPath: path + ".top.json")))
        let format = try #require(PostFormat(rawValue: truth.format))
        let expected = await StreamFixture.windows(of: path, format)
        var script = KinesisScript.resharded(path)
        script.batch = 4000
        try await withKinesis(script) { peer in
            for window in expected {
                let found = await WindowCollection.of(
                    StreamFixture.source(peer, format), StreamFixture.request(of: window.slot))
                #expect(found.sentence == nil)
                #expect(
                    found.windows.map(StreamFixture.counts) == [StreamFixture.counts(window)])
            }
        }
    }

    /// What befalls a stream without anything being lost of it.
    static let troubles: [(String, @Sendable (inout KinesisScript) -> Void)] = [
        ("nothing", { _ in }),
        ("small answers", { $0.batch = 90 }),
        ("pages of shards", { $0.page = 2 }),
        ("iterators that expire", { ($0.expire, $0.batch) = (3, 200) }),
        ("throttles", { ($0.throttle, $0.batch) = (3, 200) }),
        ("empty answers", { ($0.empty, $0.batch) = (2, 300) }),
        ("packed records", { $0.packed = 7 }),
        ("packed records, one of each", { $0.packed = 1 }),
        ("one shard", { ($0.shards, $0.plan) = (1, []) }),
        (
            "many changes",
            { script in
                script.shards = 2
                script.plan = [
                    .init(at: 0, split: 0), .init(at: 0, split: 2), .init(at: 0.2, merge: [0, 1]),
                    .init(at: 0.2, split: 0), .init(at: 0.9, merge: [2, 3]),
                    .init(at: 0.99, split: 1),
                ]
            }
        ),
        ("late records", { $0.delay = 240_000 }),
        ("closed shards alone", { $0.closed = true }),
        ("records in shards by turns", { $0.key = "any" }),
    ]

    @Test(arguments: troubles.indices)
    func `A slot is what a file of its posts gives, whatever befalls the stream`(
        number: Int
    ) async throws {
        let (name, change) = Self.troubles[number]
        try await withTemporaryFolder { folder in
            let path = folder + "/events.ndjson"
            try write(StreamFixture.events(), to: path)
            let expected = await StreamFixture.windows(of: path, .jetstream)
            var script = KinesisScript.resharded(path)
            change(&script)
            // What is asked again at once may be too much for the shard: it is asked once more then.
            let isOnce = script.expire == nil && script.throttle == nil
            try await withKinesis(script) { peer in
                let found = await WindowCollection.of(
                    StreamFixture.source(peer, .jetstream), StreamFixture.request())
                #expect(found.sentence == nil, "\(name)")
                #expect(
                    found.windows.map(StreamFixture.counts) == expected.map(StreamFixture.counts),
                    "\(name)")
                #expect(found.windows.map(\.coverage) == [1], "\(name)")
                let seen = try await peer.seen()
                #expect(!isOnce || seen["overrun"] == nil, "\(name)")
            }
        }
    }

    @Test func `What is no longer kept makes the window partial, and it says from when`()
        async throws
    {
        try await withTemporaryFolder { folder in
            let path = folder + "/events.ndjson"
            try write(StreamFixture.events(), to: path)
            var script = KinesisScript.resharded(path)
            // Two hours of the slot and ten minutes are gone.
            script.hours = 4
            script.trim = (StreamFixture.slot.start + 2 * 3600 + 600).secondsSinceEpoch * 1000
            try await withKinesis(script) { peer in
                let found = await WindowCollection.of(
                    StreamFixture.source(peer, .jetstream), StreamFixture.request())
                #expect(found.sentence == nil)
                let window = try #require(found.windows.first)
                #expect(window.status == .partial)
                #expect(abs(window.start.seconds(since: StreamFixture.slot.start) - 7800) < 10)
                #expect(abs(window.coverage - 13_800 / 21_600) < 0.001)
                #expect(
                    window.note.hasPrefix(
                        "the stream keeps records for 4 h; nothing was to be had before 14:10:"))
            }
        }
    }

    @Test func `A stream that was made in the slot has nothing before`() async throws {
        try await withTemporaryFolder { folder in
            let path = folder + "/events.ndjson"
            try write(
                StreamFixture.events().split(separator: "\n").dropFirst(1000).joined(
                    separator: "\n"), to: path)
            var script = KinesisScript(path)
            script.created = Double((StreamFixture.slot.start + 6990).secondsSinceEpoch)
            try await withKinesis(script) { peer in
                let found = await WindowCollection.of(
                    StreamFixture.source(peer, .jetstream), StreamFixture.request())
                #expect(
                    found.windows.map(\.note) == [
                        "the stream is no older; nothing was to be had before 13:56:40"
                    ])
            }
        }
    }

    @Test func `An empty stream makes a window that is missing`() async throws {
        try await withKinesis { peer in
            let found = await WindowCollection.of(
                StreamFixture.source(peer, .jetstream), StreamFixture.request())
            #expect(found.windows.map(\.status) == [.missing])
            #expect(found.sentence == nil)
        }
    }

    /// What is refused, and how it is told.
    static let refusals: [(String, String, String)] = [
        (
            "GetRecords", "AccessDeniedException",
            "GetRecords on stream posts: access denied (AccessDeniedException): AccessDeniedException of the tests; "
                + "the credentials need kinesis:GetRecords"
        ),
        (
            "GetRecords", "KMSAccessDeniedException",
            "GetRecords on stream posts: its key cannot be used (KMSAccessDeniedException): KMSAccessDeniedException of "
                + "the tests; the credentials need kms:Decrypt and kms:GenerateDataKey on that key, which has to be enabled"
        ),
        (
            "DescribeStreamSummary", "UnrecognizedClientException",
            "DescribeStreamSummary on stream posts: the access key id is not known there; check AWS_ACCESS_KEY_ID or the "
                + "profile"
        ),
        (
            "ListShards", "InternalFailure",
            "ListShards on stream posts: InternalFailure, status 500: InternalFailure of the tests"
        ),
        (
            "GetShardIterator", "ProvisionedThroughputExceededException",
            "GetShardIterator on stream posts, shardId-000000000000: ProvisionedThroughputExceededException, status 400: "
                + "ProvisionedThroughputExceededException of the tests"
        ),
    ]

    @Test(arguments: refusals.indices)
    func `What is refused is told in one sentence, and nothing is archived`(
        number: Int
    ) async throws {
        let (operation, code, sentence) = Self.refusals[number]
        var script = KinesisScript()
        script.errors = [operation: code]
        try await withKinesis(script) { peer in
            let source = StreamFixture.source(peer, .jetstream, for: .seconds(1))
            let found = await WindowCollection.of(source, StreamFixture.request())
            #expect(found.sentence == sentence)
            #expect(found.windows.isEmpty)
            let checks = await source.check()
            #expect(checks.map(\.finding) == [sentence])
        }
    }

    @Test func `A stream that is not there is told`() async throws {
        try await withKinesis { peer in
            let found = await WindowCollection.of(
                StreamFixture.source(peer, .jetstream, stream: "pots"), StreamFixture.request())
            #expect(
                found.sentence
                    == "DescribeStreamSummary on stream pots: it is not there in eu-west-1; create it, or correct its "
                    + "name and region")
        }
    }

    /// Streams without an end, and what is said of them.
    static let endless = [
        ("nothing", "posts: gets no further after 0 minutes"),
        ("old", "posts: gets no further after 0 minutes"),
        ("children", "posts: gets no further after 0 minutes"),
        ("shards", "ListShards: the answer cannot be understood: its list of shards has no end"),
    ]

    @Test(arguments: endless.indices)
    func `A stream that has no end and gets no further is given up`(number: Int) async throws {
        let (kind, sentence) = Self.endless[number]
        try await withTemporaryFolder { folder in
            let path = folder + "/events.ndjson"
            try write(StreamFixture.events(), to: path)
            var script = KinesisScript(path)
            script.endless = kind
            try await withKinesis(script) { peer in
                let found = await WindowCollection.of(
                    StreamFixture.source(peer, .jetstream, patience: .seconds(1)),
                    StreamFixture.request())
                #expect(found.windows.isEmpty)
                #expect(found.sentence?.hasPrefix(sentence) == true, "\(found.sentence ?? "")")
            }
        }
    }

    @Test func `What arrives behind what is read counts in no answer, however long those are`()
        async throws
    {
        try await withTemporaryFolder { folder in
            let path = folder + "/events.ndjson"
            try write(StreamFixture.events(), to: path)
            var counts: [[String]] = []
            for batch in [10_000, 700, 90] {
                var script = KinesisScript(path)
                // Ten minutes are read behind the slot: the last of its posts come later.
                (script.batch, script.delay) = (batch, 1_800_000)
                counts += try await withKinesis(script) { peer in
                    await WindowCollection.of(
                        StreamFixture.source(peer, .jetstream), StreamFixture.request()
                    ).windows.map(StreamFixture.counts)
                }
            }
            #expect(counts.count == 3 && Set(counts).count == 1)
        }
    }

    @Test func `A place that was lost before anything came is told of as a lost connection`()
        async throws
    {
        var script = KinesisScript()
        script.expire = 2
        try await withKinesis(script) { peer in
            let request = WindowRequest(
                now: StreamFixture.slot.start, schedule: .everySixHours, length: 15, slot: nil,
                archived: [], rules: CountingRules(), top: 10)
            let found = await WindowCollection.of(
                StreamFixture.source(peer, .jetstream, isLive: true), request)
            #expect(found.sentence == nil)
            #expect(found.windows.map { $0.reconnects > 0 } == [true])
        }
    }

    @Test(arguments: [
        ("DELETING", "is being deleted; name another"),
        ("CREATING", "is being made just now; ask again in a minute"),
    ])
    func `Doctor says of a stream that is not there yet, or no more`(
        status: String, finding: String
    ) async throws {
        var script = KinesisScript()
        script.status = status
        try await withKinesis(script) { peer in
            let checks = await StreamFixture.source(peer, .jetstream).check()
            #expect(checks.map(\.finding) == [finding])
            #expect(checks.map(\.isWrong) == [true])
        }
    }

    @Test func `A run that is stopped leaves the slot due`() async throws {
        var script = KinesisScript()
        script.endless = "nothing"
        try await withKinesis(script) { peer in
            let reading = Task {
                await WindowCollection.of(
                    StreamFixture.source(peer, .jetstream), StreamFixture.request())
            }
            while try await peer.seen()["GetRecords"] ?? 0 == 0 {}
            reading.cancel()
            let found = await reading.value
            #expect(found.windows.isEmpty)
            #expect(found.error is CancellationError)
        }
    }

    @Test func `A live window has what arrives while it is read, over a split`() async throws {
        try await withTemporaryFolder { folder in
            let path = folder + "/events.ndjson"
            try write(StreamFixture.events(count: 90), to: path)
            var script = KinesisScript(path)
            script.shards = 2
            script.plan = [.init(at: 0.3, split: 0), .init(at: 0.5, merge: [1, 2])]
            script.live = 0.03
            try await withKinesis(script) { peer in
                let request = WindowRequest(
                    now: StreamFixture.slot.start, schedule: .everySixHours, length: 8, slot: nil,
                    archived: [], rules: CountingRules(), top: 1_000_000)
                let found = await WindowCollection.of(
                    StreamFixture.source(peer, .jetstream, isLive: true), request)
                let expected = await StreamFixture.windows(of: path, .jetstream)
                #expect(found.sentence == nil)
                #expect(
                    found.windows.map(StreamFixture.counts) == expected.map(StreamFixture.counts))
                #expect(found.windows.map(\.reconnects) == [0])
            }
        }
    }
}
