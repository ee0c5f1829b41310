import Archive

/// Times as the platforms write them, in microseconds since 1970, UTC.
enum PlatformTime {
    /// RFC 3339, `2026-11-22T18:00:00.123+01:00`; nil for anything else.
    static func rfc3339(_ text: JSONText) -> Int64? {
        let bytes = text.bytes
        guard bytes.count >= 20, bytes.count <= 40,
            let second = Timestamp(String(decoding: bytes[..<19], as: UTF8.self) + "Z")
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
        return (second.secondsSinceEpoch - offset) * 1_000_000 + microseconds
    }

    /// Twitter's `Wed Oct 10 20:19:24 +0000 2018`; nil for anything else.
    static func twitter(_ text: JSONText) -> Int64? {
        let bytes = text.bytes
        guard bytes.count == 30, [3, 7, 10, 19, 25].allSatisfy({ bytes[$0] == 0x20 }) else {
            return nil
        }
        func field(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }
        guard let month = months[field(4..<7)], field(20..<25) == "+0000",
            let time = Timestamp(
                field(26..<30) + month + field(8..<10) + "T" + field(11..<19) + "Z")
        else { return nil }
        return time.secondsSinceEpoch * 1_000_000
    }

    /// A Date header, `Sun, 06 Nov 1994 08:49:37 GMT` (RFC 9110, section 5.6.7); nil for anything else.
    static func http(_ text: JSONText) -> Int64? {
        let bytes = text.bytes
        guard bytes.count == 29, [4, 7, 11, 16, 25].allSatisfy({ bytes[$0] == 0x20 }) else {
            return nil
        }
        func field(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }
        guard let month = months[field(8..<11)], field(26..<29) == "GMT",
            let time = Timestamp(
                field(12..<16) + month + field(5..<7) + "T" + field(17..<25) + "Z")
        else { return nil }
        return time.secondsSinceEpoch * 1_000_000
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

    private static let months: [String: String] = [
        "Jan": "-01-", "Feb": "-02-", "Mar": "-03-", "Apr": "-04-", "May": "-05-", "Jun": "-06-",
        "Jul": "-07-", "Aug": "-08-", "Sep": "-09-", "Oct": "-10-", "Nov": "-11-", "Dec": "-12-",
    ]
}
