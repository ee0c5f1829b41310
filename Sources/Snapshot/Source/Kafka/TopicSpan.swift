import Calendar
import Decode
import Tally

/// What was read of a slot of a topic.
struct TopicSpan: MessageSink, Sendable {
    let slot: Slot
    private(set) var ledger: PostLedger
    private(set) var seconds: SlotSeconds
    private(set) var intake = Intake()
    /// Messages of posts of other times, though they lay where the slot's should.
    private(set) var strangers = 0
    /// Stretches of the slot that a partition no longer holds, in microseconds.
    private(set) var lost: [Range<Int64>] = []
    private let range: Range<Int64>
    private var mark = MessageMark(time: 0, order: 0)

    init(_ slot: Slot, rules: CountingRules) {
        self.slot = slot
        range = slot.start.microseconds..<slot.end.microseconds
        ledger = PostLedger(rules: rules)
        seconds = SlotSeconds(slot)
    }

    mutating func begin(_ mark: MessageMark) { self.mark = mark }

    mutating func record(_ event: consuming StreamEvent) {
        intake.take(event)
        let time = event.microseconds ?? mark.time
        guard range.contains(time) else {
            if range.contains(mark.time) { strangers += 1 }
            return
        }
        seconds.take(time)
        ledger.begin(at: mark.order)
        ledger.record(event)
    }

    /// A partition no longer has what it had in this stretch, in milliseconds.
    mutating func lose(from start: Int64?, to end: Int64?) {
        let start = max(start.map { $0 * 1000 } ?? range.lowerBound, range.lowerBound)
        let end = min(end.map { $0 * 1000 } ?? range.upperBound, range.upperBound)
        if start < end { lost.append(start..<end) }
    }

    /// The finished window.
    ///
    /// - Parameters:
    ///   - partitionCount: what one of them has lost is such a share of the whole.
    ///   - isLate: other slots have ended since.
    func closed(
        by source: String, partitionCount: Int, isLate: Bool, keeping top: Int
    ) throws -> ClosedWindow {
        let gaps = seconds.gaps
        var missing = Double(gaps.reduce(0) { $0 + $1.count })
        for lost in lost {
            missing +=
                Double(uncovered(lost, by: seconds.gapTimes)) / 1_000_000 / Double(partitionCount)
        }
        let isMissing = gaps.first?.count == slot.seconds
        let first = gaps.first.flatMap { $0.lowerBound == 0 ? $0.upperBound : nil } ?? 0
        let last =
            gaps.last.flatMap { $0.upperBound == slot.seconds ? $0.lowerBound : nil }
            ?? slot.seconds
        var window = ClosedWindow(
            slot: slot, source: source, start: slot.start + (isMissing ? 0 : first),
            end: slot.start + (isMissing ? 0 : max(first, last)),
            read: Double(slot.seconds) - missing, meant: Double(slot.seconds), isLate: isLate,
            tally: try ledger.tally(keeping: top),
            note: (told(partitionCount) + gaps.map(told)).joined(separator: "; "))
        if isMissing { window.status = .missing }
        return window
    }

    /// How much of the stretch is in no gap, in microseconds.
    private func uncovered(_ lost: Range<Int64>, by gaps: [Range<Int64>]) -> Int64 {
        let length = lost.upperBound - lost.lowerBound
        return gaps.reduce(length) { length, gap in
            let both = gap.clamped(to: lost)
            return length - (both.upperBound - both.lowerBound)
        }
    }

    private func told(_ partitionCount: Int) -> [String] {
        let heads = lost.filter { $0.lowerBound == range.lowerBound }
        let rest = lost.filter { $0.lowerBound != range.lowerBound }
        var told: [String] = []
        if let end = heads.map(\.upperBound).max() {
            told.append(
                "\(share(heads.count, of: partitionCount)) no longer hold what came before "
                    + Timestamp(microseconds: end).clock)
        }
        if let start = rest.map(\.lowerBound).min(), let end = rest.map(\.upperBound).max() {
            told.append(
                "\(share(rest.count, of: partitionCount)) no longer hold what came from "
                    + "\(Timestamp(microseconds: start).clock) to \(Timestamp(microseconds: end).clock)"
            )
        }
        return told
    }

    private func share(_ count: Int, of all: Int) -> String {
        "\(min(count, all)) of \(all) partitions"
    }

    private func told(_ gap: Range<Int>) -> String {
        let (from, to) = (
            (slot.start + gap.lowerBound).clock, (slot.start + gap.upperBound).clock
        )
        if gap.count == slot.seconds { return "nothing of it was to be had" }
        if gap.lowerBound == 0 { return "nothing was to be had before \(to)" }
        if gap.upperBound == slot.seconds { return "nothing was to be had after \(from)" }
        return "nothing was to be had from \(from) to \(to)"
    }
}
