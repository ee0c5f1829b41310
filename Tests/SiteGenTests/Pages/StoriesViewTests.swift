import Archive
import Calendar
import Testing

@testable import SiteGen

struct StoriesViewTests {
    private func view(_ site: SiteFixture, day: String = "2026-11-02") throws -> StoriesView {
        StoriesView(
            day: try #require(CivilDate(day)), try site.site(), Linker(depth: 0))
    }

    @Test func `tells the strongest first, with the moment of its peak and how long it lasted`()
        async throws
    {
        try await withSite { site in
            let start = try time("2026-11-02T00")
            try site.archive(start, [("quake", 80, 8, 50), ("match", 20, 2, 70)])
            try site.archive(start + 21_600, [("quake", 120, 8, 90)])
            let view = try view(site)
            #expect(
                view.stories.map { [$0.tag.text, $0.reason, $0.moment, $0.lasting] } == [
                    [
                        "quake", "120 people, usually 8 at this hour", "2 Nov, 06:00–12:00",
                        "12 hours so far",
                    ],
                    [
                        "match", "20 people, usually 2 at this hour", "2 Nov, 00:00–06:00",
                        "lasted 6 hours",
                    ],
                ])
            #expect(view.hasStories && !view.hasAlways)
        }
    }

    @Test func `names the source where there are several, of which an edition is none`()
        async throws
    {
        try await withSite { site in
            var site = site
            site.settings.sources = ["east", "deutsch", "west"]
            site.settings.editions = ["deutsch": "east"]
            let start = try time("2026-11-02T00")
            try site.archive(start, of: "east", [("quake", 80, 8, 50)])
            try site.archive(start, of: "deutsch", [("beben", 80, 8, 99)])
            #expect(try view(site).stories.map(\.moment) == ["2 Nov, 00:00–06:00"])
            try site.archive(start, of: "west", [("match", 80, 8, 40)])
            #expect(
                try view(site).stories.map { "\($0.tag.text): \($0.moment)" } == [
                    "quake: 2 Nov, 00:00–06:00, east", "match: 2 Nov, 00:00–06:00, west",
                ])
        }
    }

    @Test func `a story that goes on beyond the stretch is not said to be over, and is told whole`()
        async throws
    {
        try await withSite { site in
            for hour in 0..<10 {
                try site.archive(
                    time("2026-11-01T12") + hour * 21_600,
                    [("quake", 80, 8, hour == 9 ? 1 : 50), ("match", 20, 2, hour == 3 ? 40 : 1)])
            }
            func lasting(_ day: String) throws -> [String] {
                try view(site, day: day).stories.map { "\($0.tag.text) \($0.lasting)" }
            }
            #expect(try lasting("2026-11-01") == ["quake lasted at least 12 hours"])
            #expect(
                try lasting("2026-11-02") == [
                    "quake lasted at least 36 hours", "match lasted 6 hours",
                ])
            #expect(try lasting("2026-11-03") == ["quake lasted 2 days"])
        }
    }

    @Test func `of a stretch of which not all can be judged it says no more than is known`()
        async throws
    {
        try await withSite { site in
            try site.archive("2026-11-02T00", tags: ["art"])
            try site.archive(time("2026-11-02T06"), [("art", 10, 9, 1)])
            try site.archive("2026-11-02T12", tags: [], status: .missing)
            #expect(
                try view(site).emptiness
                    == "Nothing unusual in the only one of 3 periods that can be judged.")
            try site.archive(time("2026-11-02T18"), [("art", 10, 9, 1)])
            #expect(
                try view(site).emptiness
                    == "Nothing unusual in the 2 of 4 periods that can be judged.")
        }
    }

    @Test func `names nothing as always here where nothing was recorded`() async throws {
        try await withSite { site in
            for day in 1...4 { try site.archive("2026-11-0\(day)T00", tags: ["art"]) }
            try site.archive("2026-11-05T00", tags: [], status: .missing)
            #expect(try view(site, day: "2026-11-04").always.map(\.text) == ["art"])
            let gap = try view(site, day: "2026-11-05")
            #expect(gap.emptiness == "Nothing was recorded." && !gap.hasAlways)
        }
    }

    @Test(
        arguments: [
            (nil, "Nothing was recorded."),
            (
                false,
                "What is unusual can be told once the same hours have been recorded on 3 days within 4 weeks."
            ),
            (true, "Nothing unusual: no hashtag had many more people than usual."),
        ] as [(Bool?, String)])
    func `says why there is none`(_ isKnown: Bool?, _ words: String) async throws {
        try await withSite { site in
            let slot = try time("2026-11-02T00")
            if let isKnown {
                // What is usual is known of windows with a score.
                if isKnown {
                    try site.archive(slot, [("art", 10, 9, 1)])
                } else {
                    try site.archive("2026-11-02T00", tags: ["art"])
                }
            } else {
                try site.archive("2026-11-02T00", tags: [], status: .missing)
            }
            let view = try view(site)
            #expect(!view.hasStories && view.emptiness == words)
        }
    }
}
