import Testing

@testable import Calendar

@Suite("Schedule")
struct ScheduleTests {
    @Test("takes hours that divide the day", arguments: [1, 2, 3, 4, 6, 8, 12, 24])
    func accepts(hours: Int) throws {
        let schedule = try #require(Schedule(hours: hours))
        let day = try #require(CivilDate("2026-11-22"))
        let slots = schedule.slots(of: day)
        #expect(slots.count == 24 / hours)
        #expect(slots.first?.start == Timestamp(day))
        #expect(slots.last?.end == Timestamp(day.advanced(by: 1)))
        for (one, next) in zip(slots, slots.dropFirst()) {
            #expect(one.end == next.start)
            #expect(one.next == next)
            #expect(next.previous == one)
        }
    }

    @Test("takes no others", arguments: [-6, 0, 5, 7, 9, 16, 25, 48, Int.min, Int.max])
    func refuses(hours: Int) {
        #expect(Schedule(hours: hours) == nil)
    }

    @Test(
        "finds the slot of an instant",
        arguments: [
            ("2026-11-22T18:00:00Z", "2026-11-22T18:00:00Z"),
            ("2026-11-22T23:59:59Z", "2026-11-22T18:00:00Z"),
            ("2026-11-23T00:00:00Z", "2026-11-23T00:00:00Z"),
            ("1969-12-31T23:59:59Z", "1969-12-31T18:00:00Z"),
            ("0001-01-01T05:59:59Z", "0001-01-01T00:00:00Z"),
            ("9999-12-31T23:59:59Z", "9999-12-31T18:00:00Z"),
        ])
    func slotOfInstant(time: String, start: String) throws {
        let time = try #require(Timestamp(time))
        let slot = Schedule.everySixHours.slot(containing: time)
        #expect(slot.start.description == start)
        #expect(slot.contains(time))
        #expect(slot.contains(slot.start))
        #expect(!slot.contains(slot.end))
        #expect(Schedule.everySixHours.slot(startingAt: slot.start) == slot)
        #expect(Schedule.everySixHours.slot(startingAt: slot.start + 1) == nil)
    }

    @Test("goes back whole days at the same hour")
    func earlier() throws {
        let start = try #require(Timestamp("2024-03-01T06:00:00Z"))
        let slot = try #require(Schedule.everySixHours.slot(startingAt: start))
        #expect(slot.earlier(days: 1).start.description == "2024-02-29T06:00:00Z")
        #expect(slot.earlier(days: 7).start.description == "2024-02-23T06:00:00Z")
        #expect(slot.earlier(days: 1) < slot)
    }
}
