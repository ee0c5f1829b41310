import Foundation
import Testing

@testable import Calendar

@Suite("CivilDate")
struct CivilDateTests {
    @Test("numbers every day of 400 years in a row, and finds each again")
    func everyDay() throws {
        let start = try #require(CivilDate(year: 1800, month: 1, day: 1))
        var number = start.daysSinceEpoch
        var weekday = start.weekday
        for year in 1800..<2200 {
            for month in 1...12 {
                for day in 1...CivilDate.days(inMonth: month, of: year) {
                    let date = CivilDate(year: year, month: month, day: day)
                    let found = CivilDate(daysSinceEpoch: number)
                    guard date == found, date?.daysSinceEpoch == number, found.weekday == weekday,
                        CivilDate("\(found)") == found
                    else {
                        Issue.record("\(year)-\(month)-\(day) is not day \(number), \(found)")
                        return
                    }
                    number += 1
                    weekday = (weekday + 1) % 7
                }
            }
        }
        #expect(number - start.daysSinceEpoch == 146_097)
    }

    @Test(
        "agrees with days known from elsewhere",
        arguments: [
            ("1970-01-01", 0, 3), ("1969-12-31", -1, 2), ("2000-02-29", 11_016, 1),
            ("2026-11-22", 20_779, 6), ("0001-01-01", -719_162, 0), ("9999-12-31", 2_932_896, 4),
        ])
    func knownDays(text: String, days: Int, weekday: Int) throws {
        let date = try #require(CivilDate(text))
        #expect(date.daysSinceEpoch == days)
        #expect(date.weekday == weekday)
        #expect(date.description == text)
        #expect(CivilDate(daysSinceEpoch: days) == date)
    }

    @Test(
        "knows leap years",
        arguments: [(2024, 29), (2025, 28), (2000, 29), (1900, 28), (2100, 28), (2400, 29)])
    func leapYears(year: Int, days: Int) {
        #expect(CivilDate.days(inMonth: 2, of: year) == days)
        #expect((CivilDate(year: year, month: 2, day: 29) != nil) == (days == 29))
    }

    @Test(
        "takes no other text for a day",
        arguments: [
            "", "2026-11-2", "2026-11-022", "2026-1-22", "26-11-22", "2026/11/22", "2026-13-01",
            "2026-00-01", "2026-02-29", "2026-04-31", "2026-11-00", "0000-01-01", "+026-01-01",
            "-026-01-01", " 2026-11-22", "2026-11-22 ", "２026-11-2", "2026-11-2\u{301}",
            "2026-11-22Z",
        ])
    func refuses(text: String) {
        #expect(CivilDate(text) == nil)
    }

    @Test("goes forth and back over months and years")
    func advances() throws {
        let date = try #require(CivilDate("2024-02-28"))
        #expect("\(date.advanced(by: 1))" == "2024-02-29")
        #expect("\(date.advanced(by: 2))" == "2024-03-01")
        #expect("\(date.advanced(by: -59))" == "2023-12-31")
        #expect(date < date.advanced(by: 1))
    }
}
