import Testing

@testable import Tally

struct WideNamesTests {
    @Test func `Each id has one name, whatever halves it shares with others`() {
        var names = WideNames()
        // The name that the second id with 7 gets is the first half of others.
        let next: UInt64 = 7 &+ 0x9E37_79B9_7F4A_7C15
        let ids: [(UInt64, UInt64)] = [
            (7, 1), (7, 2), (next, 1), (next, 3), (0, 0), (0, 1), (7, 3),
        ]
        let given = ids.map { names.name($0.0, $0.1) }
        #expect(Set(given).count == ids.count && names.count == ids.count)
        #expect(ids.map { names.find($0.0, $0.1) } == given)
        #expect(ids.map { names.name($0.0, $0.1) } == given && given.first == 7)
        #expect(names.find(8, 1) == nil)
    }
}
