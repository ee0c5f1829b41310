import Calendar
import Support
import Testing

@testable import Archive

struct SourceMonthTests {
    private static let start = Timestamp(secondsSinceEpoch: 1_795_305_600)
    private static func slot(_ number: Int) -> Timestamp { start + number * 21_600 }

    /// What a source that has windows in these slots comes to, of a hundred slots.
    private func counts(
        _ statuses: [Int: WindowStatus], isConfigured: Bool = true
    ) -> [Int] {
        let rows = statuses.map {
            WindowRow(
                slot: Self.slot($0), source: "a", start: Self.slot($0), end: Self.slot($0 + 1),
                status: $1, coverage: 1, posts: 1, tagged: 1, accounts: 1, tags: 1, duplicates: 0,
                dropped: 0, reconnects: 0, version: "1")
        }
        let slots = rows.map(\.slot)
        let month = SourceMonth(
            of: slots.min().flatMap { first in slots.max().map { first...$0 } },
            isConfigured: isConfigured, newest: Self.slot(99), .everySixHours
        ) { range in rows.filter { range.contains($0.slot) } }
        return [month.count(.complete, .backfilled), month.count(.partial), month.count(.missing)]
    }

    @Test func `counts the slots that were due in thirty days, up to the newest of all sources`() {
        #expect(counts([:]) == [0, 0, 0])
        #expect(counts([99: .complete]) == [1, 0, 0])
        // Of slots without a row, those since its first window alone.
        #expect(counts([90: .partial, 95: .backfilled, 96: .missing]) == [1, 1, 8])
        // Older than a month.
        #expect(counts([-200: .complete, 2: .complete, 99: .complete]) == [2, 0, 118])
        #expect(counts([-20: .complete, -21: .complete, 99: .complete]) == [2, 0, 118])
    }

    @Test func `one that is configured no longer was due up to its last window`() {
        #expect(counts([90: .complete, 92: .complete], isConfigured: false) == [2, 0, 1])
    }
}
