import Archive
import Calendar
import Files
import Support
import Testing
import Text

@testable import SiteGen

/// Stories, what was written together, and links: on pages, in the feed and in `latest.json`.
@Suite("Context of hashtags on the site")
struct ContextViewTests {
    /// A window in which `quake` and `tremor` are one story, `match` is none of it, and hostile links were given.
    private func archive(_ site: SiteFixture) throws {
        let slot = try time("2026-11-22T18")
        func row(_ rank: Int, _ tag: String, _ accounts: Int) -> TopRow {
            TopRow(
                slot: slot, source: "east", rank: rank, tag: tag, spelling: tag.capitalized,
                posts: accounts, accounts: accounts, expected: 1, score: 99, bounds: 0)
        }
        let trending = [
            row(1, "tremor", 40), row(2, "quake", 80), row(3, "match", 90), row(4, "help", 12),
        ]
        let top = [row(1, "coffee", 100), row(2, "match", 90), row(3, "quake", 80)]
        let tail = [("coffee", 100), ("match", 90), ("quake", 80), ("tremor", 40), ("help", 12)].map
        {
            TailRow(slot: slot, source: "east", tag: $0.0, posts: $0.1, accounts: $0.1)
        }
        let pairs = [
            ("tremor", "quake", 13), ("quake", "coffee", 20), ("quake", "tremor", 13),
            ("quake", "help", 5), ("quake", "unseen", 3), ("match", "quake", 9),
            ("help", "quake", 5),
            ("help", "tremor", 4),
        ]
        let window = WindowRow(
            slot: slot, source: "east", start: slot, end: slot + 21_600, status: .complete,
            coverage: 1, posts: 1000, tagged: 900, accounts: 800, tags: 9, version: "1")
        try ArchiveWriter(folder: site.archive).append(
            window, top: top, trending: trending, tail: tail,
            related: pairs.map {
                RelatedRow(slot: slot, source: "east", tag: $0.0, other: $0.1, accounts: $0.2)
            },
            links: Self.links.map {
                LinkRow(
                    slot: slot, source: "east", tag: "quake", url: $0.0, title: $0.1, accounts: 8)
            })
    }

    private static let links = [
        ("https://news.example/a?b=1&c='", "</script><b>\u{202E}\"'&amp;"),
        ("https://xn--80ak6aa92e.com/", ""), ("javascript:alert(1)", "no address"),
        ("https://user@evil.example/", "no address"), ("http://plain.example/", "no address"),
    ]

    @Test func `trending hashtags of the same people stand under the strongest`() async throws {
        try await withSite { site in
            try archive(site)
            let model = try site.site()
            let window = try #require(model.history.sources.first?.latestRead)
            #expect(
                model.contexts[window.number].stories.map { $0.map(\.text) }
                    == [["quake", "tremor", "help"]])
            let view = try #require(
                RankingView(trending: window, site: model, linker: Linker(depth: 0)))
            #expect(
                view.entries.map { entry in
                    [entry.rank, entry.tag.text, entry.people]
                        + entry.parts.map { "\($0.tag.text) \($0.people)" }
                } == [
                    ["1", "Quake", "80", "Tremor 40 people", "Help 12 people"],
                    ["2", "Match", "90"],
                ])
        }
    }

    @Test func `a hashtag's page tells by lift what was written with it`() async throws {
        try await withSite { site in
            try archive(site)
            let model = try site.site()
            let history = try #require(model.history.tags.first { $0.key.text == "quake" })
            let view = TagView(history, model, Linker(depth: 2))
            #expect(
                view.others.map { [$0.name, $0.count, $0.page?.target ?? "none"] } == [
                    ["Help", "5 people", "../../tags/help/"],
                    ["Tremor", "13 people", "../../tags/tremor/"],
                    ["Coffee", "20 people", "../../tags/coffee/"], ["unseen", "3 people", "none"],
                ])
            #expect(
                view.links.map { [$0.address.target, $0.name, $0.domain, $0.givers] } == [
                    [
                        "https://news.example/a?b=1&c='", "</script><b>\u{202E}\"'&amp;",
                        "news.example", "8 people",
                    ],
                    [
                        "https://xn--80ak6aa92e.com/", "xn--80ak6aa92e.com", "xn--80ak6aa92e.com",
                        "8 people",
                    ],
                ])
        }
    }

    @Test func `hostile titles and addresses are text wherever they stand`() async throws {
        try await withSite { site in
            var site = site
            site.settings.url = "https://trends.example/"
            site.settings.contact = "hello@trends.example"
            try archive(site)
            try site.build()
            for path in ["index.html", "2026/11/22/18/index.html", "tags/quake/index.html"] {
                let page = try site.file(path)
                let link = page.firstRange(of: #"<a rel="external nofollow noopener ugc" href=""#)
                    .map { page[$0.lowerBound...].prefix { $0 != "\n" } }
                #expect(link?.contains("https://news.example/a?b=1&amp;c=") == true, "\(path)")
                #expect(link?.contains("<bdi>&lt;/script&gt;&lt;b&gt;\u{202E}&quot;") == true)
                #expect(page.contains(#"href="mailto:hello@trends.example">Report a link</a>"#))
                #expect(!page.contains("no address") && !page.contains("</script><b>"))
            }
            let json = try site.file("data/latest.json")
            #expect(json.contains("\"story\":\"quake\""))
            #expect(!json.contains("no address"))
            #expect(try site.file("feed.xml").contains("one story with"))
        }
    }

    @Test func `what is withdrawn is in no page and no copy, and the archive keeps it`()
        async throws
    {
        try await withSite { site in
            try archive(site)
            try site.withdraw("tremor", "https://news.example/a?b=1&c='", "xn--80ak6aa92e.com")
            try site.build()
            for (path, text) in try site.files() {
                for gone in ["tremor", "news.example", "xn--80ak6aa92e"] {
                    #expect(!text.lowercased().contains(gone), "\(gone) in \(path)")
                }
            }
            let copy = try site.file("data/related/2026/2026-11-22.csv")
            #expect(copy.split(separator: "\n").count == 6)
            let day = try time("2026-11-22T18").date
            #expect(try ArchiveReader(folder: site.archive).related(day).count == 8)
        }
    }

    @Test func `of an archive that tells nothing of it, nothing is shown`() async throws {
        try await withSite { site in
            try site.archive("2026-11-22T18", tags: ["a", "b"])
            let model = try site.site()
            let window = try #require(model.history.sources.first?.latestRead)
            let view = WindowView(window, site: model, linker: Linker(depth: 0))
            #expect(!view.hasLinks && view.popular.entries.allSatisfy { !$0.hasParts })
        }
    }
}
