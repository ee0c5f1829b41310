import Archive
import Calendar
import Files
import Support
import Testing

@testable import SiteGen

/// All sources together, and editions, which are no part of it.
struct MergedViewTests {
    /// Two sources and an edition of one of them: `kelp` is in the tails of both and in no list.
    private func archive(_ site: SiteFixture, at hour: String) throws {
        let slot = try time(hour)
        func append(_ source: String, _ tags: [(String, Int)], listed: Int) throws {
            var window = madeWindow(slot, source, status: .complete)
            (window.posts, window.accounts, window.tags) = (100, 100, tags.count)
            let top = tags.prefix(listed).enumerated().map { rank, tag in
                TopRow(
                    slot: slot, source: source, rank: rank + 1, tag: tag.0, spelling: tag.0,
                    posts: tag.1, accounts: tag.1)
            }
            try ArchiveWriter(folder: site.archive).append(
                window, top: top,
                tail: tags.map {
                    TailRow(
                        slot: slot, source: source, tag: $0.0, posts: $0.1, accounts: $0.1)
                })
        }
        try append("east", [("art", 40), ("kelp", 30), ("tide", 2)], listed: 1)
        try append("west", [("moon", 35), ("kelp", 30)], listed: 1)
        try append("deutsch", [("kunst", 90), ("kelp", 80)], listed: 1)
    }

    private func settings(_ site: inout SiteFixture) {
        site.settings.sources = ["east", "west", "deutsch"]
        site.settings.editions = ["deutsch": "east"]
        site.settings.sourceTitles = ["deutsch": "Auf Deutsch"]
        site.settings.url = "https://t.example"
        site.settings.top = 3
    }

    @Test func `a slot has a permalink with all in one list, and an edition its own list`()
        async throws
    {
        try await withSite { site in
            var site = site
            settings(&site)
            try archive(site, at: "2026-11-22T12")
            try archive(site, at: "2026-11-22T18")
            try site.build()
            // What is in the tails of two leads before what one list has.
            for path in ["2026/11/22/12/", "2026/11/22/18/", "sources/all/"] {
                let page = try site.file(path + "index.html")
                let tags = page.matches(of: /<bdi>#(\w+)<\/bdi>/).map { String($0.1) }
                #expect(
                    Array(tags.drop { $0 != "kelp" }.prefix(3)) == ["kelp", "art", "moon"],
                    "\(path)")
                #expect(
                    page.contains("id=\"h\(path.hasPrefix("2026/11/22/12") ? "12" : "18")00-all\""))
            }
            #expect(try site.file("2026/11/22/index.html").contains("id=\"h1200-all\""))
            #expect(try site.file("2026/11/22/18/index.html").contains("#kunst"))
            #expect(try !site.file("index.html").contains("kunst"))
            #expect(try !site.file("feed.xml").contains("kunst"))
            // A source leads to its editions, and an edition to its source.
            for name in ["east", "deutsch"] {
                let page = try site.file("sources/\(name)/index.html")
                #expect(page.contains("aria-label=\"Editions\""))
                #expect(page.contains("<bdi>Auf Deutsch</bdi>"))
            }
            #expect(try !site.file("sources/west/index.html").contains("Editions"))
        }
    }

    @Test func `latest.json keeps its members, and tells all together and editions in new ones`()
        async throws
    {
        try await withSite { site in
            var site = site
            settings(&site)
            try archive(site, at: "2026-11-22T18")
            try site.build()
            let json = try site.file("data/latest.json")
            #expect(json.contains("\"of\":\"east\""))
            #expect(json.contains("\"permalink\":\"https://t.example/2026/11/22/18/#h1800-all\""))
            #expect(json.contains("\"page\":\"https://t.example/sources/all/\""))
            let merged = try #require(json.range(of: "\"merged\":["))
            let end = try #require(json.range(of: "\"all\":{"))
            #expect(!json[merged.upperBound..<end.lowerBound].contains("kunst"))
        }
    }

    @Test func `a site grows to what it would be, built as a whole`() async throws {
        try await withSite { site in
            var site = site
            settings(&site)
            for hour in ["2026-11-20T18", "2026-11-21T00", "2026-11-22T18", "2026-11-23T00"] {
                try archive(site, at: hour)
                try site.build()
                try site.build(into: site.folder + "/whole", isWhole: true)
                #expect(try site.differences(from: site.folder + "/whole") == [])
            }
        }
    }

    @Test func `one source with editions has no page of all, and is told by itself`() async throws {
        try await withSite { site in
            var site = site
            settings(&site)
            site.settings.sources = ["east", "deutsch"]
            for source in ["east", "deutsch"] {
                try site.archive("2026-11-22T18", source, tags: [source])
            }
            try site.build()
            #expect(try !Folder.files(below: site.output).contains("sources/all/index.html"))
            #expect(try site.file("index.html").contains("#east"))
            #expect(try site.file("data/latest.json").contains("\"all\":null"))
        }
    }
}
