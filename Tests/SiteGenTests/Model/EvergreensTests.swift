import Archive
import Calendar
import Testing

@testable import SiteGen

struct EvergreensTests {
    /// The evergreens of a source with a list every six hours: a hashtag is in it where its row has an `x`.
    private func evergreens(
        _ rows: [(tag: String, lists: String, people: Int)], _ site: SiteFixture
    ) throws -> [String] {
        let first = try time("2026-11-02T00")
        let count = rows.map(\.lists.utf8.count).max() ?? 0
        for number in 0..<count {
            let tags = rows.filter { Array($0.lists.utf8)[number] == UInt8(ascii: "x") }
                .sorted { $0.people > $1.people }
            try site.archive(
                first + number * 21_600, tags.map { ($0.tag, $0.people, 50, 1) })
        }
        let index = try site.history().index
        return Evergreens(from: first, to: first + count * 21_600, in: index).tags
            .map { index.key(ofTag: $0).text }
    }

    @Test func `is what three of four lists have, those of most people first`() async throws {
        try await withSite { site in
            let found = try evergreens(
                [
                    ("news", "xxxxxxxxxxxx", 30), ("art", "xxx.xxx.xxx.", 90),
                    ("cats", "xxx.xxx.xx..", 80),
                ], site)
            #expect(found == ["art", "news"])
        }
    }

    @Test(
        arguments: [("xxxxxxxx", []), ("xxxxxxxxx", ["news"])] as [(String, [String])])
    func `cannot be told before there are lists of three days`(
        _ lists: String, _ found: [String]
    )
        async throws
    {
        try await withSite { site in
            let told = try evergreens([("news", lists, 30)], site)
            #expect(told == found)
        }
    }

    @Test func `leaves out what only an edition has`() async throws {
        try await withSite { site in
            var site = site
            site.settings.sources = ["east", "deutsch"]
            site.settings.editions = ["deutsch": "east"]
            for number in 0..<12 {
                let slot = try time("2026-11-02T00") + number * 21_600
                try site.archive(slot, of: "east", [("news", 40, 50, 1)])
                try site.archive(slot, of: "deutsch", [("tatort", 40, 50, 1)])
            }
            let index = try site.history().index
            let found = Evergreens(weekUpTo: try time("2026-11-05T00"), in: index)
            #expect(found.tags.map { index.key(ofTag: $0).text } == ["news"])
        }
    }
}
