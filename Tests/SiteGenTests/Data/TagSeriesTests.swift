import Archive
import Calendar
import Files
import Support
import Testing

@testable import SiteGen

struct TagSeriesTests {
    @Test func `has what is known of each window between its lists, and one before`() async throws {
        try await withSite { site in
            let start = try time("2026-11-21T00")
            let lists: [(Int, [String: [String]?])] = [
                (0, ["east": ["b"], "west": ["x"]]), (1, ["east": ["a", "b"], "west": ["x"]]),
                (2, ["east": ["b"], "west": ["x"]]), (3, ["east": nil, "west": ["x"]]),
                (5, ["east": ["c", "a", "t1"]]), (6, ["east": ["c"]]),
            ]
            for (place, list) in lists { try site.archive(list, at: start + place * 21_600) }
            try site.build()
            #expect(
                try site.file("tags/a/series.csv") == """
                    slot,source,accounts,window_accounts,coverage,state,at_most
                    2026-11-21T00:00:00Z,east,,500,1.0000,below,1
                    2026-11-21T06:00:00Z,east,80,500,1.0000,known,
                    2026-11-21T12:00:00Z,east,,500,1.0000,below,1
                    2026-11-21T18:00:00Z,east,,,1.0000,gap,
                    2026-11-22T00:00:00Z,east,,,,gap,
                    2026-11-22T06:00:00Z,east,79,500,1.0000,known,

                    """)
            // Known by tails before it was listed.
            #expect(
                try site.file("tags/t1/series.csv").split(separator: "\n").dropFirst().map(
                    String.init)
                    == [
                        "2026-11-22T00:00:00Z,east,,,,gap,",
                        "2026-11-22T06:00:00Z,east,78,500,1.0000,known,",
                    ])
            #expect(try site.file("tags/a/index.html").contains(#"href="../../tags/a/series.csv""#))
        }
    }

    @Test func `knows as many as can have written it where the tail is full`() async throws {
        try await withSite { site in
            let start = try time("2026-11-21T00")
            try site.archive(["east": ["a"]], at: start)
            let tail = (0..<TailRow.longest).map {
                TailRow(
                    slot: start + 21_600, source: "east", tag: "u\($0)", posts: 2000 - $0,
                    accounts: 2000 - $0)
            }
            try ArchiveWriter(folder: site.archive).append(
                madeWindow(start + 21_600, "east", status: .complete), top: [], tail: tail)
            try site.archive(["east": ["a"]], at: start + 43_200)
            try site.build()
            #expect(
                try site.file("tags/a/series.csv").contains(
                    ",below,\(2000 - TailRow.longest + 1)\n"))
        }
    }

    @Test func `has the windows that list it alone before the days of which tails are looked at`()
        async throws
    {
        try await withSite { site in
            let last = try time("2026-11-22T00")
            for day in [120, 119, 0] {
                try site.archive(["east": ["a"]], at: last - day * 86_400)
                try site.archive(["east": ["b"]], at: last - day * 86_400 - 21_600)
            }
            try site.build()
            let lines = try site.file("tags/a/series.csv").split(separator: "\n")
            #expect(lines.count(where: { $0.contains(",known,") }) == 3)
            #expect(lines[1].hasPrefix("2026-07-25") && lines[2].hasPrefix("2026-07-26"))
            // Every slot of ninety days, up to the last list.
            #expect(lines.count == 1 + 2 + 89 * 4 + 1)
        }
    }
}
