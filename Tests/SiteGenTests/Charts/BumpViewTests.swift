import Calendar
import Testing

@testable import SiteGen

struct BumpViewTests {
    @Test func `draws ranks from slot to slot and breaks where a hashtag was in no list`() throws {
        let first = try time("2026-11-21T18")
        let view = BumpView(
            [
                track("a", rank: 1, ranks: [2, 1, nil, 1]),
                track("b", rank: 2, ranks: [1, nil, nil, 2]),
            ],
            slots: (0..<4).map { first + $0 * 21_600 }, isRead: [true, true, false, true],
            source: "east")
        #expect(view.lines.map(\.path) == ["M1 3h0C2 3 2 1 3 1M7 1h0", "M1 1h0M7 3h0"])
        #expect(view.gaps == "M4 0h2v4h-2z")
        #expect(view.midnights == "M2 0v4")
        #expect(view.days.map { "\($0.weekday) \($0.day) \($0.x)" } == ["Sun 22 25.0"])
        #expect(
            view.slots.map { [$0.slotLabel] + $0.ranks } == [
                ["22 Nov 12:00", "1", "2"], ["22 Nov 06:00", "not recorded", "not recorded"],
                ["22 Nov 00:00", "1", "–"], ["21 Nov 18:00", "2", "1"],
            ])
    }

    @Test func `leaves out ranks below the places drawn`() throws {
        let view = BumpView(
            [track("a", rank: 1, ranks: [9, 1])],
            slots: [try time("2026-11-21T18"), try time("2026-11-22T00")], isRead: [true, true],
            source: "east")
        #expect(view.lines.map(\.path) == ["M3 1h0"])
    }

    private func track(_ tag: String, rank: Int, ranks: [Int?]) -> BumpView.Track {
        BumpView.Track(tag: HashtagView(text: tag, link: Link(tag)), rank: rank, ranks: ranks)
    }
}
