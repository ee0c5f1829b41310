import Testing

@testable import SiteGen

struct WindowPageViewTests {
    @Test func `leads to each source, and tells an edition after what it is read with`()
        async throws
    {
        try await withSite { site in
            var site = site
            site.settings.sources = ["deutsch", "east", "west"]
            site.settings.editions = ["deutsch": "east"]
            let slot = try time("2026-11-22T18")
            try site.archive(["east": ["a", "b"], "west": ["c"], "deutsch": ["b"]], at: slot)
            let view = WindowPageView(
                slot, earlier: nil, later: nil, try site.site(), Linker(depth: 4))
            #expect(
                view.readings.map { [$0.source, $0.parent ?? ""] } == [
                    ["east", ""], ["deutsch", "east"], ["west", ""],
                ])
            #expect(
                view.parts?.tabs.map { $0.name + " " + $0.link.target.suffix(8) } == [
                    "east #h1800-2", "deutsch #h1800-1", "west #h1800-3",
                ])
            try site.build()
            let page = try site.file("2026/11/22/18/index.html")
            #expect(page.contains("#h1800-all\"><bdi>All together</bdi></a>"))
            #expect(
                page.contains(
                    "<bdi>deutsch</bdi> <span class=\"soft\">an edition of <bdi>east</bdi> "))
            // Folded, with what leads it, in a heading alone; its address moves the page also while it is closed.
            #expect(view.readings.map(\.leaders) == [[], ["#b"], []])
            #expect(
                page.contains("<details class=\"source edition\" id=\"h1800-1\">\n<summary><h2>"))
            #expect(page.contains("<bdi>#b</bdi> </span></h2></summary>\n"))
        }
    }

    @Test func `leads nowhere of one source alone`() async throws {
        try await withSite { site in
            try site.archive("2026-11-22T18", tags: ["a"])
            let slot = try time("2026-11-22T18")
            let view = WindowPageView(
                slot, earlier: nil, later: nil, try site.site(), Linker(depth: 4))
            #expect(view.parts == nil)
        }
    }
}
