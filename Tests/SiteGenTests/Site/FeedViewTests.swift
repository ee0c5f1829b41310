import Archive
import Files
import Testing

@testable import SiteGen

struct FeedViewTests {
    @Test func `has an item for each window that was read, newest first`() async throws {
        try await withSite { site in
            try site.archive("2026-11-22T00", tags: ["a"])
            try site.archive("2026-11-22T06", tags: [], status: .missing)
            try site.archive("2026-11-22T12", "west", tags: ["<b>", "c"])
            let feed = FeedView(
                try site.site(), at: "https://trends.example/now", authority: "trends.example"
            ) { "\($0.window.slotTime) \($0.source)" }
            #expect(
                feed.items.map(\.identifier) == [
                    "tag:trends.example,2026-11-22:12:00/west",
                    "tag:trends.example,2026-11-22:00:00/east",
                ])
            #expect(
                feed.items.map(\.link.target) == [
                    "https://trends.example/now/2026/11/22/12/#h1200-2",
                    "https://trends.example/now/2026/11/22/00/#h0000-1",
                ])
            #expect(
                feed.items[0].title
                    == "#<b>, #c – 22 Nov, 12:00–18:00 UTC, west")
            #expect(feed.items[0].published == "Sun, 22 Nov 2026 12:50:00 GMT")
            #expect(feed.items[0].content == "2026-11-22T12:00:00Z west")
            #expect(feed.built == "Sun, 22 Nov 2026 12:50:00 GMT")
            #expect(feed.address.target == "https://trends.example/now/feed.xml")
        }
    }

    @Test func `a title leads with what is unusual, but items that readers have keep theirs`()
        async throws
    {
        try await withSite { site in
            try site.archive(["east": ["a", "b"]], at: try time("2026-11-22T00"))
            let model = try site.site()
            func titles(_ before: String?) -> [String] {
                FeedView(
                    model, at: "https://a.example", authority: "a.example",
                    before: before.map { Array($0.utf8) }
                ) { _ in "" }.items.map(\.title)
            }
            let new = "#a: 80 people, usually at most 30 at this hour – 22 Nov, 00:00–06:00 UTC"
            #expect(titles(nil) == [new])
            func feed(_ title: String) -> String {
                "<title>T</title>\n<item>\n<title>\(title)</title>\n"
                    + "<guid isPermaLink=\"false\">tag:a.example,2026-11-22:00:00/east</guid>"
            }
            #expect(
                titles(feed("#a, #b – 22 Nov, 00:00–06:00 UTC")) == [
                    "#a, #b – 22 Nov, 00:00–06:00 UTC"
                ])
            // One that the window has no more is not kept.
            #expect(titles(feed("#c – 22 Nov, 00:00–06:00 UTC")) == [new])
        }
    }

    @Test func `items keep their names wherever the site moves`() async throws {
        try await withSite { site in
            var site = site
            let archive = site.archive
            func names() throws -> Set<String> {
                Set(
                    try site.file("feed.xml").matches(of: #/<guid[^>]*>(.*?)</#).map {
                        String($0.1)
                    })
            }
            try site.archive("2026-11-22T00", tags: ["a"])
            site.settings.url = "https://Bücher.example:8443/größe"
            try site.build()
            // As it was before it was kept: as the operator writes it.
            #expect(try names() == ["tag:Bücher.example,2026-11-22:00:00/east"])
            #expect(try site.file("data/feed.csv") == "authority\nBücher.example\n")
            let feed = try site.file("feed.xml")
            #expect(
                feed.contains(
                    "<link>https://xn--bcher-kva.example:8443/gr%C3%B6%C3%9Fe/2026/11/22/00/"))
            site.settings.url = "https://trends.example"
            try site.build()
            #expect(try names() == ["tag:Bücher.example,2026-11-22:00:00/east"])
            // Where the archive's own is lost, the feed that stands knows it; elsewhere nobody does.
            try FilePlace.remove(archive + "/feed.csv")
            try site.build()
            #expect(try names() == ["tag:Bücher.example,2026-11-22:00:00/east"])
            #expect(try FeedAuthority(archive: archive).kept() == "Bücher.example")
        }
    }

    @Test func `a site whose address nobody knows has no feed, no map and no link to them`()
        async throws
    {
        try await withSite { site in
            try site.archive("2026-11-22T00", tags: ["a"])
            try site.build()
            for (path, text) in try site.files() {
                #expect(!path.hasSuffix(".xml"))
                #expect(!text.contains("feed.xml") && !text.contains("sitemap"), "\(path)")
            }
            #expect(try site.file("robots.txt") == "User-agent: *\nAllow: /\n")
            #expect(try FeedAuthority(archive: site.archive).kept() == nil)
        }
    }

    @Test func `a feed that was made before says who its items are of`() {
        let item = "<item>\n<guid isPermaLink=\"false\">tag:localhost,2026-11-22:00:00/x</guid>"
        #expect(FeedView.authority(of: Array("<title>T</title>\(item)".utf8)) == "localhost")
        #expect(
            FeedView.authority(of: Array("<title>Demonstration data: T</title>\(item)".utf8)) == nil
        )
        #expect(FeedView.authority(of: Array("<title>T</title>".utf8)) == nil)
    }
}
