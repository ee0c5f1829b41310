import Glibc

/// The second in which a request is signed, in UTC.
public struct SigningTime: Hashable, Sendable {
    public var secondsSinceEpoch: Int

    public init(secondsSinceEpoch: Int) {
        self.secondsSinceEpoch = secondsSinceEpoch
    }

    /// The system's clock.
    public static func now() -> SigningTime {
        SigningTime(secondsSinceEpoch: time(nil))
    }

    /// `20260122T183000Z`
    public var stamp: String {
        let (year, month, day) = date
        let second = secondsSinceEpoch - days * 86_400
        return digits(year, 4) + digits(month, 2) + digits(day, 2) + "T"
            + digits(second / 3600, 2) + digits(second / 60 % 60, 2) + digits(second % 60, 2) + "Z"
    }

    /// `20260122`
    public var day: String { String(stamp.prefix(8)) }

    /// Reads what `stamp` writes.
    public init?(stamp: String) {
        let bytes = Array(stamp.utf8)
        guard bytes.count == 16, bytes[8] == UInt8(ascii: "T"), bytes[15] == UInt8(ascii: "Z"),
            let year = number(bytes[0..<4]), let month = number(bytes[4..<6]),
            let day = number(bytes[6..<8]), let hour = number(bytes[9..<11]),
            let minute = number(bytes[11..<13]), let second = number(bytes[13..<15])
        else { return nil }
        self.init(year, month, day, hour, minute, second)
    }

    /// Reads a time of XML and JSON answers (ISO 8601), `2026-01-22T18:30:00Z`, with or without a
    /// fraction of the second, which is dropped, and with `Z` or a distance from UTC: `+01:00`,
    /// `-0330`, `+01`.
    public init?(iso8601 text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count >= 20, bytes[4] == 0x2D, bytes[7] == 0x2D,
            "Tt ".utf8.contains(bytes[10]), bytes[13] == 0x3A, bytes[16] == 0x3A,
            let year = number(bytes[0..<4]), let month = number(bytes[5..<7]),
            let day = number(bytes[8..<10]), let hour = number(bytes[11..<13]),
            let minute = number(bytes[14..<16]), let second = number(bytes[17..<19])
        else { return nil }
        var rest = bytes[19...]
        if let mark = rest.first, ".,".utf8.contains(mark) {
            let fraction = rest.dropFirst().prefix { (0x30...0x39).contains($0) }
            guard !fraction.isEmpty else { return nil }
            rest = rest[fraction.endIndex...]
        }
        guard let distance = Self.distance(rest) else { return nil }
        self.init(year, month, day, hour, minute, second)
        secondsSinceEpoch -= distance
    }

    /// Seconds before UTC; nil if the text says nothing of it.
    private static func distance(_ text: ArraySlice<UInt8>) -> Int? {
        guard let sign = text.first else { return nil }
        if text.count == 1 { return "Zz".utf8.contains(sign) ? 0 : nil }
        guard "+-".utf8.contains(sign) else { return nil }
        var digits = Array(text.dropFirst())
        if digits.count == 5, digits[2] == 0x3A { digits.remove(at: 2) }
        if digits.count == 2 { digits += "00".utf8 }
        guard digits.count == 4, let hours = number(digits[..<2]), hours < 24,
            let minutes = number(digits[2...]), minutes < 60
        else { return nil }
        return (sign == 0x2B ? 1 : -1) * (hours * 3600 + minutes * 60)
    }

    /// Reads a Date header, `Sun, 06 Nov 1994 08:49:37 GMT` (RFC 9110 §5.6.7).
    public init?(httpDate: String) {
        let months = [
            "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
        ]
        let words = httpDate.utf8.split { $0 == 0x20 || $0 == 0x3A }
        guard words.count == 8, String(words[7]) == "GMT", let day = number(words[1]),
            let month = months.firstIndex(of: String(words[2]) ?? ""), let year = number(words[3]),
            let hour = number(words[4]), let minute = number(words[5]),
            let second = number(words[6])
        else { return nil }
        self.init(year, month + 1, day, hour, minute, second)
    }

    private init?(
        _ year: Int, _ month: Int, _ day: Int, _ hour: Int, _ minute: Int, _ second: Int
    ) {
        guard (1...12).contains(month), (1...31).contains(day), (0...23).contains(hour),
            (0...59).contains(minute), (0...60).contains(second)
        else { return nil }
        // Days since 1970-01-01 in the proleptic Gregorian calendar, counted in years that begin in
        // March.
        let shifted = year - (month <= 2 ? 1 : 0)
        let yearOfEra = shifted % 400
        let dayOfYear = (153 * ((month + 9) % 12) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        let days = shifted / 400 * 146_097 + dayOfEra - 719_468
        secondsSinceEpoch = days * 86_400 + hour * 3600 + minute * 60 + second
    }

    private var days: Int { (secondsSinceEpoch - (secondsSinceEpoch < 0 ? 86_399 : 0)) / 86_400 }

    private var date: (year: Int, month: Int, day: Int) {
        let shifted = days + 719_468
        let era = shifted / 146_097
        let dayOfEra = shifted % 146_097
        let yearOfEra =
            (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let month = (5 * dayOfYear + 2) / 153
        return (
            era * 400 + yearOfEra + (month >= 10 ? 1 : 0), (month + 2) % 12 + 1,
            dayOfYear - (153 * month + 2) / 5 + 1
        )
    }
}

private func digits(_ number: Int, _ width: Int) -> String {
    let text = String(number)
    return String(repeating: "0", count: max(0, width - text.utf8.count)) + text
}

private func number(_ digits: some Sequence<UInt8>) -> Int? {
    var value = 0
    for digit in digits {
        guard (0x30...0x39).contains(digit), value < 1_000_000 else { return nil }
        value = value * 10 + Int(digit - 0x30)
    }
    return value
}
