import Calendar
import Testing

@testable import SiteGen

struct WordingTests {
    @Test(arguments: [
        (0, "0"), (1, "1"), (2, "2+"), (4, "2+"), (5, "5+"), (19, "10+"), (20, "20+"),
        (999, "500+"),
        (1000, "1,000+"), (2_345_678, "2,000,000+"),
    ])
    func `tells counts of the index by the last round one`(value: Int, text: String) {
        #expect(Wording.atLeast(value) == text)
    }

    @Test(arguments: [
        (0, "0"), (999, "999"), (1000, "1,000"), (1_234_567, "1,234,567"), (-1000, "-1,000"),
    ])
    func `groups digits by three`(value: Int, text: String) {
        #expect(Wording.number(value) == text)
    }

    @Test(arguments: [(1.0, "100%"), (0.99999, "99.9%"), (0.713, "71.3%"), (0.0, "0.0%")])
    func `never rounds a share up to the whole`(share: Double, text: String) {
        #expect(Wording.percent(share) == text)
    }

    @Test(arguments: [
        (3000, "50 min"), (21_600, "6 h"), (5400, "1 h 30 min"), (20, "20 s"), (0, "0 s"),
    ])
    func `says how long`(seconds: Int, text: String) {
        #expect(Wording.duration(seconds: seconds) == text)
    }

    @Test func `writes times in the forms of pages and feeds`() throws {
        let slot = try time("2026-11-22T18")
        #expect(Wording.day(slot.date) == "22 November 2026")
        #expect(Wording.hours(slot, .everySixHours) == "18:00–24:00")
        #expect(Wording.hours(slot + 10_800, .everySixHours) == "21:00–24:00")
        #expect(Wording.shortMoment(slot - 64_800, .everySixHours) == "22 Nov, 00:00–06:00")
        #expect(Wording.clockAndDay(slot) == "18:00 UTC on 22 November 2026")
        #expect(Wording.clock(slot + 21_600, endingDay: true) == "24:00")
        #expect(Wording.clock(slot + 21_600) == "00:00")
    }
}
