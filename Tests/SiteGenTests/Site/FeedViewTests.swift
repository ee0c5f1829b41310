import Testing

@testable import SiteGen

struct FeedViewTests {
    @Test func `has an item for each window that was read, newest first`() async throws {
        try await withSite { site in
            var site = site
            site.settings.url = "https://trends.example/now"
            try site.archive("2026-11-22T00", tags: ["a"])
            try site.archive("2026-11-22T06", tags: [], status: .missing)
            try site.archive("2026-11-22T12", "west", tags: ["<b>", "c"])
            let feed = FeedView(try site.site()) { "\($0.window.slotTime) \($0.source)" }
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
            #expect(feed.address?.target == "https://trends.example/now/feed.xml")
        }
    }
}
