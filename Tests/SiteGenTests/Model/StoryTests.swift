import Archive
import Calendar
import Testing
import Text

@testable import SiteGen

struct StoryTests {
    @Test(
        "is new or back as its hashtags are, and stays as any of them did",
        arguments: [
            ([.up(3)], .stays), ([.down(1)], .stays), ([.same], .stays), ([.new], .new),
            ([.back], .back), ([.new, .down(2)], .stays), ([.back, .same], .stays),
            ([.new, .new], .new), ([.new, .back], .back), ([nil, nil], nil),
        ] as [([Movement?], Movement?)])
    func movement(of hashtags: [Movement?], is movement: Movement?) throws {
        let slot = try time("2026-11-22T00")
        let list = hashtags.enumerated().map { index, movement in
            ListEntry(
                row: TopRow(
                    slot: slot, source: "east", rank: index + 1, tag: "a\(index)",
                    spelling: "a\(index)", posts: 9, accounts: 9),
                movement: movement, streak: 1, before: nil)
        }
        let stories = Story.all(list, [list.map(\.key)])
        #expect(stories.map(\.movement) == [movement])
    }

    @Test func `a list of stories says nothing of places`() async throws {
        try await withSite { site in
            let start = try time("2026-11-22T00")
            try site.archive(start, [("quake", 90, 8, 90), ("match", 80, 8, 70)])
            try site.archive(start + 21_600, [("match", 90, 8, 90), ("quake", 80, 8, 70)])
            let model = try site.site()
            let window = try #require(model.history.sources.first?.latestRead)
            let linker = Linker(depth: 4)
            let (trending, popular) = (
                RankingView(trending: window, site: model, linker: linker),
                RankingView(popular: window, sparks: nil, site: model, linker: linker)
            )
            #expect(trending?.entries.map { $0.moved?.word } == ["stays", "stays"])
            #expect(popular.entries.map { $0.moved?.word } == ["up", "down"])
        }
    }
}
