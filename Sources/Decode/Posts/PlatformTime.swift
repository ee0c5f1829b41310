import Calendar

/// Times as the platforms write them, in microseconds since 1970, UTC.
enum PlatformTime {
    /// RFC 3339, `2026-11-22T18:00:00.123+01:00`; nil for anything else.
    static func rfc3339(_ text: JSONText) -> Int64? {
        Timestamp.microseconds(rfc3339: text.bytes.span)
    }

    /// A time as the platform writes it, or as MongoDB's exports do: ISO 8601, or milliseconds since 1970.
    @inline(__always)
    static func of(_ value: some JSONNode, _ read: (JSONText) -> Int64?) -> Int64? {
        value.text.flatMap(read) ?? (value.isObject ? exported(value) : nil)
    }

    private static func exported(_ value: some JSONNode) -> Int64? {
        value.wrappedNumber.flatMap(milliseconds)
            ?? value.unwrapped.text.flatMap {
                rfc3339($0) ?? Timestamp(iso8601: $0.string)?.microseconds
            }
    }

    /// Twitter's `Wed Oct 10 20:19:24 +0000 2018`; nil for anything else.
    static func twitter(_ text: JSONText) -> Int64? {
        Timestamp(twitter: text.bytes.span)?.microseconds
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
}
