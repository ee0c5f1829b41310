import Calendar
import Testing

@testable import Decode
@testable import Snapshot
@testable import Tally

@Suite("SlotLedgers")
struct SlotLedgersTests {
    private func post(_ id: UInt64, _ seconds: Int64?) -> StreamEvent {
        var post = Post()
        (post.id, post.author, post.tags, post.time) = (
            id, id, ["tide"], seconds.map { $0 * 1_000_000 }
        )
        return .post(post)
    }

    /// The windows, a line each: slot, status, first and last instant, posts.
    private func windows(
        _ events: [StreamEvent], wanted: (Slot) -> Bool = { _ in true }
    ) throws -> [String] {
        var ledgers = SlotLedgers(rules: CountingRules(), schedule: .everySixHours)
        for event in events { ledgers.record(event) }
        ledgers.settle()
        return try ledgers.slots.filter(wanted).compactMap { slot in
            guard let window = try ledgers.window(slot, of: "file") else { return nil }
            return
                "\(window.slot.start) \(window.status) \(window.start) \(window.end) \(window.tally.posts)"
        }
    }

    private static let sixHours: Int64 = 21_600

    @Test("cuts records into slots by their own times; the first and last are partial")
    func cuts() throws {
        let day = Self.sixHours
        #expect(
            try windows([
                post(1, day - 1), post(2, day), post(3, 2 * day - 1), post(4, 2 * day),
                post(5, 3 * day), post(6, 3 * day + 9),
            ]) == [
                "1970-01-01T00:00:00Z partial 1970-01-01T05:59:59Z 1970-01-01T06:00:00Z 1",
                "1970-01-01T06:00:00Z complete 1970-01-01T06:00:00Z 1970-01-01T12:00:00Z 2",
                "1970-01-01T12:00:00Z complete 1970-01-01T12:00:00Z 1970-01-01T18:00:00Z 1",
                "1970-01-01T18:00:00Z partial 1970-01-01T18:00:00Z 1970-01-01T18:00:10Z 2",
            ])
    }

    @Test("does not mind the order of the records")
    func order() throws {
        let events = (0..<50).map { post(UInt64($0), Int64($0) * 1500) }
        #expect(try windows(events) == windows(events.reversed()))
    }

    @Test("puts records without a time where the one before them was, the first ones behind them")
    func untimed() throws {
        #expect(
            try windows([
                post(1, nil), post(2, 5), post(3, nil), .notice,
                .deletion(post: 2, revision: nil, time: nil), .invalid,
            ])
                == ["1970-01-01T00:00:00Z partial 1970-01-01T00:00:05Z 1970-01-01T00:00:06Z 2"])
        #expect(try windows([post(1, nil), .notice]) == [])
    }

    @Test("gives no window that ends before it starts, wherever records without a time fall")
    func untimedBehindDeletion() throws {
        let deletion = StreamEvent.deletion(
            post: 9, revision: nil, time: 3 * Self.sixHours * 1_000_000)
        #expect(
            try windows([post(1, 5), deletion, post(2, nil)]) == [
                "1970-01-01T00:00:00Z partial 1970-01-01T00:00:05Z 1970-01-01T06:00:00Z 1",
                "1970-01-01T18:00:00Z partial 1970-01-01T18:00:00Z 1970-01-01T18:00:01Z 1",
            ])
    }

    @Test("gives no window to slots without posts")
    func noPosts() throws {
        #expect(
            try windows([
                .deletion(post: 1, revision: nil, time: 5), .accountRemoval(author: 1, time: 6),
            ]) == [])
    }

    @Test("a time that is not yet does not prove that the recording goes on")
    func future() throws {
        var ledgers = SlotLedgers(
            rules: CountingRules(), schedule: .everySixHours,
            latest: Timestamp(secondsSinceEpoch: 2 * Self.sixHours))
        for event in [post(1, 5), post(2, 9 * Self.sixHours), post(3, 7)] { ledgers.record(event) }
        ledgers.settle()
        let windows = try ledgers.slots.map { try ledgers.window($0, of: "a") }
        #expect(windows.map { $0?.end.secondsSinceEpoch } == [8, 9 * Self.sixHours])
        #expect(windows.first??.status == .partial)
    }

    @Test("leaves out slots that are not wanted")
    func wanted() throws {
        #expect(
            try windows([post(1, 5), post(2, Self.sixHours)]) { $0.start.secondsSinceEpoch > 0 }
                .count
                == 1)
    }

    @Test(
        "gives only windows whose times can be written and read back",
        arguments: [
            Int64.max / 1_000_000, Int64.min / 1_000_000, 253_402_300_799, 253_402_300_800,
            253_402_279_200, -62_135_596_800, -62_135_596_801, 0, -1,
        ])
    func extremeTimes(seconds: Int64) throws {
        var ledgers = SlotLedgers(rules: CountingRules(), schedule: .everySixHours)
        ledgers.record(post(1, seconds))
        ledgers.record(post(2, 5))
        for slot in ledgers.slots {
            let window = try #require(try ledgers.window(slot, of: "file"))
            for time in [window.slot.start, window.slot.end, window.start, window.end] {
                #expect(Timestamp(time.description) == time)
            }
            #expect(window.start < window.end)
        }
    }
}
