import Testing

@testable import SiteGen

struct TagViewTests {
    @Test func `sums up where a hashtag was listed, and how`() async throws {
        try await withSite { site in
            try site.archive("2026-11-20T18", tags: ["b", "Tag"])
            try site.archive("2026-11-21T00", tags: ["TAG", "b"])
            try site.archive("2026-11-22T06", "west", tags: ["TAG"], expected: 4)
            let model = try site.site()
            let history = try #require(model.history.tags.first { $0.key.text == "tag" })
            let view = TagView(history, model, Linker(depth: 2))
            #expect(
                [view.bestRank, view.windows, view.days, view.streak] == [
                    "1", "in 3 periods", "3 days", "2 recorded periods",
                ])
            #expect([view.peak, view.peakLabel] == ["40", "21 Nov 2026, 00:00–06:00"])
            #expect(
                [view.first.label, view.last.label] == [
                    "20 Nov 2026, 18:00–24:00", "22 Nov 2026, 06:00–12:00",
                ])
            #expect(view.last.link.target == "../../2026/11/22/06/")
            #expect(
                view.spellings.map { "\($0.name) \($0.count)" } == ["TAG 2 times", "Tag 1 time"])
            #expect(
                view.sources.map { "\($0.name) \($0.count)" } == [
                    "east 2 periods", "west 1 period",
                ])
            #expect(
                view.recent?.rows.map { [$0.source, $0.rank, $0.trend, $0.people, $0.usual] } == [
                    ["west", "1", "–", "40", "≤ 4"], ["east", "1", "–", "40", "–"],
                    ["east", "2", "–", "39", "–"],
                ])
        }
    }

    @Test func `how it trended is told in times the usual, as on the front page, not as a place`()
        async throws
    {
        try await withSite { site in
            try site.archive(
                time("2026-11-20T18"), [("quake", 90, 9, 50), ("match", 80, 20, 40)])
            try site.archive(time("2026-11-21T00"), [("quake", 90, 80, 1), ("match", 80, 0, 40)])
            let model = try site.site()
            let history = try #require(model.history.tags.first { $0.key.text == "match" })
            let view = TagView(history, model, Linker(depth: 2))
            #expect(
                view.recent?.rows.map { [$0.rank, $0.trend, $0.usual] }
                    == [["2", "rare", "< 1"], ["2", "4×", "20"]])
        }
    }

    @Test func `folds away what is not of the latest`() async throws {
        try await withSite { site in
            for hour in 0..<41 {
                let day = 10 + hour / 4
                try site.archive(
                    "2026-11-\(day)T\(["00", "06", "12", "18"][hour % 4])", tags: ["a"])
            }
            let model = try site.site()
            let history = try #require(model.history.tags.first { $0.key.text == "a" })
            let view = TagView(history, model, Linker(depth: 2))
            #expect(view.recent?.rows.count == 28)
            #expect(view.recent?.rows.last?.slotLabel == "13 Nov 2026, 06:00–12:00")
            #expect(view.earlier?.rows.first?.slotLabel == "13 Nov 2026, 00:00–06:00")
            #expect(view.earlier?.rows.count == 13)
            #expect(view.earlier?.span == "from 10 November 2026 to 13 November 2026")
            #expect(view.earlier?.caption == "The periods before, latest first")
        }
    }

    @Test func `sums up a long history year by year`() async throws {
        try await withSite { site in
            try site.archive("2024-12-30T00", tags: ["b", "a"])
            try site.archive("2025-01-02T00", tags: ["a"])
            try site.archive("2025-01-02T00", "west", tags: ["c", "a"])
            try site.archive("2026-11-22T06", tags: ["c", "b", "a"])
            let model = try site.site()
            let history = try #require(model.history.tags.first { $0.key.text == "a" })
            let view = TagView(history, model, Linker(depth: 2))
            #expect(view.unit == "week" && view.recent == nil && view.earlier == nil)
            #expect(
                view.years.map { [$0.year, $0.summary] + $0.weeks.map(\.week) } == [
                    ["2026", "popular or trending in 1 period, 38 people at most", "16 Nov"],
                    // The week of 30 December is the first of the next year.
                    ["2025", "popular or trending in 2 periods, 40 people at most", "30 Dec"],
                ])
            #expect(view.years.map(\.isLatest) == [true, false])
            let peaks = view.years.flatMap(\.weeks).flatMap(\.peaks)
            #expect(peaks.map(\.people) == ["38", "–", "40", "39"])
            #expect(
                peaks.map { $0.link?.target } == [
                    "../../2026/11/22/06/", nil, "../../2025/01/02/00/", "../../2025/01/02/00/",
                ])
        }
    }

    @Test func `leads to the hashtag on each platform, whatever is in it`() {
        var settings = SiteSettings(title: "", description: "", version: "")
        settings.mastodonServers = ["fedi": "https://social.example", "other": "https://o.example"]
        let platforms = Platform.all(of: ["bluesky", "fedi"], settings)
        #expect(platforms.map(\.name) == ["Bluesky", "social.example", "X"])
        #expect(
            platforms.map { $0.address(of: "a/?\"é").target } == [
                "https://bsky.app/hashtag/a%2F%3F%22%C3%A9",
                "https://social.example/tags/a%2F%3F%22%C3%A9",
                "https://x.com/hashtag/a%2F%3F%22%C3%A9",
            ])
        #expect(Platform.all(of: ["bluesky"], settings).map(\.name) == ["Bluesky", "X"])
    }
}
