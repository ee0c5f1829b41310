import Archive
import Calendar
import Testing

@testable import SiteGen

struct EntryWordingTests {
    @Test(
        arguments: [
            (nil, nil, "84 people"), (14.4, 0, "84 people, usually 14 at this hour"),
            (0.5, 0, "84 people, usually 1 at this hour"),
            (0.49, 0, "84 people, hardly seen at this hour"),
            (14.4, 1, "84 people, usually at most 14 at this hour"),
            (1500.2, 0, "84 people, usually 1,500 at this hour"),
            (14.4, nil, "84 people, usually at most 14 at this hour"),
            (1.49, 7, "84 people, hardly seen at this hour"),
        ] as [(Double?, Int?, String)])
    func `gives the reason of a trend in words, and says where it is a bound`(
        expected: Double?, bounds: Int?, reason: String
    ) throws {
        #expect(Wording.reason(try entry(expected: expected, bounds: bounds)) == reason)
    }

    @Test func `says since when a hashtag has been in the list`() async throws {
        try await withSite { fixture in
            try fixture.archive("2026-11-22T00", tags: ["a"])
            let site = try fixture.site()
            #expect(Wording.stay(try entry(movement: nil), site) == "")
            #expect(Wording.stay(try entry(), site) == "in the top ten for the first time")
            #expect(
                Wording.stay(try entry(before: time("2026-11-19T06")), site)
                    == "last in the top ten 19 Nov, 06:00–12:00")
            #expect(
                Wording.stay(try entry(streak: 1200, before: time("2026-11-21T18")), site)
                    == "in the top ten of 1,200 lists in a row")
        }
    }

    private func entry(
        expected: Double? = nil, bounds: Int? = nil, movement: Movement? = .new, streak: Int = 1,
        before: Timestamp? = nil
    ) throws -> ListEntry {
        let row = TopRow(
            slot: try time("2026-11-22T00"), source: "a", rank: 1, tag: "a", spelling: "a",
            posts: 90, accounts: 84, expected: expected, bounds: bounds)
        return ListEntry(row: row, movement: movement, streak: streak, before: before)
    }
}
