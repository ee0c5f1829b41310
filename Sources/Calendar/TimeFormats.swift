import Text

// The ways in which times are written: each is read and written here alone. Text that is a time of
// no day, or of a day that does not exist, is none.

extension Timestamp {
    /// Reads `2026-11-22T18:00:00Z` and nothing else; nil for any other text.
    public init?(_ text: some StringProtocol) { self.init(utf8: Array(text.utf8).span) }

    /// Reads the bytes of `2026-11-22T18:00:00Z` and nothing else.
    public init?(utf8 bytes: Span<UInt8>) {
        guard bytes.count == 20, bytes[10] == UInt8(ascii: "T"), bytes[19] == UInt8(ascii: "Z"),
            let date = CivilDate(utf8: bytes.extracting(0..<10)),
            let second = clockSeconds(bytes, at: 11)
        else { return nil }
        self.init(date, secondOfDay: second)
    }

    /// Reads RFC 3339, `2026-11-22T18:00:00.123+01:00`; a fraction of the second is dropped.
    public init?(rfc3339 text: some StringProtocol) {
        guard let microseconds = Self.microseconds(rfc3339: Array(text.utf8).span) else {
            return nil
        }
        self.init(microseconds: microseconds)
    }

    /// Microseconds since 1970 of RFC 3339, `2026-11-22T18:00:00.123+01:00`; nil for any other text.
    /// Digits after the sixth of a fraction are dropped.
    public static func microseconds(rfc3339 bytes: Span<UInt8>) -> Int64? {
        guard bytes.count >= 20, bytes.count <= 40, bytes[10] == UInt8(ascii: "T"),
            let date = CivilDate(utf8: bytes.extracting(0..<10)),
            let second = clockSeconds(bytes, at: 11)
        else { return nil }
        var end = 19
        var microseconds: Int64 = 0
        if bytes[end] == UInt8(ascii: ".") {
            end += 1
            let start = end
            var unit: Int64 = 100_000
            while end < bytes.count, bytes[end].isASCIIDigit {
                microseconds += Int64(bytes[end] - UInt8(ascii: "0")) * unit
                unit /= 10
                end += 1
            }
            guard end > start else { return nil }
        }
        guard let offset = offset(bytes.extracting(end...)) else { return nil }
        return (Timestamp(date, secondOfDay: second) - offset).microseconds + microseconds
    }

    /// `Z` or `±hh:mm`, in seconds.
    private static func offset(_ bytes: Span<UInt8>) -> Int? {
        if bytes.count == 1 {
            return bytes[0] == UInt8(ascii: "Z") || bytes[0] == UInt8(ascii: "z") ? 0 : nil
        }
        guard bytes.count == 6, bytes[3] == UInt8(ascii: ":"),
            let hours = digits(bytes, 1..<3), hours < 24,
            let minutes = digits(bytes, 4..<6), minutes < 60
        else { return nil }
        let seconds = hours * 3600 + minutes * 60
        return switch bytes[0] {
        case UInt8(ascii: "+"): seconds
        case UInt8(ascii: "-"): -seconds
        default: nil
        }
    }

    /// A date of HTTP (RFC 9110, section 5.6.7), which is also one that RSS allows (RFC 822 with a year of
    /// four digits): `Sun, 06 Nov 1994 08:49:37 GMT`.
    public var httpDate: String {
        let date = date
        return "\(date.weekdayName.prefix(3)), \(padded(date.day, 2)) \(date.shortMonthName) "
            + "\(padded(date.year, 4)) \(clock) GMT"
    }

    /// Reads a date of HTTP and nothing else; the day of the week is not looked at.
    public init?(httpDate text: some StringProtocol) {
        let bytes = Array(text.utf8)
        guard bytes.count == 29, [4, 7, 11, 16, 25].allSatisfy({ bytes[$0] == UInt8(ascii: " ") }),
            bytes[26...].elementsEqual("GMT".utf8),
            let time = Timestamp(bytes.span, day: 5, month: 8, year: 12, clock: 17)
        else { return nil }
        self = time
    }

    /// Reads the bytes of `created_at` in version 1 of X's posts, `Wed Oct 10 20:19:24 +0000 2018`.
    public init?(twitter bytes: Span<UInt8>) {
        guard bytes.count == 30, isSpace(bytes, 3), isSpace(bytes, 7), isSpace(bytes, 10),
            isSpace(bytes, 19), isSpace(bytes, 25), bytes[20] == UInt8(ascii: "+"),
            digits(bytes, 21..<25) == 0
        else { return nil }
        self.init(bytes, day: 8, month: 4, year: 26, clock: 11)
    }

    /// Two digits of a day, the three letters of a month, four digits of a year and an `hh:mm:ss` that
    /// begin at these places.
    private init?(_ bytes: Span<UInt8>, day: Int, month: Int, year: Int, clock: Int) {
        guard let day = digits(bytes, day..<day + 2), let month = monthNumber(bytes, at: month),
            let year = digits(bytes, year..<year + 4),
            let date = CivilDate(year: year, month: month, day: day),
            let second = clockSeconds(bytes, at: clock)
        else { return nil }
        self.init(date, secondOfDay: second)
    }

    /// The basic form of ISO 8601 that signatures of AWS have: `20260122T183000Z`.
    public var basic: String {
        "\(date.basic)T\(padded(hour, 2))\(padded(minute, 2))\(padded(second, 2))Z"
    }

    /// Reads `20260122T183000Z` and nothing else.
    public init?(basic text: some StringProtocol) {
        let bytes = Array(text.utf8)
        guard bytes.count == 16, bytes[8] == UInt8(ascii: "T"), bytes[15] == UInt8(ascii: "Z"),
            let year = digits(bytes.span, 0..<4), let month = digits(bytes.span, 4..<6),
            let day = digits(bytes.span, 6..<8),
            let date = CivilDate(year: year, month: month, day: day),
            let hour = digits(bytes.span, 9..<11), hour < 24,
            let minute = digits(bytes.span, 11..<13), minute < 60,
            let second = digits(bytes.span, 13..<15), second < 60
        else { return nil }
        self.init(date, secondOfDay: hour * 3600 + minute * 60 + second)
    }
}

/// Seconds after midnight of the `hh:mm:ss` that begins at that place; nil if none does.
private func clockSeconds(_ bytes: Span<UInt8>, at place: Int) -> Int? {
    guard bytes[place + 2] == UInt8(ascii: ":"), bytes[place + 5] == UInt8(ascii: ":"),
        let hour = digits(bytes, place..<place + 2), hour < 24,
        let minute = digits(bytes, place + 3..<place + 5), minute < 60,
        let second = digits(bytes, place + 6..<place + 8), second < 60
    else { return nil }
    return hour * 3600 + minute * 60 + second
}

/// 1 to 12 for the English month whose first three letters begin at that place.
private func monthNumber(_ bytes: Span<UInt8>, at place: Int) -> Int? {
    let letters: StaticString = "JanFebMarAprMayJunJulAugSepOctNovDec"
    var name = letters.utf8Start
    for month in 1...12 {
        if bytes[place] == name[0], bytes[place + 1] == name[1], bytes[place + 2] == name[2] {
            return month
        }
        name += 3
    }
    return nil
}

private func isSpace(_ bytes: Span<UInt8>, _ place: Int) -> Bool {
    bytes[place] == UInt8(ascii: " ")
}

/// The number that the digits at these places spell, at most 18; nil if anything else is among them.
func digits(_ bytes: Span<UInt8>, _ places: Range<Int>) -> Int? {
    var number = 0
    for place in places {
        guard bytes[place].isASCIIDigit else { return nil }
        number = number * 10 + Int(bytes[place] - UInt8(ascii: "0"))
    }
    return number
}
