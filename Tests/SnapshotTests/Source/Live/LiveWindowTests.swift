import Calendar
import Testing

@testable import Snapshot
@testable import Tally

@Suite("LiveWindow")
struct LiveWindowTests {
    @Test("covers the mean of its streams, and says once what they lost together")
    func closed() throws {
        let window = try #require(
            try LiveWindow(
                WindowRequest(
                    now: Timestamp(secondsSinceEpoch: 1_795_370_400), schedule: .everySixHours,
                    length: 3000, archived: [], rules: CountingRules()), of: "town"))
        var lost = Connections(from: window.begin - .seconds(100))
        lost.opened(at: window.begin - .seconds(100))
        lost.closed(at: window.begin - .seconds(90))
        lost.fail(.refused(address: "a", reason: "b"), isFinal: true)
        var never = Connections(from: window.begin - .seconds(100))
        never.fail(.refused(address: "a", reason: "b"), isFinal: true)
        let tally = try PostLedger(rules: CountingRules()).tally()
        let closed = window.closed(of: "town", tally: tally, over: [lost, never], notes: ["c"])
        #expect(closed.coverage == 5.0 / 3000)
        #expect(closed.status == .partial)
        #expect("\(closed.start) \(closed.end)" == "2026-11-22T18:00:00Z 2026-11-22T18:00:01Z")
        // The gap is shorter than is worth words.
        #expect(closed.note == "c; a: b")
    }
}
