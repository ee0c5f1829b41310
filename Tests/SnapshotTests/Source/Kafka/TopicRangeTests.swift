import Calendar
import Files
import Kafka
import Support
import Testing

@testable import Decode
@testable import Snapshot
@testable import Tally

@Suite("TopicRange")
struct TopicRangeTests {
    @Test func `is written and read, and sorts by its name as its messages do`() throws {
        let ranges = ["2:0-9", "2:9-10", "2:10-1000", "10:0-1"].compactMap { TopicRange($0) }
        #expect(ranges.map(\.description) == ["2:0-9", "2:9-10", "2:10-1000", "10:0-1"])
        #expect(ranges.map(\.name).sorted() == ranges.map(\.name))
        #expect(ranges.map { TopicRange(name: $0.name) } == ranges)
    }

    @Test(arguments: [
        "", "2", "2:", "2:5", "2:5-5", "2:6-5", "-1:0-5", "2:-1-5", "x:0-5", "2:0-5-6",
    ])
    func `is no other text`(text: String) { #expect(TopicRange(text) == nil) }

    private static let slot = Schedule.everySixHours.slot(
        containing: Timestamp(secondsSinceEpoch: 1_795_305_600))

    /// One event a second in these seconds of the slot.
    private static func extent(_ seconds: Range<Int>) -> TopicExtent {
        var told = SlotSeconds(slot)
        for second in seconds {
            told.take(slot.start.microseconds + Int64(second) * 1_000_000)
        }
        return TopicExtent(seconds: told)
    }

    @Test func `what ranges tell of a slot is the same together as in one`() async throws {
        var whole = Self.extent(0..<9000)
        for second in 12_000..<21_600 {
            whole.seconds.take(Self.slot.start.microseconds + Int64(second) * 1_000_000)
        }
        let start = Self.slot.start.microseconds / 1000
        var late = Self.extent(12_000..<21_600)
        for lost in [(nil, start + 60_000), (start + 13_000_000, nil)] as [(Int64?, Int64?)] {
            whole.lose(from: lost.0, to: lost.1)
            late.lose(from: lost.0, to: lost.1)
        }
        try await withTemporaryExtents([Self.extent(0..<9000), late]) { paths in
            let (union, partitionCount) = try TopicExtent.union(of: paths, Self.slot)
            #expect(partitionCount == 3)
            #expect(
                union.seconds.gaps == whole.seconds.gaps && union.seconds.gaps == [9000..<12_000])
            #expect(union.seconds.eventCount == whole.seconds.eventCount)
            #expect(union.lost == whole.lost)
        }
    }

    /// Messages of one slot that hold posts of another: what one machine would find in their place.
    @Test func `ranges tell of messages that hold posts of other times`() async throws {
        var ledgers = TopicLedgers(
            SlotLedgers(rules: CountingRules(), schedule: .everySixHours))
        let start = Self.slot.start.microseconds
        for second in 0..<3 {
            let time = start + Int64(second) * 1_000_000
            var post = Post()
            (post.id, post.time) = (UInt64(second), time - 86_400_000_000)
            ledgers.begin(MessageMark(time: time, order: UInt64(second)))
            ledgers.record(.post(post))
        }
        let slots = ledgers.ledgers.ledgers.map(\.slot)
        #expect(slots.map(\.start) == [Self.slot.start - 86_400, Self.slot.start])
        try await withTemporaryExtents([ledgers.extent(of: Self.slot), Self.extent(0..<0)]) {
            let (union, _) = try TopicExtent.union(of: $0, Self.slot)
            #expect(union.strangers == 3)
            let topic = KafkaTopic(
                name: "posts", access: .init(brokers: ["127.0.0.1:1"]), format: .jetstream)
            let complaint = try #require(union.complaint(of: topic))
            #expect("\(complaint)".contains("3 messages of the slot hold posts of other times"))
            #expect(ledgers.extent(of: slots[0]).complaint(of: topic) == nil)
        }
    }

    @Test(arguments: ["partitions", "events", "strangers"], [Int.max, -1])
    func `a count that no range has is refused`(name: String, count: Int) async throws {
        try await withTemporaryExtents([Self.extent(0..<1), Self.extent(0..<1)]) { paths in
            var counts = ["partitions": 1, "events": 1, "strangers": 1]
            counts[name] = count
            let members = counts.map { "\"\($0)\":\($1)," }.joined()
            for path in paths {
                try WholeFile.write(Array("{\(members)\"told\":[],\"lost\":[]}".utf8), to: path)
            }
            #expect(throws: SnapshotError.self) { try TopicExtent.union(of: paths, Self.slot) }
        }
    }

    @Test func `nothing is lost beyond the slot`() async throws {
        try await withTemporaryExtents([Self.extent(0..<1)]) { paths in
            let text =
                #"{"partitions":1,"events":1,"told":[[0,9223372036854775807]],"#
                + #""lost":[[-9223372036854775808,9223372036854775807],[0,1]]}"#
            try WholeFile.write(Array(text.utf8), to: paths[0])
            let (union, _) = try TopicExtent.union(of: paths, Self.slot)
            #expect(
                union.lost == [Self.slot.start.microseconds..<Self.slot.end.microseconds])
            #expect(union.closed(by: "a", partitionCount: 1, isLate: false, Counts()).coverage == 0)
        }
    }

    private func withTemporaryExtents(
        _ extents: [TopicExtent], _ body: ([String]) throws -> Void
    ) async throws {
        try await withTemporaryFolder { folder in
            let paths = extents.indices.map { "\(folder)/\($0)\(TopicExtentFile.ending)" }
            for (path, extent) in zip(paths, extents) {
                try TopicExtentFile(extent, partitionCount: 3).write(to: path)
            }
            try body(paths)
        }
    }
}
