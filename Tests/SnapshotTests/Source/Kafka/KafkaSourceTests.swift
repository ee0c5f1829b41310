import Calendar
import Kafka
import Support
import Testing

@testable import Snapshot
@testable import Tally

/// Slots of a topic that are not whole, or not to be had.
@Suite("KafkaSource", .enabled(if: KafkaPeer.isThere, "\(KafkaPeer.reason)"))
struct KafkaSourceTests {
    private static let now = Timestamp("2026-11-22T06:00:10Z")
    private static let start: Int64 = 1_795_305_600_000

    private func request() throws -> WindowRequest {
        WindowRequest(
            now: try #require(Self.now), schedule: try #require(Schedule(hours: 6)), length: 6,
            archived: [],
            rules: CountingRules())
    }

    private func source(_ peer: KafkaPeer, isLive: Bool = false) -> KafkaSource {
        var topic = KafkaTopic(
            name: "posts", access: ClusterAccess(brokers: [peer.address]), format: .v1)
        topic.patience = .seconds(3)
        return KafkaSource(
            name: "wire", topic: topic, options: .init(settle: 0, isLive: isLive))
    }

    /// A post a minute, each of its own author.
    private func posts(_ minutes: some Sequence<Int>) -> [KafkaPeer.Message] {
        minutes.map { minute in
            let time = Self.start + Int64(minute) * 60_000
            return .init(
                time,
                ##"{"id_str":"\##(minute + 1000)","timestamp_ms":"\##(time)","text":"","##
                    + ##""user":{"id_str":"\##(minute + 1000)"},"entities":{"hashtags":[{"text":"tide"}]}}"##,
                key: "\(minute)")
        }
    }

    private func windows(_ peer: KafkaPeer) async throws -> WindowCollection {
        await .of(source(peer), try request())
    }

    @Test func `an open transaction is a sentence, and the slot stays due`() async throws {
        try await withKafka { peer in
            try await peer.create("posts", partitions: 1)
            try await peer.send(posts(0..<200), to: "posts")
            try await peer.send(posts(200..<360), to: "posts", ["transaction": "open"])
            let collection = try await windows(peer)
            #expect(collection.lines == [])
            #expect(
                collection.sentence
                    == "the topic posts has a transaction that is neither committed nor aborted, from 200 on in partition 0: what is behind it "
                    + "can be read when it has ended")
        }
    }

    @Test
    func `a slot that nothing has come of yet stays due, and one that was passed over is missing`()
        async throws
    {
        try await withKafka { peer in
            try await peer.create("posts")
            try await peer.send(posts(-200..<(-100)), to: "posts")
            #expect(try await windows(peer).sentence?.contains("stays due") == true)
            try await peer.send(posts(400..<410), to: "posts")
            #expect(
                try await windows(peer).lines
                    == ["2026-11-22T00:00:00Z missing 0.0 0 0 (nothing of it was to be had)"])
        }
    }

    @Test func `a slot of nothing but garbage is told of, and holds up no other`() async throws {
        try await withKafka { peer in
            try await peer.create("posts")
            // The slot before, and the margin of the one that follows.
            let garbage = (-300..<0).map {
                KafkaPeer.Message(Self.start + Int64($0) * 60_000, "{garbage")
            }
            try await peer.send(garbage, to: "posts")
            try await peer.send(posts(0..<370), to: "posts")
            var request = try request()
            request.archived = [try #require(Timestamp("2026-11-21T12:00:00Z"))]
            let found = await WindowCollection.of(source(peer), request)
            #expect(found.lines == ["2026-11-22T00:00:00Z complete 1.0 360 360"])
            #expect(
                found.sentence
                    == "the topic posts: none of 300 records is a post of format v1; is it another format?"
            )
        }
    }

    @Test func `partitions that are new or empty are no loss`() async throws {
        try await withKafka { peer in
            try await peer.create("posts", partitions: 2)
            try await peer.send(posts(-10..<200), to: "posts", partition: 0)
            try await peer.order("grow", "posts", 4)
            try await peer.send(posts(200..<370), to: "posts", partition: 3)
            #expect(
                try await windows(peer).lines == ["2026-11-22T00:00:00Z complete 1.0 360 360"])
        }
    }

    @Test func `a live window has what comes in while it lasts, and nothing that was there before`()
        async throws
    {
        try await withKafka { peer in
            try await peer.create("posts")
            try await peer.send(posts(0..<50), to: "posts")
            async let collection = WindowCollection.of(source(peer, isLive: true), try request())
            // One post, again and again: when the window begins to hear, nobody knows.
            let sender = Task {
                while !Task.isCancelled { try await peer.send(posts(60...60), to: "posts") }
            }
            let windows = try await collection
            sender.cancel()
            _ = await sender.result
            #expect(windows.error == nil)
            #expect(windows.windows.first?.tally.posts == 1, "\(windows.lines)")
        }
    }

    @Test func `posts of other times than their messages' are one sentence`() async throws {
        try await withKafka { peer in
            try await peer.create("posts")
            let later = posts(2000..<2010).map {
                KafkaPeer.Message(Self.start + 3_600_000, $0.value)
            }
            try await peer.send(later, to: "posts")
            #expect(
                try await windows(peer).sentence?
                    .contains("10 messages of the slot hold posts of other times") == true)
        }
    }
}
