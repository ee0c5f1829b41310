import Calendar
import Decode
import Kafka

/// What a range of a topic tells: a ledger for each slot, and how much of the slot was there.
struct TopicLedgers: MessageSink {
    private(set) var ledgers: SlotLedgers
    var partitionCount = 1
    private var mark = MessageMark(time: 0, order: 0)
    private var told: [Slot: SlotSeconds] = [:]
    /// Of the slot that the last events were of; in `told` it is when another comes.
    private var current: SlotSeconds?
    private var lost: [(from: Int64?, to: Int64?)] = []
    /// By the slots of messages, those with posts of other times.
    private var strangers: [Slot: Int] = [:]

    init(_ ledgers: SlotLedgers) { self.ledgers = ledgers }

    mutating func begin(_ mark: MessageMark) { self.mark = mark }

    mutating func record(_ event: consuming StreamEvent) {
        let time = Timestamp(microseconds: event.microseconds ?? mark.time)
        ledgers.record(event, at: mark.order, mark.time)
        if let slot = ledgers.keep(slotOf: mark.time), !slot.contains(time) {
            strangers[slot, default: 0] += 1
        }
        guard let slot = ledgers.slot, slot.contains(time) else { return }
        if current?.slot != slot {
            if let current { told[current.slot] = current }
            current = told[slot] ?? SlotSeconds(slot)
        }
        current?.take(slot.start.microseconds + Int64(time.seconds(since: slot.start)) * 1_000_000)
    }

    /// The partition no longer has what it had in this stretch, in milliseconds.
    mutating func lose(from start: Int64?, to end: Int64?) { lost.append((start, end)) }

    /// Whether all is gone that was to be read.
    var isLost: Bool { !lost.isEmpty && ledgers.recordCount == 0 }

    /// What was there of a slot.
    func extent(of slot: Slot) -> TopicExtent {
        let known = current?.slot == slot ? current : told[slot]
        var extent = TopicExtent(seconds: known ?? SlotSeconds(slot))
        for (start, end) in lost { extent.lose(from: start, to: end) }
        extent.strangers = strangers[slot] ?? 0
        return extent
    }
}
