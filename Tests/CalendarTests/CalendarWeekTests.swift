import Calendar
import Testing

struct CalendarWeekTests {
    @Test(arguments: [
        ("2026-11-22", 2026, 47, "2026-11-16"), ("2026-01-01", 2026, 1, "2025-12-29"),
        ("2027-01-03", 2026, 53, "2026-12-28"), ("2027-01-04", 2027, 1, "2027-01-04"),
        ("2024-12-30", 2025, 1, "2024-12-30"), ("2021-01-01", 2020, 53, "2020-12-28"),
    ])
    func `numbers weeks as ISO 8601 does`(
        day: String, year: Int, number: Int, monday: String
    ) throws {
        let week = CalendarWeek(of: try #require(CivilDate(day)))
        #expect([week.year, week.number] == [year, number])
        #expect(week.monday.description == monday)
        #expect(week.advanced(by: 1).advanced(by: -1) == week)
    }
}
