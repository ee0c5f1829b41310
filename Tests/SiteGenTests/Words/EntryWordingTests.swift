import Archive
import Testing

@testable import SiteGen

struct EntryWordingTests {
    @Test(
        arguments: [
            (nil, "84 people"), (14.4, "84 people, usually 14 at this hour"),
            (0.5, "84 people, usually 1 at this hour"),
            (0.49, "84 people, hardly ever seen at this hour"),
        ] as [(Double?, String)])
    func `gives the reason of a trend in words`(expected: Double?, reason: String) throws {
        #expect(Wording.reason(try entry(expected: expected)) == reason)
    }

    @Test func `says since when a hashtag has been in the list`() throws {
        #expect(Wording.stay(try entry(movement: nil)) == "")
        #expect(Wording.stay(try entry()) == "never listed before")
        #expect(
            Wording.stay(try entry(before: time("2026-11-19T06"))) == "last listed 19 Nov 06:00")
        #expect(
            Wording.stay(try entry(streak: 1200, before: time("2026-11-21T18")))
                == "1,200 lists in a row")
    }

    private func entry(
        expected: Double? = nil, movement: Movement? = .new, streak: Int = 1,
        before: Timestamp? = nil
    ) throws -> ListEntry {
        let row = TopRow(
            slot: try time("2026-11-22T00"), source: "a", rank: 1, tag: "a", spelling: "a",
            posts: 90, accounts: 84, expected: expected)
        return ListEntry(row: row, movement: movement, streak: streak, before: before)
    }
}
