import Calendar
import Testing

@testable import Snapshot
@testable import Tally

/// One wrong clock, whosever it is, makes no slot past.
@Suite("OutsideClock") struct OutsideClockTests {
    private let now = Timestamp(secondsSinceEpoch: 1_795_370_460)
    private static let years = 2 * 365 * 86_400

    @Test(
        "is as late as two clocks say, of which the machine's may be one",
        arguments: [
            ([], nil), ([0], 0), ([years], 0), ([-years], -years), ([years, 0], 0),
            ([years, years], years), ([-years, 0], 0), ([-years, -years], -years),
        ] as [([Int], Int?)])
    func agreed(leads: [Int], expected: Int?) {
        let clock = OutsideClock(machine: now)
        for (index, lead) in leads.enumerated() {
            clock.take(now + lead, of: "server \(index)", at: .now)
        }
        #expect(clock.agreed.map { $0.seconds(since: now) } == expected)
        #expect(clock.proven == clock.agreed)
    }

    @Test("believes a time that somebody named, whatever servers say")
    func chosen() {
        let clock = OutsideClock(machine: now, isChosen: true)
        #expect(clock.agreed == now)
        clock.take(now - Self.years, of: "a", at: .now)
        #expect(clock.agreed == now && clock.contradiction == nil)
    }

    @Test("takes times of posts for what has been reached, and not for what time it is")
    func reached() {
        let clock = OutsideClock(machine: now)
        clock.take(past: now - 3600, of: "stream")
        #expect(clock.agreed == nil && clock.proven == now - 3600)
        clock.take(past: now - 7200, of: "stream")
        #expect(clock.proven == now - 3600)
    }

    @Test("tells what cannot be: a machine an hour away from all servers that tell the time")
    func contradiction() {
        let clock = OutsideClock(machine: now)
        clock.take(date: "no date", of: "a")
        #expect(clock.contradiction == nil)
        clock.take(now - 3600, of: "a", at: .now)
        #expect(clock.contradiction == now - 3600)
        clock.take(now + 20, of: "b", at: .now)
        #expect(clock.contradiction == nil)
    }

    @Test("reads the date that HTTP servers write")
    func date() {
        let clock = OutsideClock(machine: now)
        clock.take(date: "Sun, 22 Nov 2026 18:01:00 GMT", of: "a")
        #expect(clock.agreed == now)
    }

    @Test(
        "lets no window be archived of a slot that is not over, or has not begun where it is live",
        arguments: [
            (Availability.replayable(lookBack: 0), 0, true), (.replayable(lookBack: 0), -62, false),
            (.replayable(lookBack: 0), -3599, false), (.live, -400, false), (.live, 0, true),
            (.recording, -3599, true),
        ])
    func windows(availability: Availability, lead: Int, isAllowed: Bool) {
        let clock = OutsideClock(machine: now)
        clock.take(now + lead, of: "a", at: .now)
        let running = Schedule.everySixHours.slot(containing: now)
        let slot = availability == .live ? running : running.previous
        let window = ClosedWindow(
            slot: slot, source: "a", start: slot.start, end: slot.end, read: 1, meant: 1,
            tally: Counts())
        let isRefused = (try? clock.check(window, availability)) == nil
        #expect(isRefused != isAllowed)
    }

    @Test("lets no recording bring posts of a slot that has not begun")
    func future() throws {
        let slot = Schedule.everySixHours.slot(containing: now).next
        let window = ClosedWindow(
            slot: slot, source: "a", start: slot.start, end: slot.end, read: 1, meant: 1,
            tally: Counts())
        #expect(throws: SnapshotError.fromTheFuture(slot: "\(slot.start)", now: "\(now)")) {
            try OutsideClock(machine: now, isChosen: true).check(window, .recording)
        }
    }
}
