import Support
import Testing

@testable import Tally

@Suite("HashSet")
struct HashSetTests {
    @Test("holds what a set holds, however the hashes fall together")
    func likeSet() {
        for mask: UInt64 in [.max, 0xFF00_0000_0000_00FF, 0x3F] {
            var random = SeededRandom(5)
            var hashes = HashSet()
            for round in 0..<3 {
                var set: Set<UInt64> = []
                for number in 0..<5000 {
                    let hash = number == 7 ? 0 : random.next() & mask
                    #expect(hashes.insert(hash) == set.insert(hash).inserted)
                    #expect(hashes.insert(hash) == false)
                }
                #expect(hashes.count == set.count, "round \(round)")
                hashes.removeAll()
                #expect(hashes.count == 0)
            }
        }
    }
}
