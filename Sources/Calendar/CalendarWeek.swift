/// A week of ISO 8601: it begins on Monday, and the year its Thursday is in numbers it.
public struct CalendarWeek: Hashable, Comparable, Sendable {
    public let monday: CivilDate

    public init(of date: CivilDate) { monday = date.advanced(by: -date.weekday) }

    public var sunday: CivilDate { monday.advanced(by: 6) }
    public var days: [CivilDate] { (0..<7).map(monday.advanced(by:)) }
    public var year: Int { monday.advanced(by: 3).year }

    /// 1 to 53: weeks up to its Thursday.
    public var number: Int {
        let thursday = monday.advanced(by: 3)
        let daysBefore = (1..<thursday.month)
            .reduce(thursday.day - 1) { $0 + CivilDate.days(inMonth: $1, of: thursday.year) }
        return daysBefore / 7 + 1
    }

    public func advanced(by weeks: Int) -> CalendarWeek {
        CalendarWeek(of: monday.advanced(by: 7 * weeks))
    }

    public static func < (left: CalendarWeek, right: CalendarWeek) -> Bool {
        left.monday < right.monday
    }
}
