import Calendar
import Synchronization
import Testing

@testable import Snapshot

/// How long a relay waits.
@Suite("Relay")
struct RelayTests {
    /// A paid source, of which nothing is left.
    private struct Spent: PostSource {
        let name = "x"
        let availability = Availability.live

        func check() async -> [SourceCheck] { [] }

        func read(
            _ request: WindowRequest, archive: (ClosedWindow) async throws -> Void
        ) async throws {
            throw SnapshotError.overBudget(limit: "budget of 250 posts")
        }
    }

    private struct Nowhere: RelayTarget {
        func write(_ record: RelayedRecord, isStopped: () -> Bool) {}
        func mark() -> Int { 1 }
        func settled() -> Int? { nil }
    }

    private struct Enough: Error {}

    @Test func `waits for the next slot where the budget is used up`() async throws {
        let schedule = try #require(Schedule(hours: 6))
        let waits = Mutex<[Duration]>([])
        let told = Mutex<[String]>([])
        let relay = Relay(
            of: Spent(), on: schedule, to: Nowhere(), keep: { _ in },
            sleep: { duration in
                // Once a second it is looked at what has arrived.
                if duration == Relay.look { return try await Task.sleep(for: .milliseconds(5)) }
                let count = waits.withLock { waits in
                    waits.append(duration)
                    return waits.count
                }
                if count == 4 { throw Enough() }
            })
        func left() -> Int { schedule.slot(containing: .now()).end.seconds(since: .now()) }
        let before = left()
        await #expect(throws: Enough.self) {
            try await relay.run(from: nil) { line in told.withLock { $0.append(line) } }
        }
        let waited = waits.withLock { $0 }
        #expect(waited[1] == Relay.pause && waited[3] == Relay.pause)
        // Another slot may have begun meanwhile.
        let after = left()
        #expect(after > before || (.seconds(after) ... .seconds(before)).contains(waited[0]))
        #expect(told.withLock { $0.first }?.contains("budget of 250 posts") == true)
    }
}
