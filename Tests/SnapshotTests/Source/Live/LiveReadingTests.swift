import Archive
import Testing

@testable import Snapshot

@Suite("LiveReading")
struct LiveReadingTests {
    private let start = ContinuousClock.now

    private func stretch() throws -> LiveStretch {
        try #require(
            try LiveStretch(
                of: "x",
                WindowRequest(
                    now: Timestamp(secondsSinceEpoch: 1_795_370_400), schedule: .everySixHours,
                    length: 3000, archived: [], rules: CountingRules())))
    }

    private func reading(_ connections: [ClosedRange<Int>]) -> LiveReading {
        var reading = LiveReading(from: start)
        for connection in connections {
            reading.connect(at: start + .seconds(connection.lowerBound))
            reading.disconnect(at: start + .seconds(connection.upperBound))
        }
        return reading
    }

    @Test("time with a connection is summed, and reconnects are counted")
    func sums() {
        let whole = reading([0...3000])
        #expect(whole.connected == .seconds(3000) && whole.reconnects == 0 && whole.hasConnected)
        let broken = reading([10...100, 130...1000, 1000...2900])
        #expect(broken.connected == .seconds(2860) && broken.reconnects == 2)
        #expect(!reading([]).hasConnected)
    }

    @Test(
        "gaps of a minute or more are named by their times, the longest first",
        arguments: [
            ([0...3000], []), ([59...1000, 1059...2941], []),
            (
                [60...1000, 1300...3000],
                ["no connection from 18:16 to 18:21", "no connection from 18:00 to 18:01"]
            ),
            ([0...1200], ["no connection from 18:20 to 18:50"]),
            (
                [100...300, 500...700, 900...1100, 1400...2900],
                [
                    "no connection from 18:18 to 18:23", "no connection from 18:05 to 18:08",
                    "no connection from 18:11 to 18:15", "2 more gaps",
                ]
            ),
        ] as [([ClosedRange<Int>], [String])])
    func gaps(connections: [ClosedRange<Int>], notes: [String]) throws {
        let stretch = try stretch()
        let found = reading(connections).note(until: start + .seconds(3000), in: stretch)
        #expect(found == notes)
    }

    @Test("a failure matters if it is final, or nothing ever came")
    func failures() {
        var reading = LiveReading(from: start)
        reading.fail(.refused(address: "a", reason: "b"), isFinal: false)
        #expect(reading.failure != nil)
        reading.connect()
        #expect(reading.failure == nil)
        reading.fail(.refused(address: "a", reason: "b"), isFinal: false)
        #expect(reading.failure == nil)
        reading.fail(.refused(address: "a", reason: "c"), isFinal: true)
        #expect(reading.failure == .refused(address: "a", reason: "c"))
    }
}
