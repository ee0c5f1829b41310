import Text

/// A day of the proleptic Gregorian calendar, in UTC. The text form is `2026-11-22`.
public struct CivilDate: Hashable, Comparable, Sendable {
    public let year: Int
    public let month: Int
    public let day: Int

    /// Nil unless year is 1 to 9999 and the day exists.
    public init?(year: Int, month: Int, day: Int) {
        guard (1...9999).contains(year), (1...12).contains(month),
            day >= 1, day <= Self.days(inMonth: month, of: year)
        else { return nil }
        (self.year, self.month, self.day) = (year, month, day)
    }

    /// Reads `2026-11-22` and nothing else.
    public init?(_ text: some StringProtocol) { self.init(utf8: Array(text.utf8).span) }

    /// Reads the bytes of `2026-11-22` and nothing else.
    public init?(utf8 bytes: Span<UInt8>) {
        guard bytes.count == 10, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"),
            let year = digits(bytes, 0..<4), let month = digits(bytes, 5..<7),
            let day = digits(bytes, 8..<10)
        else { return nil }
        self.init(year: year, month: month, day: day)
    }

    /// The day that many days after 1970-01-01 (era arithmetic of Howard Hinnant's `chrono` paper).
    public init(daysSinceEpoch: Int) {
        let days = daysSinceEpoch + 719_468
        let era = floorDivide(days, 146_097)
        let dayOfEra = days - era * 146_097
        let yearOfEra =
            (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shifted = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * shifted + 2) / 5 + 1
        month = shifted < 10 ? shifted + 3 : shifted - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    }

    /// Days after 1970-01-01, negative before it.
    public var daysSinceEpoch: Int {
        let shiftedYear = month <= 2 ? year - 1 : year
        let era = floorDivide(shiftedYear, 400)
        let yearOfEra = shiftedYear - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
            - 719_468
    }

    /// 0 for Monday to 6 for Sunday.
    public var weekday: Int {
        let days = daysSinceEpoch + 3
        return days - floorDivide(days, 7) * 7
    }

    /// The day that many days later, or earlier if negative.
    public func advanced(by days: Int) -> CivilDate {
        CivilDate(daysSinceEpoch: daysSinceEpoch + days)
    }

    /// 28 to 31.
    public static func days(inMonth month: Int, of year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// Of the month that this day is in, as are the others.
    public var firstOfMonth: CivilDate { advanced(by: 1 - day) }

    public var lastOfMonth: CivilDate { advanced(by: Self.days(inMonth: month, of: year) - day) }

    public var daysOfMonth: [CivilDate] {
        (firstOfMonth.daysSinceEpoch...lastOfMonth.daysSinceEpoch)
            .map(CivilDate.init(daysSinceEpoch:))
    }

    public static func < (left: CivilDate, right: CivilDate) -> Bool {
        (left.year, left.month, left.day) < (right.year, right.month, right.day)
    }
}

extension CivilDate: CustomStringConvertible {
    /// The basic form of ISO 8601, `20261122`.
    public var basic: String { "\(padded(year, 4))\(padded(month, 2))\(padded(day, 2))" }

    public var description: String { "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))" }
}

/// Names in English.
extension CivilDate {
    /// `November`
    public var monthName: String { Self.monthNames[month - 1] }

    /// `Nov`
    public var shortMonthName: String { String(monthName.prefix(3)) }

    /// `Sunday`
    public var weekdayName: String { Self.weekdayNames[weekday] }

    private static let monthNames = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September",
        "October", "November", "December",
    ]
    private static let weekdayNames = [
        "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
    ]
}

/// Division that rounds down, also below zero.
func floorDivide<Number: SignedInteger>(_ dividend: Number, _ divisor: Number) -> Number {
    let quotient = dividend / divisor
    return dividend % divisor < 0 ? quotient - 1 : quotient
}
