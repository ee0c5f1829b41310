import Archive
import Calendar
import Decode
import Tally

/// A ledger for each slot that recorded posts fall into.
struct SlotLedgers: RecordingSink {
    private let rules: CountingRules
    private let schedule: Schedule
    private var ledgers: [Slot: PostLedger] = [:]
    /// Of each slot's ledger: 1 MiB, as a recording may hold many slots.
    private static let byteBudget = 1 << 20
    private(set) var recordCount = 0
    private(set) var invalidCount = 0
    private var membersLeftOut = MembersLeftOut()
    /// Where records without a time belong: to the slot of the one before them.
    private var current: Slot?
    /// The first and last times of all records.
    private var span: ClosedRange<Timestamp>?

    init(rules: CountingRules, schedule: Schedule) {
        self.rules = rules
        self.schedule = schedule
    }

    mutating func record(_ event: StreamEvent) {
        recordCount += 1
        if case .invalid = event { invalidCount += 1 }
        if let time = event.time {
            current = schedule.slot(containing: time)
            span = span.map { min($0.lowerBound, time)...max($0.upperBound, time) } ?? time...time
        }
        guard let current else { return }
        ledgers[current, default: PostLedger(rules: rules, byteBudget: Self.byteBudget)].record(
            event)
    }

    mutating func leaveOut(_ member: String) { membersLeftOut.add(member) }

    /// The slots with posts, oldest first.
    var slots: [Slot] { ledgers.filter { $0.value.read.deliveries > 0 }.keys.sorted() }

    /// One slot as a window of its source.
    ///
    /// It is covered from the recording's first record to its last: the first and the last slot are
    /// mostly partial, those between complete.
    func window(
        _ slot: Slot, of source: String, keeping limit: Int = TailRow.longest
    ) throws -> ClosedWindow? {
        guard let span, let ledger = ledgers[slot] else { return nil }
        let start = max(slot.start, span.lowerBound)
        let end = min(slot.end, span.upperBound + 1)
        return ClosedWindow(
            slot: slot, source: source, start: start, end: end,
            read: Double(end.seconds(since: start)), meant: Double(slot.seconds),
            tally: try ledger.tally(keeping: limit), note: membersLeftOut.sentence ?? "")
    }
}

extension StreamEvent {
    /// The platform's own time, if the record has one whose day and the next can be written.
    fileprivate var time: Timestamp? {
        let microseconds: Int64? =
            switch self {
            case .post(let post): post.time
            case .deletion(_, _, let time): time
            case .accountRemoval(_, let time): time
            case .notice, .invalid: nil
            }
        guard let seconds = microseconds.map({ $0 / 1_000_000 }),
            Timestamp.writable.contains(seconds), Timestamp.writable.contains(seconds + 86_400)
        else { return nil }
        return Timestamp(secondsSinceEpoch: seconds)
    }
}
