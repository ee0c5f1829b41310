import Archive

/// A week of ISO 8601: it begins on Monday, and the year its Thursday is in numbers it.
struct CalendarWeek: Hashable, Comparable, Sendable {
    let monday: CivilDate

    init(of date: CivilDate) { monday = date.advanced(by: -date.weekday) }

    var sunday: CivilDate { monday.advanced(by: 6) }
    var days: [CivilDate] { (0..<7).map(monday.advanced(by:)) }
    var year: Int { monday.advanced(by: 3).year }

    /// 1 to 53: weeks up to its Thursday.
    var number: Int {
        let thursday = monday.advanced(by: 3)
        let daysBefore = (1..<thursday.month)
            .reduce(thursday.day - 1) { $0 + CivilDate.days(inMonth: $1, of: thursday.year) }
        return daysBefore / 7 + 1
    }

    func advanced(by weeks: Int) -> CalendarWeek {
        CalendarWeek(of: monday.advanced(by: 7 * weeks))
    }

    static func < (left: CalendarWeek, right: CalendarWeek) -> Bool { left.monday < right.monday }
}
