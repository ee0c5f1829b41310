import Calendar
import Testing

@testable import SiteGen

struct DayViewTests {
    @Test func `its cards and its lists say the same of a slot, and where nothing was unusual`()
        async throws
    {
        try await withSite { site in
            let start = try time("2026-11-02T00")
            try site.archive("2026-11-02T00", "east", tags: ["art", "sea"])
            for (slot, score) in [(start + 21_600, 1.0), (start + 43_200, 50)] {
                try site.archive(
                    slot, of: "east", [("film", 80, 70, 1), ("sea", 70, 70, 1), ("a", 9, 9, 1)])
                try site.archive(slot, of: "west", [("film", 60, 60, 1), ("quake", 50, 5, score)])
            }
            let day = DayView(start.date, try site.site(), Linker(depth: 3))
            #expect(
                day.slots.map(\.leaders) == [
                    ["#art", "#sea"], ["a usual hour:", "#film", "#sea", "#quake"], ["#quake"],
                ])
            #expect(
                day.tide.map { $0.leaders.map(\.text) } == [
                    ["art", "sea"], ["film", "sea", "quake"], ["quake"],
                ])
            #expect(day.tide.map(\.isUsual) == [false, true, false])
            #expect(day.tide.map(\.isUnusual) == [false, false, true])
        }
    }
}
