import Archive
import Testing

@testable import SiteGen

struct RollUpTests {
    @Test func `finds what stood out, and the same every time`() throws {
        var maker = SourceHistoryMaker()
        let lists = [
            [("a", 9), ("b", 5)], [("c", 20), ("a", 8)], [("a", 7), ("c", 7)], [("b", 50)],
        ]
        for (index, list) in lists.enumerated() {
            let slot = try time("2026-11-22T00") + index * 21_600
            maker.append(
                WindowRow(
                    slot: slot, source: "east", start: slot, end: slot + 60, status: .complete,
                    coverage: 1, version: "1"),
                list.enumerated().map { rank, tag in
                    TopRow(
                        slot: slot, source: "east", rank: rank + 1, tag: tag.0, spelling: tag.0,
                        posts: tag.1, accounts: tag.1)
                })
        }
        let rollUp = RollUp(of: maker.windows)
        func texts(_ items: [RollUp.Item]) -> [String] {
            items.map { "\($0.entry.row.tag) \($0.figure) \(Wording.clock($0.entry.row.slot))" }
        }
        #expect(texts(rollUp.mostPeople) == ["b 55 18:00", "c 27 06:00", "a 24 00:00"])
        #expect(texts(rollUp.biggestPeaks) == ["b 50 18:00", "c 20 06:00", "a 9 00:00"])
        #expect(texts(rollUp.longestStreaks) == ["a 3 12:00", "c 2 12:00"])
        #expect(texts(rollUp.debuts) == ["c 20 06:00"])
        #expect(texts(rollUp.returns) == ["b 64800 18:00"])
        #expect([rollUp.debutCount, rollUp.returnCount] == [1, 1])
        #expect(texts(RollUp(of: maker.windows, places: 1).mostPeople) == ["b 55 18:00"])
    }
}
