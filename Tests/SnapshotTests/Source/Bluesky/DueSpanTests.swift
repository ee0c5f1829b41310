import Calendar
import Testing

@testable import Snapshot
@testable import Tally

@Suite("DueSpan")
struct DueSpanTests {
    private static let slot = Schedule.everySixHours.slot(
        containing: Timestamp(secondsSinceEpoch: 1_795_348_800))

    /// The window of a span with events at these seconds of the slot.
    private static func window(
        _ seconds: some Sequence<Int>, to end: Int? = nil, stop: String? = nil
    ) throws -> ClosedWindow {
        var span = DueSpan(
            slot, from: slot.start, to: slot.end, meant: 21_600, isLate: false,
            rules: CountingRules())
        var position = StreamPosition(at: slot.start.microseconds)
        for second in seconds {
            position.take((slot.start + second).microseconds)
            span.eventCount += 1
        }
        if let end { position.finish(at: (slot.start + end).microseconds) }
        return try span.closed(by: "sky", at: position, keeping: 10, stop: stop)
    }

    private static func told(_ window: ClosedWindow) -> String {
        "\(window.status) \(Int(window.coverage * 10_000)) \(window.start.clock) "
            + "\(window.end.clock) \(window.note)"
    }

    @Test("is complete when events came from its start to its end")
    func complete() throws {
        #expect(Self.told(try Self.window(0..<21_700)) == "complete 10000 12:00:00 18:00:00 ")
    }

    @Test("is complete when events are few, and evenly so")
    func few() throws {
        let window = try Self.window(stride(from: 60, to: 21_900, by: 120))
        #expect(Self.told(window) == "complete 10000 12:00:00 18:00:00 ")
    }

    @Test("is partial when nothing came of a part of it, and says which")
    func partial() throws {
        #expect(
            Self.told(try Self.window(10_800..<21_700))
                == "partial 5000 15:00:00 18:00:00 nothing was to be had before 15:00:00")
        #expect(
            Self.told(try Self.window(0..<10_800, to: 10_800))
                == "partial 5000 12:00:00 15:00:00 nothing was to be had after 15:00:00")
        let holed = try Self.window(Array(0..<5_400) + Array(10_800..<21_700))
        #expect(holed.note == "nothing was to be had from 13:29:52 to 15:00:00")
        #expect(abs(holed.coverage - 0.75) < 0.001)
    }

    @Test("is partial when a server goes back a second only, however much that second has")
    func lastSecond() throws {
        let window = try Self.window((0..<400).map { 21_599 + $0 / 200 })
        #expect(window.status == .partial)
        #expect(window.coverage < 0.001)
    }

    @Test("is partial when reading stopped before its end, however little is missing")
    func stopped() throws {
        #expect(
            Self.told(try Self.window(0..<21_580, to: 21_579, stop: "the run was stopped"))
                == "partial 9990 12:00:00 17:59:39 "
                + "the run was stopped; nothing was to be had after 17:59:39")
    }

    @Test("is missing, not empty, when the servers have nothing of it")
    func missing() throws {
        #expect(
            Self.told(try Self.window([], to: 21_700))
                == "missing 0 12:00:00 12:00:00 nothing of it was to be had")
    }
}
