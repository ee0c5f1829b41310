import Archive
import Calendar
import Support
import Testing

@testable import Snapshot

/// What runs that are under way at once pay for.
@Suite("PostMeter")
struct PostMeterTests {
    @Test func `two at once spend one budget together`() async throws {
        try await withTemporaryFolder { path in
            let slot = try #require(Timestamp("2026-11-22T12:00:00Z"))
            let log = SpendingLog(archive: path)
            let budget = XBudget(
                microdollarsPerPost: 5000, posts: 450, cents: 100_000, monthPosts: 10_000,
                monthCents: 100_000)
            var meters = [
                try PostMeter(of: "x", slot: slot, budget: budget, log: log),
                try PostMeter(of: "x", slot: slot, budget: budget, log: log),
            ]
            // Each reads until nothing is left for it.
            while !meters.allSatisfy(\.isExhausted) {
                for index in meters.indices where !meters[index].isExhausted {
                    try meters[index].reserve()
                    if !meters[index].isExhausted { meters[index].take() }
                }
            }
            #expect(meters.map(\.posts).reduce(0, +) == 450)
            #expect(try log.spent(on: "x", slot: slot).slot == 450)
        }
    }
}
