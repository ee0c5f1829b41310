import Calendar
import Decode
import Tally

/// What was read of a slot of a topic.
struct TopicSpan: MessageSink, Sendable {
    let slot: Slot
    private(set) var ledger: PostLedger
    private(set) var intake = Intake()
    private(set) var extent: TopicExtent
    private let range: Range<Int64>
    private var mark = MessageMark(time: 0, order: 0)

    init(_ slot: Slot, rules: CountingRules) {
        self.slot = slot
        range = slot.start.microseconds..<slot.end.microseconds
        ledger = PostLedger(rules: rules)
        extent = TopicExtent(seconds: SlotSeconds(slot))
    }

    mutating func begin(_ mark: MessageMark) { self.mark = mark }

    mutating func record(_ event: consuming StreamEvent) {
        intake.take(event)
        let time = event.microseconds ?? mark.time
        guard range.contains(time) else {
            if range.contains(mark.time) { extent.strangers += 1 }
            return
        }
        extent.seconds.take(time)
        ledger.begin(at: mark.order)
        ledger.record(event)
    }

    /// A partition no longer has what it had in this stretch, in milliseconds.
    mutating func lose(from start: Int64?, to end: Int64?) { extent.lose(from: start, to: end) }

    /// The finished window; see `TopicExtent`.
    func closed(
        by source: String, partitionCount: Int, isLate: Bool, keeping top: Int
    ) throws -> ClosedWindow {
        extent.closed(
            by: source, partitionCount: partitionCount, isLate: isLate,
            try ledger.tally(keeping: top))
    }
}
