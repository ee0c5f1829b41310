import Calendar
import Text

/// What must hold of a window row by itself.
struct WindowChecks {
    let file: String
    let year: Int
    /// No slot starts later.
    let now: Timestamp
    let rules: ArchiveRules

    func findings(of entry: Numbered<WindowRow>) -> [Finding] {
        let row = entry.row
        var found: [Finding] = []
        func expect(_ holds: Bool, _ check: ArchiveCheck, _ sentence: @autoclosure () -> String) {
            if !holds { found.append(Finding(check, file, line: entry.line, sentence())) }
        }
        expect(
            row.slot.date.year == year, .place,
            "slot: \(row.slot) belongs into windows/\(padded(row.slot.date.year, 4)).csv")
        expect(row.slot.secondOfDay % 3600 == 0, .alignment, "slot: \(row.slot) is not on the hour")
        if let schedule = rules.schedule, let since = rules.scheduleSince, row.slot >= since {
            expect(
                schedule.slot(startingAt: row.slot) != nil, .alignment,
                "slot: none starts at \(row.slot), where slots last \(schedule.hours(at: row.slot)) h"
            )
        }
        let hash = row.rules ?? ""
        expect(
            hash.isEmpty || rules.rows.contains { $0.hash == hash }, .rules,
            "rules: \(ArchiveLayout.rules) does not explain \(quoted(hash))")
        expect(row.slot <= now, .future, "slot: \(row.slot) lies in the future; it is \(now)")
        expect(
            row.start >= row.slot && row.start < row.slot + 86_400, .times,
            "start: \(row.start) is not within a day after the slot's start, \(row.slot)")
        expect(row.end >= row.start, .times, "end: \(row.end) is before the start, \(row.start)")
        expect(
            row.end <= row.slot + 86_400, .times,
            "end: \(row.end) is more than a day after the slot's start, \(row.slot)")
        checkCoverage(row, expect)
        checkSums(row, expect)
        return found
    }

    private typealias Expect = (Bool, ArchiveCheck, @autoclosure () -> String) -> Void

    private func checkCoverage(_ row: WindowRow, _ expect: Expect) {
        let share = FixedPoint.text(row.coverage, decimals: 4)
        guard row.coverage >= 0, row.coverage <= 1 else {
            return expect(false, .coverage, "coverage: \(share) is not from 0 to 1")
        }
        switch row.status {
        case .complete, .backfilled:
            expect(
                row.coverage == 1, .coverage,
                "coverage: \(share) of a window that is \(row.status.rawValue)")
        case .partial:
            expect(row.coverage < 1, .coverage, "coverage: \(share) of a window that is partial")
        case .missing:
            let counts = [
                row.posts, row.tagged, row.accounts, row.tags, row.duplicates, row.dropped,
                row.reconnects, row.held ?? 0,
            ]
            expect(row.coverage == 0, .coverage, "coverage: \(share) of a window that is missing")
            expect(
                counts.allSatisfy { $0 == 0 } && row.start == row.end, .missing,
                "the window is missing, and yet something was counted")
        }
    }

    private func checkSums(_ row: WindowRow, _ expect: Expect) {
        expect(row.tagged <= row.posts, .sums, "tagged: \(row.tagged) of \(row.posts) posts")
        expect(row.accounts <= row.posts, .sums, "accounts: \(row.accounts) of \(row.posts) posts")
        expect(
            (row.tags == 0) == (row.tagged == 0), .sums,
            "tags: \(row.tags) in \(row.tagged) tagged posts")
        if let held = row.held {
            expect(held <= row.tags, .sums, "held: \(held) of \(row.tags) tags")
        }
        if let reasons = row.reasons {
            expect(
                reasons.total == row.dropped, .sums,
                "reasons: \(reasons.total) records in all, where dropped is \(row.dropped)")
        }
    }
}
