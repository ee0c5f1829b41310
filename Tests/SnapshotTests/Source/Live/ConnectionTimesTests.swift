import Testing

@testable import Snapshot

@Suite("ConnectionTimes")
struct ConnectionTimesTests {
    private let start = ContinuousClock.now

    private func times(_ connections: [Range<Int>]) -> ConnectionTimes {
        var times = ConnectionTimes()
        for connection in connections {
            times.opened(at: start + .seconds(connection.lowerBound))
            times.closed(at: start + .seconds(connection.upperBound))
        }
        return times
    }

    private func gaps(_ times: ConnectionTimes) -> [[Int]] {
        times.gaps(within: start..<start + .seconds(1000)).map {
            [($0.lowerBound - start).wholeSeconds, ($0.upperBound - start).wholeSeconds]
        }
    }

    @Test("adds up the time with a connection, and counts those after the first")
    func sums() {
        let times = times([0..<10, 12..<50, 50..<1000])
        #expect(times.connected == .seconds(998))
        #expect(times.reconnects == 2)
        #expect(gaps(times) == [[10, 12]])
    }

    @Test("tells the longest gaps in order of time, and the one at the end")
    func longest() {
        #expect(
            gaps(times([0..<10, 20..<30, 70..<80, 90..<100, 130..<900]))
                == [[10, 20], [30, 70], [100, 130], [900, 1000]])
    }

    @Test("knows none if there was no connection")
    func none() {
        #expect(!times([]).hasConnected)
        #expect(times([]).reconnects == 0)
        #expect(gaps(times([])) == [])
    }
}
