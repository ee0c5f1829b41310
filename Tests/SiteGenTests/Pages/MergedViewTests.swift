import Testing

@testable import SiteGen

struct MergedViewTests {
    @Test func `shows what leads over all sources beside what trends on each`() async throws {
        try await withSite { site in
            var site = site
            site.settings.top = 3
            let slot = try time("2026-11-22T00")
            try site.archive(["east": ["a", "b", "c"], "west": ["b", "d", "e"]], at: slot)
            let view = try #require(MergedView(try site.site(), Linker(depth: 0)))
            #expect(view.entries.map(\.tag) == ["b", "a", "d"])
            #expect(view.entries.map(\.share) == ["15.90%", "8.00%", "7.90%"])
            #expect(
                view.entries.map { $0.people.map { "\($0.count) \($0.source)" } } == [
                    ["79 east", "80 west"], ["80 east"], ["79 west"],
                ])
            #expect(view.sources.map(\.jump.target) == ["#source-1", "#source-2"])
            // Two places each, as long as the list beside them.
            #expect(
                view.sources.map { $0.trending?.entries.map(\.tag.text) } == [
                    ["a", "c"], ["b", "e"],
                ])
        }
    }

    @Test func `names a source that takes no part, and why`() async throws {
        try await withSite { site in
            var site = site
            site.settings.sources = ["east", "west", "north"]
            site.settings.sourceTitles = ["north": "The North"]
            let slot = try time("2026-11-22T00")
            try site.archive("2026-11-21T18", "north", tags: ["a"])
            try site.archive(["east": ["a"], "west": ["b"], "north": nil], at: slot)
            let view = try #require(MergedView(try site.site(), Linker(depth: 0)))
            #expect(
                view.absent.map { [$0.absentName, $0.reason] } == [["The North", "was not read"]])
        }
    }

    @Test func `is there only while two sources have read the newest slot`() async throws {
        try await withSite { site in
            try site.archive("2026-11-22T00", "east", tags: ["a"])
            try site.archive("2026-11-22T06", "west", tags: ["a"])
            #expect(MergedView(try site.site(), Linker(depth: 0)) == nil)
        }
    }
}
