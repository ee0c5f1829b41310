import Testing

@testable import Snapshot

@Suite("Connections")
struct ConnectionsTests {
    private let start = ContinuousClock.now

    private func connections(_ spans: [Range<Int>]) -> Connections {
        var connections = Connections(from: start)
        for span in spans {
            connections.opened(at: start + .seconds(span.lowerBound))
            connections.closed(at: start + .seconds(span.upperBound))
        }
        return connections
    }

    private func gaps(_ connections: Connections) -> [[Int]] {
        connections.gaps(within: start..<start + .seconds(1000)).map {
            [($0.lowerBound - start).wholeSeconds, ($0.upperBound - start).wholeSeconds]
        }
    }

    @Test("adds up the time with a connection, and counts those after the first")
    func sums() {
        let broken = connections([0..<10, 22..<50, 50..<991])
        #expect(broken.connected == .seconds(979))
        #expect(broken.reconnects == 2)
        #expect(gaps(broken) == [[10, 22]])
    }

    @Test(
        "tells the three longest gaps in order of time, those at both ends too",
        arguments: [
            (
                [0..<10, 20..<30, 70..<80, 90..<100, 130..<900],
                [[30, 70], [100, 130], [900, 1000]]
            ),
            ([15..<900], [[0, 15], [900, 1000]]), ([], [[0, 1000]]), ([0..<1000], []),
        ])
    func longest(spans: [Range<Int>], told: [[Int]]) {
        #expect(gaps(connections(spans)) == told)
        #expect(connections(spans).hasConnected != spans.isEmpty)
    }

    @Test("a failure matters if it is final, or nothing ever came")
    func failures() {
        var connections = Connections(from: start)
        connections.fail(.refused(address: "a", reason: "b"), isFinal: false)
        #expect(connections.failure != nil)
        connections.opened()
        #expect(connections.failure == nil)
        connections.fail(.refused(address: "a", reason: "b"), isFinal: false)
        #expect(connections.failure == nil)
        connections.fail(.refused(address: "a", reason: "c"), isFinal: true)
        #expect(connections.failure == .refused(address: "a", reason: "c"))
    }

    @Test(
        "cover no time behind the window's end, and what is left of it where something is kept back"
    )
    func covered() {
        let start = ContinuousClock.now
        var connections = Connections(from: start)
        connections.opened(at: start)
        connections.closed(at: start + .seconds(61))
        #expect(connections.covered(of: .seconds(60)) == .seconds(60))
        connections.keepBack(0.5)
        #expect(connections.covered(of: .seconds(60)) == .seconds(30))
    }
}
