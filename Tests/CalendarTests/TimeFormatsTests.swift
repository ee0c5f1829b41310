import Calendar
import Testing

@Suite struct TimeFormatsTests {
    @Test(
        arguments: [
            ("2026-11-22T18:00:00Z", 1_795_370_400_000_000),
            ("2026-11-22T18:00:00z", 1_795_370_400_000_000),
            ("2026-11-22T18:00:00.5Z", 1_795_370_400_500_000),
            ("2026-11-22T18:00:00.1234567Z", 1_795_370_400_123_456),
            ("2026-11-22T18:00:00+00:00", 1_795_370_400_000_000),
            ("2026-11-22T19:30:00+01:30", 1_795_370_400_000_000),
            ("2026-11-22T10:00:00.000-08:00", 1_795_370_400_000_000),
            ("1970-01-01T00:00:00.000001Z", 1),
            ("1969-12-31T23:59:59.999999Z", -1),
            ("2026-11-22T18:00:00.1234567890123456789Z", 1_795_370_400_123_456),
            ("0001-01-01T00:00:00Z", -62_135_596_800_000_000),
            ("9999-12-31T23:59:59.999999Z", 253_402_300_799_999_999),
        ] as [(String, Int64)])
    func `RFC 3339 is read to the microsecond, or to the second before it`(
        _ text: String, microseconds: Int64
    ) {
        #expect(Timestamp.microseconds(rfc3339: Array(text.utf8).span) == microseconds)
        #expect(Timestamp(rfc3339: text) == Timestamp(microseconds: microseconds))
    }

    @Test(
        arguments: [
            "", "Z", "2026-11-22", "2026-11-22T18:00:00", "2026-11-22T18:00:00.Z",
            "2026-11-22T18:00:00.5", "2026-11-22 18:00:00Z", "Sun, 06 Nov 1994 08:49:37 GMT",
            "2026-11-22T18:00:00+0100", "2026-11-22T18:00:00+24:00", "2026-11-22T18:00:00+00:60",
            "2026-11-22T18:00:00+-1:00", "2026-11-22T18:00:00 01:00", "1994-13-06T08:49:37Z",
            "2026-11-22T18:00:00ZZ", "2026-11-22T18:00:00+00:00:00", "2026-02-29T18:00:00Z",
            "0000-01-01T00:00:00Z", "1994-11-06T08:49:\u{301}7Z",
            "10000-01-01T00:00:00Z", "2026-11-22T24:00:00Z", "２026-11-22T18:00:00Z",
            "2026-11-22T18:00:0\u{0}Z", "2026-11-22T18:00:00é",
            "2026-11-22T18:00:00.123456789012345678901234567890Z",
        ])
    func `Nothing else is taken for RFC 3339`(_ text: String) {
        #expect(Timestamp.microseconds(rfc3339: Array(text.utf8).span) == nil)
        #expect(Timestamp(rfc3339: text) == nil)
    }

    @Test(arguments: [
        ("Sun, 06 Nov 1994 08:49:37 GMT", 784_111_777), ("Thu, 01 Jan 1970 00:00:00 GMT", 0),
        ("Thu, 29 Feb 2024 23:59:59 GMT", 1_709_251_199),
        ("Fri, 31 Dec 9999 23:59:59 GMT", 253_402_300_799),
        ("Mon, 01 Jan 0001 00:00:00 GMT", -62_135_596_800),
    ])
    func `A date of HTTP and of feeds is read and written`(_ text: String, seconds: Int64) {
        #expect(Timestamp(httpDate: text)?.secondsSinceEpoch == seconds)
        #expect(Timestamp(secondsSinceEpoch: seconds).httpDate == text)
    }

    @Test(arguments: [
        "", "now", "Sun, 06 Nov 1994 08:49:37 CET", "Sun, 06 Now 1994 08:49:37 GMT",
        "Sun, 99 Nov 1994 08:49:37 GMT", "Sun, 30 Feb 1994 08:49:37 GMT",
        "Sun, 06 Nov 99999999999999999999 08:49:37 GMT", "Sun, 06 Nov 1994 24:00:00 GMT",
        "Sun, 6 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT",
        "Sun Nov  6 08:49:37 1994", "Sun, 06 Nov 1994 08:49:3\u{301} GMT",
    ])
    func `Nothing else is taken for a date of HTTP`(_ text: String) {
        #expect(Timestamp(httpDate: text) == nil)
    }

    @Test(arguments: [
        ("Wed Oct 10 20:19:24 +0000 2018", 1_539_202_764), ("Thu Jan 01 00:00:01 +0000 1970", 1),
    ])
    func `The form of X is read`(_ text: String, seconds: Int64) {
        #expect(Timestamp(twitter: Array(text.utf8).span)?.secondsSinceEpoch == seconds)
    }

    @Test(arguments: [
        "", " ", "Wed Oct 10 20:19:24 2018", "Wed Oct 10 20:19:24 +0100 2018",
        "Wed Foo 10 20:19:24 +0000 2018", "Wed Oct 10 20:19:24 -0000 2018",
        "Wed Oct 32 20:19:24 +0000 2018", "Wed Oct 1 20:19:24 +0000 2018",
        "Wed Oct 10 25:19:24 +0000 2018", "Wed Oct 10 20:19:24 +0000 20185",
        "Wed Oct -1 20:19:24 +0000 2018", "2018-10-10T20:19:24Z",
        "Wed\u{0}Oct 10 20:19:24 +0000 2018",
    ])
    func `Nothing else is taken for the form of X`(_ text: String) {
        #expect(Timestamp(twitter: Array(text.utf8).span) == nil)
    }

    @Test(arguments: [
        (0, "19700101T000000Z"), (951_782_400, "20000229T000000Z"),
        (1_440_938_160, "20150830T123600Z"), (1_709_251_199, "20240229T235959Z"),
        (4_107_542_400, "21000301T000000Z"), (-1, "19691231T235959Z"),
    ])
    func `The basic form is read and written`(_ seconds: Int64, text: String) {
        #expect(Timestamp(secondsSinceEpoch: seconds).basic == text)
        #expect(Timestamp(basic: text)?.secondsSinceEpoch == seconds)
    }

    @Test(arguments: [
        "", "2015-08-30T12:36:00Z", "20150830T123600", "20150830t123600Z", "20150230T123600Z",
        "20150830T243600Z", "20150830T123660Z", "2015083OT123600Z", "20150830T12360\u{301}",
    ])
    func `Nothing else is taken for the basic form`(_ text: String) {
        #expect(Timestamp(basic: text) == nil)
    }

    @Test(arguments: [
        ("2026-11-22", "November", "Nov", "Sunday"), ("2024-02-29", "February", "Feb", "Thursday"),
        ("2027-01-04", "January", "Jan", "Monday"),
    ])
    func `Months and days of the week have English names`(
        _ text: String, month: String, short: String, weekday: String
    ) throws {
        let date = try #require(CivilDate(text))
        #expect(
            [date.monthName, date.shortMonthName, date.weekdayName] == [month, short, weekday])
    }
}
