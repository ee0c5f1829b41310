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
            source: "east", .everySixHours)
        #expect(view.lines.map(\.path) == ["M1 3h0C2 3 2 1 3 1M7 1h0", "M1 1h0M7 3h0"])
        #expect(view.gaps == "M4 0h2v4h-2z")
        #expect(view.midnights == "M2 0v4")
        #expect(view.days.map { "\($0.weekday) \($0.day) \($0.x)" } == ["Sun 22 25.0"])
        #expect(
            view.slots.map { [$0.slotLabel] + $0.ranks } == [
                ["22 Nov, 12:00–18:00", "1", "2"],
                ["22 Nov, 06:00–12:00", "not recorded", "not recorded"],
                ["22 Nov, 00:00–06:00", "1", "–"], ["21 Nov, 18:00–24:00", "2", "1"],
            ])
    }

    @Test func `names who led, and those that led and left where they left`() throws {
        let first = try time("2026-11-21T18")
        let view = BumpView(
            [
                track("a", rank: 1, ranks: [2, 2, nil, 1]),
                track("b", rank: 2, ranks: [nil, nil, nil, 2]),
            ],
            departed: [track("c", rank: 1, ranks: [1, 1, nil, nil])],
            slots: (0..<4).map { first + $0 * 21_600 }, isRead: [true, true, true, true],
            source: "east", .everySixHours)
        #expect(view.finding == "#c led 2 of 4 lists")
        #expect(view.lines.map(\.ends) == ["M3 3h0", ""])
        #expect(view.departed.map(\.ends) == ["M3 1h0"])
        #expect(
            view.departed.map { "\($0.shortName ?? "") \($0.x) \($0.y) \($0.anchor)" } == [
                "c 37.5 25.0 start"
            ])
    }

    @Test(
        "has three lines in colour, first those of what is unusual",
        arguments: [
            ([], ["1", "3", "4", "quiet", "quiet"]), ([3], ["1", "3", "quiet", "2", "quiet"]),
            ([0, 4], ["2", "3", "quiet", "quiet", "1"]),
            ([1, 2, 3, 4], ["quiet", "2", "1", "3", "quiet"]),
        ])
    func tones(unusual: [Int], tones: [String]) throws {
        let view = BumpView(
            (0..<5).map { place in
                var track = track("t\(place)", rank: place + 1, ranks: [place + 1, place + 1])
                track.isUnusual = unusual.contains(place)
                return track
            }, slots: [try time("2026-11-21T18"), try time("2026-11-22T00")], isRead: [true, true],
            source: "east", .everySixHours)
        #expect(view.lines.map(\.tone) == tones)
    }

    @Test func `draws all that left, and writes no two names in one place`()
        throws
    {
        let first = try time("2026-11-21T00")
        let view = BumpView(
            [track("a", rank: 2, ranks: [nil, nil, nil, 2])],
            departed: [
                track("ADayInTheLifeOfAHashtag", rank: 1, ranks: [1, nil, nil, nil]),
                track("b", rank: 1, ranks: [nil, 1, nil, nil]),
                track("c", rank: 1, ranks: [nil, nil, 1, nil]),
            ], slots: (0..<4).map { first + $0 * 21_600 },
            isRead: [true, true, true, true], source: "east", .everySixHours)
        #expect(view.departed.map(\.shortName) == ["ADayInTheLifeOf…", nil, "c"])
        #expect(view.departed.map(\.path) == ["M1 1h0", "M3 1h0", "M5 1h0"])
        #expect(view.departed.map(\.ends) == ["M1 1h0", "M3 1h0", "M5 1h0"])
    }

    @Test func `leaves out ranks below the places drawn`() throws {
        let view = BumpView(
            [track("a", rank: 1, ranks: [9, 1])],
            slots: [try time("2026-11-21T18"), try time("2026-11-22T00")], isRead: [true, true],
            source: "east", .everySixHours)
        #expect(view.lines.map(\.path) == ["M3 1h0"])
    }

    private func track(_ tag: String, rank: Int, ranks: [Int?]) -> BumpView.Track {
        BumpView.Track(tag: HashtagView(text: tag, link: Link(tag)), rank: rank, ranks: ranks)
    }
}
