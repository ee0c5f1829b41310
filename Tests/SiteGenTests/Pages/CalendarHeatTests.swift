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
                    nil, "1 of 1 window, 80 people in each", "not recorded",
                    "1 of 2 windows, 80 people in each", nil,
                ])
            #expect(days[3]?.kinds == ["missing", "partial"])
            #expect(days.map { $0.map(heat.level) } == [nil, "1", "none", "1", nil])
        }
    }

    @Test func `parts the days into quarters by their people`() throws {
        let days = (1...8).map { CalendarHeat.Day(kinds: ["complete"], people: Double($0 * $0)) }
        let heat = CalendarHeat(
            days: Dictionary(
                uniqueKeysWithValues: days.enumerated()
                    .map { (CivilDate(daysSinceEpoch: $0), $1) }))
        #expect(days.map(heat.level) == ["1", "1", "2", "2", "3", "3", "4", "4"])
    }
}
