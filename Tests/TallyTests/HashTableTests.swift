import Support
import Testing

@testable import Tally

@Suite("HashTable")
struct HashTableTests {
    @Test("holds what a dictionary holds, however the keys fall together")
    func likeDictionary() {
        for mask: UInt64 in [.max, 0xFF00_0000_0000_00FF, 0x3F] {
            var random = SeededRandom(3)
            var table = HashTable<Int>()
            var dictionary: [UInt64: Int] = [:]
            for round in 0..<3 {
                for number in 0..<5000 {
                    let key = random.next() & mask
                    #expect(table[key] == dictionary[key])
                    #expect(
                        table.updateValue(number, forKey: key)
                            == dictionary.updateValue(number, forKey: key))
                }
                #expect(table.count == dictionary.count, "round \(round)")
                for (key, value) in dictionary { #expect(table[key] == value) }
                table.removeAll()
                dictionary.removeAll()
                #expect(table.count == 0)
                #expect(table[0] == nil)
            }
        }
    }
}
