import Archive

/// Times as the platforms write them, in microseconds since 1970, UTC.
public enum PlatformTime {
    /// RFC 3339, `2026-11-22T18:00:00.123+01:00`; nil for anything else.
    public static func rfc3339(_ text: JSONText) -> Int64? {
        let bytes = text.bytes
        guard bytes.count >= 20, bytes.count <= 40, bytes[4] == UInt8(ascii: "-"),
            bytes[7] == UInt8(ascii: "-"), bytes[10] == UInt8(ascii: "T"),
            let second = seconds(
                bytes, year: 0, month: number(bytes[5..<7]), day: 8, clock: 11)
        else { return nil }
        var rest = bytes[19...]
        var microseconds: Int64 = 0
        if rest.first == UInt8(ascii: ".") {
            let digits = rest.dropFirst().prefix { $0 >= 0x30 && $0 <= 0x39 }
            guard !digits.isEmpty else { return nil }
            var unit: Int64 = 100_000
            for digit in digits {
                microseconds += Int64(digit - 0x30) * unit
                unit /= 10
            }
            rest = bytes[digits.endIndex...]
        }
        guard let offset = offset(rest) else { return nil }
        return (second - offset) * 1_000_000 + microseconds
    }

    /// Twitter's `Wed Oct 10 20:19:24 +0000 2018`; nil for anything else.
    static func twitter(_ text: JSONText) -> Int64? {
        let bytes = text.bytes
        guard bytes.count == 30, hasSpaces(bytes, 3, 7, 10, 19, 25),
            bytes[20..<25].elementsEqual("+0000".utf8)
        else { return nil }
        return seconds(bytes, year: 26, month: month(bytes[4..<7]), day: 8, clock: 11)
            .map { $0 * 1_000_000 }
    }

    /// A Date header, `Sun, 06 Nov 1994 08:49:37 GMT` (RFC 9110, section 5.6.7); nil for anything else.
    public static func http(_ text: JSONText) -> Int64? {
        let bytes = text.bytes
        guard bytes.count == 29, hasSpaces(bytes, 4, 7, 11, 16, 25),
            bytes[26..<29].elementsEqual("GMT".utf8)
        else { return nil }
        return seconds(bytes, year: 12, month: month(bytes[8..<11]), day: 5, clock: 17)
            .map { $0 * 1_000_000 }
    }

    /// Milliseconds since 1970; nil if they are too many.
    static func milliseconds(_ count: UInt64) -> Int64? {
        Int64(exactly: count).flatMap {
            let (microseconds, overflow) = $0.multipliedReportingOverflow(by: 1000)
            return overflow ? nil : microseconds
        }
    }

    /// The time in a post id of X or Twitter since November 2010: milliseconds above 22 other bits.
    static func snowflake(_ id: UInt64) -> Int64? {
        let milliseconds = id >> 22
        return milliseconds > 0 ? (Int64(milliseconds) + 1_288_834_974_657) * 1000 : nil
    }

    /// `Z` or `±hh:mm`, in seconds.
    private static func offset(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Int64? {
        let text = String(decoding: bytes, as: UTF8.self)
        if text == "Z" || text == "z" { return 0 }
        let parts = text.dropFirst().split(separator: ":", omittingEmptySubsequences: false)
        guard let sign = text.first, sign == "+" || sign == "-", parts.count == 2,
            parts.allSatisfy({ $0.utf8.count == 2 }), let hours = UInt8(parts[0]), hours < 24,
            let minutes = UInt8(parts[1]), minutes < 60
        else { return nil }
        let seconds = Int64(hours) * 3600 + Int64(minutes) * 60
        return sign == "-" ? -seconds : seconds
    }

    /// Seconds since 1970 of the four digits of a year, the two of a day and an `hh:mm:ss` that begin at
    /// these places.
    private static func seconds(
        _ bytes: UnsafeBufferPointer<UInt8>, year: Int, month: Int?, day: Int, clock: Int
    ) -> Int64? {
        guard let month, let year = number(bytes[year..<year + 4]),
            let day = number(bytes[day..<day + 2]),
            let date = CivilDate(year: year, month: month, day: day),
            let hour = number(bytes[clock..<clock + 2]), hour < 24,
            bytes[clock + 2] == UInt8(ascii: ":"),
            let minute = number(bytes[clock + 3..<clock + 5]), minute < 60,
            bytes[clock + 5] == UInt8(ascii: ":"),
            let second = number(bytes[clock + 6..<clock + 8]), second < 60
        else { return nil }
        return Timestamp(date, secondOfDay: hour * 3600 + minute * 60 + second).secondsSinceEpoch
    }

    /// The number that these digits spell.
    private static func number(_ digits: Slice<UnsafeBufferPointer<UInt8>>) -> Int? {
        var number = 0
        for digit in digits {
            guard digit &- 0x30 < 10 else { return nil }
            number = number * 10 + Int(digit - 0x30)
        }
        return number
    }

    private static func month(_ name: Slice<UnsafeBufferPointer<UInt8>>) -> Int? {
        let names: StaticString = "JanFebMarAprMayJunJulAugSepOctNovDec"
        return (1...12).first { month in
            let start = names.utf8Start + (month - 1) * 3
            return name.elementsEqual(UnsafeBufferPointer(start: start, count: 3))
        }
    }

    private static func hasSpaces(_ bytes: UnsafeBufferPointer<UInt8>, _ places: Int...) -> Bool {
        places.allSatisfy { bytes[$0] == 0x20 }
    }
}
