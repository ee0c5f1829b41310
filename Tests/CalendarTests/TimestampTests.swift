import Support
import Testing

@testable import Calendar

@Suite("Timestamp")
struct TimestampTests {
    @Test(
        "reads and writes UTC with whole seconds",
        arguments: [
            ("1970-01-01T00:00:00Z", 0), ("1969-12-31T23:59:59Z", -1),
            ("2026-11-22T18:00:00Z", 1_795_370_400), ("2001-09-09T01:46:40Z", 1_000_000_000),
            ("0001-01-01T00:00:00Z", -62_135_596_800), ("9999-12-31T23:59:59Z", 253_402_300_799),
        ])
    func roundTrip(text: String, seconds: Int64) throws {
        #expect(Timestamp(text)?.secondsSinceEpoch == seconds)
        #expect(Timestamp(secondsSinceEpoch: seconds).description == text)
        #expect(Timestamp.writable.contains(seconds))
    }

    @Test("writes what it reads back, for random instants of all writable years")
    func randomRoundTrip() {
        var random = SeededRandom(1)
        for _ in 0..<5000 {
            let time = Timestamp(
                secondsSinceEpoch: .random(in: Timestamp.writable, using: &random))
            #expect(Timestamp(time.description) == time)
            #expect(Timestamp(time.date, secondOfDay: time.secondOfDay) == time)
        }
    }

    @Test(
        "takes no other text for a time",
        arguments: [
            "", "2026-11-22", "2026-11-22T18:00:00", "2026-11-22 18:00:00Z", "2026-11-22T18:00:00z",
            "2026-11-22T24:00:00Z", "2026-11-22T18:60:00Z", "2026-11-22T18:00:60Z",
            "2026-11-22T18:00:00.0Z", "2026-11-22T18:00:00+00:00", "2026-02-30T00:00:00Z",
            "2026-11-22T+8:00:00Z", "2026-11-22T18:-1:00Z", "0000-01-01T00:00:00Z",
            "2026-11-22T18:00:0\u{0}Z", "éé26-11-22T18:00:0Z",
        ])
    func refuses(text: String) {
        #expect(Timestamp(text) == nil)
    }

    @Test("knows its hour, minute and second, before 1970 too")
    func parts() throws {
        let late = try #require(Timestamp("1969-12-31T23:58:57Z"))
        #expect([late.hour, late.minute, late.second] == [23, 58, 57])
        #expect((late + 64).description == "1970-01-01T00:00:01Z")
        #expect((late + 64).seconds(since: late) == 64)
        #expect(late < late + 1)
    }
}
