import Testing

@testable import Text

@Suite("SortedSearch")
struct SortedSearchTests {
    @Test("finds the first place behind, whatever the range, and its end if there is none")
    func first() {
        for (start, end) in [(0, 0), (0, 1), (3, 4), (0, 9), (5, 70)] {
            for first in start...end {
                var asked = 0
                let found = (start..<end).firstPlace {
                    asked += 1
                    return $0 >= first
                }
                #expect(found == first)
                #expect(asked <= 7)
            }
        }
    }
}
