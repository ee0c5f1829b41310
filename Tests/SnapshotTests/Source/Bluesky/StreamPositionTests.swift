import Testing

@testable import Snapshot

@Suite("StreamPosition")
struct StreamPositionTests {
    private static let second: Int64 = 1_000_000

    private static func position(_ times: [Int64], from start: Int64 = 0) -> StreamPosition {
        var position = StreamPosition(at: start * second)
        for time in times { position.take(time * second) }
        return position
    }

    @Test("follows the times, a few events behind, in order or within two seconds of it")
    func follows() {
        #expect(Self.position(Array(0..<400)).time == 392 * Self.second)
        var disordered: [Int64] = []
        for start in stride(from: Int64(0), to: 400, by: 4) {
            disordered += [start + 3, start + 2, start + 1, start]
        }
        #expect((385...395).contains(Self.position(disordered).time / Self.second))
        #expect(Self.position(disordered).gaps.isEmpty)
    }

    @Test("is not moved by a few false times, early or late")
    func lies() {
        var times = Array(Int64(0)..<400)
        for place in stride(from: 0, to: 400, by: 6) { times[place] = 9_000_000 }
        for place in stride(from: 3, to: 400, by: 6) { times[place] = 1 }
        #expect((380...400).contains(Self.position(times).time / Self.second))
    }

    @Test("never goes back")
    func monotone() {
        #expect(
            Self.position(Array(0..<100) + Array(20..<60)).time
                == Self.position(Array(0..<100)).time)
    }

    @Test("keeps leaps as gaps, the longest of many")
    func gaps() {
        let position = Self.position(Array(0..<32) + Array(100..<132), from: 0)
        #expect(position.gaps.map { $0.lowerBound / Self.second } == [24])
        #expect(position.gaps.map { $0.upperBound / Self.second } == [100])
        let sparse = Self.position(Array(stride(from: Int64(0), to: 160_000, by: 20)))
        #expect(sparse.gaps.count == 64)
    }
}
