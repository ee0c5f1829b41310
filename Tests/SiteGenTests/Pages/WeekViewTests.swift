import Archive
import Calendar
import Testing

@testable import SiteGen

struct WeekViewTests {
    private func view(_ site: SiteFixture) throws -> WeekView {
        let week = CalendarWeek(of: try time("2026-11-02T00").date)
        return WeekView(week, try site.site(), Linker(depth: 2))
    }

    @Test func `says of each day whether anything was unusual, or why that cannot be told`()
        async throws
    {
        try await withSite { site in
            try site.archive("2026-11-02T00", tags: ["art"])
            try site.archive("2026-11-03T00", tags: [], status: .missing)
            for hour in 0..<4 {
                try site.archive(time("2026-11-04T00") + hour * 21_600, [("art", 10, 9, 1)])
            }
            try site.archive(time("2026-11-05T00"), [("quake", 80, 8, 50)])
            let week = try view(site)
            let days = week.days
            #expect(
                days.map(\.emptiness) == [
                    "Too early to say what was unusual.", "Nothing was recorded.",
                    "Nothing unusual.", nil,
                ])
            #expect(week.unknown == Wording.unknown)
            #expect(days.map { $0.leaders.map(\.tag.text) } == [[], [], [], ["quake"]])
        }
    }

    @Test func `says once what it takes to tell, however many days it holds for`() async throws {
        try await withSite { site in
            for day in 2...6 { try site.archive("2026-11-0\(day)T00", tags: ["art"]) }
            try site.build()
            let page = try site.file("2026/w45/index.html")
            #expect(page.ranges(of: Wording.unknown).count == 1)
            #expect(page.ranges(of: "Too early to say what was unusual.").count == 5)
            try site.archive(time("2026-11-07T00"), [("quake", 80, 8, 50)])
            try site.build()
            #expect(try site.file("2026/w45/index.html").ranges(of: Wording.unknown).count == 1)
        }
    }

    @Test func `tells a story of a day once`() async throws {
        try await withSite { site in
            let slot = try time("2026-11-02T00")
            let rows = [("quake", 80), ("tremor", 40), ("match", 30)].enumerated().map {
                TopRow(
                    slot: slot, source: "east", rank: $0.offset + 1, tag: $0.element.0,
                    spelling: $0.element.0, posts: $0.element.1, accounts: $0.element.1,
                    expected: 1, score: 90 - Double($0.offset), bounds: 0)
            }
            try ArchiveWriter(folder: site.archive).append(
                madeWindow(slot, "east"), top: rows, trending: rows, tail: [],
                related: [
                    RelatedRow(
                        slot: slot, source: "east", tag: "quake", other: "tremor", accounts: 30)
                ])
            #expect(
                try view(site).days.map { $0.leaders.map { "\($0.tag.text) \($0.people)" } } == [
                    ["quake 80", "match 30"]
                ])
        }
    }
}
