import Archive

/// A ledger for each slot that recorded posts fall into.
struct SlotLedgers: EventSink {
    private let rules: CountingRules
    private let schedule: Schedule
    private var ledgers: [Slot: PostLedger] = [:]
    /// Where records without a time belong: to the slot of the one before them.
    private var current: Slot?
    /// The first and last times of all records.
    private var span: ClosedRange<Timestamp>?

    init(rules: CountingRules, schedule: Schedule) {
        self.rules = rules
        self.schedule = schedule
    }

    mutating func record(_ event: StreamEvent) {
        if let time = event.time {
            current = schedule.slot(containing: time)
            span = span.map { min($0.lowerBound, time)...max($0.upperBound, time) } ?? time...time
        }
        guard let current else { return }
        ledgers[current, default: PostLedger(rules: rules)].record(event)
    }

    /// The slots with posts as windows, oldest first.
    ///
    /// A slot is covered from the recording's first record to its last: the first and the last slot are
    /// mostly partial, those between complete.
    func windows(of source: String, wanted: (Slot) -> Bool) -> [ClosedWindow] {
        guard let span else { return [] }
        return ledgers.keys.sorted().filter(wanted).compactMap { slot in
            guard let tally = ledgers[slot]?.tally(), tally.read.deliveries > 0 else { return nil }
            let start = max(slot.start, span.lowerBound)
            let end = min(slot.end, span.upperBound + 1)
            return ClosedWindow(
                slot: slot, source: source, start: start, end: end,
                read: Double(end.seconds(since: start)), meant: Double(schedule.seconds),
                tally: tally)
        }
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
