import Archive
import Calendar
import Testing

@testable import SiteGen

struct CalendarHeatTests {
    @Test func `tells gaps from days that were read, and says what was read`() async throws {
        try await withSite { site in
            try site.archive("2026-11-20T18", tags: ["a"])
            try site.archive("2026-11-22T06", tags: ["a"], status: .partial)
            let dates = (19...23).compactMap { CivilDate(year: 2026, month: 11, day: $0) }
            let heat = CalendarHeat(dates, try site.site())
            let days = dates.map { heat.days[$0] }
            #expect(
                days.map { $0?.label } == [
                    nil, "1 of 1 period read, 80 people in it", "not recorded",
                    "1 of 2 periods read, 80 people in it", nil,
                ])
            #expect(days.map { $0?.isUnfinished } == [nil, false, false, true, nil])
            #expect(days[3]?.kinds == ["missing", "partial"])
            #expect(days.map { $0.map(heat.level) } == [nil, "1", "none", "part", nil])
        }
    }

    @Test func `a day is not fuller for what was missed of it`() async throws {
        try await withSite { site in
            // At night one in four writes, and the second source has but few.
            func archive(
                _ slot: String, _ source: String, _ people: Int, coverage: Double = 1
            ) throws {
                let start = try time(slot)
                let window = WindowRow(
                    slot: start, source: source, start: start, end: start + 21_600,
                    status: coverage < 1 ? .partial : .complete, coverage: coverage,
                    posts: people, tagged: 0, accounts: people, tags: 0, version: "1")
                try ArchiveWriter(folder: site.archive).append(window, top: [], tail: [])
            }
            for (day, factor) in [(16, 10), (17, 12), (18, 14), (19, 8)] {
                for (hour, people) in [("00", 10), ("06", 20), ("12", 30), ("18", 40)] {
                    // Of the 17th there is the evening alone, and of the 18th the first source.
                    if day != 17 || hour == "18" {
                        try archive(
                            "2026-11-\(day)T\(hour)", "east", people * factor,
                            // A stream that broke off for a moment is as good as whole.
                            coverage: day == 18 ? 0.98 : 1)
                    }
                    if day != 18 {
                        try archive("2026-11-\(day)T\(hour)", "west", people * factor / 10)
                    }
                }
            }
            try archive("2026-11-20T00", "east", 40, coverage: 0.4)
            try archive("2026-11-20T06", "east", 300)
            let dates = (16...20).compactMap { CivilDate(year: 2026, month: 11, day: $0) }
            let heat = CalendarHeat(dates, try site.site())
            let days = dates.compactMap { heat.days[$0] }
            #expect(days.map(heat.level) == ["1", "2", "3", "1", "4"])
            #expect(
                days.last?.label
                    == "east: 2 of 2 periods read, 170 people in a period on average; west: not recorded"
            )
        }
    }

    @Test func `counts one person as one`() async throws {
        try await withSite { site in
            let slot = try time("2026-11-22T18")
            let window = WindowRow(
                slot: slot, source: "east", start: slot, end: slot + 21_600, status: .complete,
                coverage: 1, posts: 1, tagged: 0, accounts: 1, tags: 0, version: "1")
            try ArchiveWriter(folder: site.archive).append(window, top: [], tail: [])
            let heat = CalendarHeat([slot.date], try site.site())
            #expect(heat.days[slot.date]?.label == "1 of 1 period read, 1 person in it")
        }
    }

    @Test func `parts the days into quarters by their people`() throws {
        let days = (1...8).map {
            CalendarHeat.Day(
                kinds: ["complete"], fullness: Double($0 * $0), label: "", isUnfinished: false)
        }
        let heat = CalendarHeat(
            days: Dictionary(
                uniqueKeysWithValues: days.enumerated()
                    .map { (CivilDate(daysSinceEpoch: $0), $1) }))
        #expect(days.map(heat.level) == ["1", "1", "2", "2", "3", "3", "4", "4"])
    }
}
