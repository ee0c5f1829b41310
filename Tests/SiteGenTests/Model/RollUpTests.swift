import Testing

@testable import SiteGen

struct RollUpTests {
    @Test func `finds what stood out, and the same every time`() async throws {
        try await withSite { site in
            try site.archive("2026-11-22T00", tags: ["a", "b"])
            try site.archive("2026-11-22T06", tags: ["c", "a"])
            try site.archive("2026-11-22T12", tags: [], status: .missing)
            try site.archive("2026-11-22T18", tags: ["x", "c", "b"])
            try site.archive("2026-11-22T18", "west", tags: ["c"])
            let sources = try site.site().history.sources
            let windows = sources.flatMap { Array($0.windows) }
            let rollUp = RollUp(of: windows)
            func texts(_ items: [RollUp.Item]) -> [String] {
                items.map { item in
                    let row = item.entry.row
                    return "\(row.tag) \(row.source) \(item.figure) \(Wording.clock(row.slot))"
                }
            }
            // Of three periods that east read; west read one.
            #expect(
                texts(rollUp.mostPeople) == [
                    "c west 40 18:00", "a east 26 00:00", "b east 25 00:00", "x east 13 18:00",
                ])
            #expect(
                texts(rollUp.biggestPeaks) == [
                    "a east 40 00:00", "c east 40 06:00", "x east 40 18:00", "b east 39 00:00",
                ])
            #expect(texts(rollUp.longestStreaks) == ["a east 2 06:00", "c east 2 18:00"])
            #expect(texts(rollUp.debuts) == ["c east 40 06:00", "x east 40 18:00"])
            #expect(texts(rollUp.returns) == ["b east 64800 18:00"])
            #expect([rollUp.debutCount, rollUp.returnCount] == [2, 1])
            #expect(texts(RollUp(of: windows, places: 1).mostPeople) == ["c west 40 18:00"])
        }
    }

    @Test func `what has hardly anyone on average is not among most people`() async throws {
        try await withSite { site in
            var site = site
            site.settings.top = 40
            // The last of them has one person.
            try site.archive("2026-11-22T00", tags: (0..<40).map { "t\($0)" })
            try site.archive("2026-11-22T06", tags: ["a"])
            let windows = try site.site().history.sources.flatMap { Array($0.windows) }
            let people = RollUp(of: windows, places: 100).mostPeople
            #expect(people.count == 40)
            #expect(people.last?.figure == 1)
        }
    }
}
