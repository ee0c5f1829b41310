import Calendar

/// The splits of one stream, read side by side: records that tell no time belong to the slot of the record before them,
/// which may be another split's last.
struct SplitQueue: Sendable {
    /// By the splits' numbers: the slot of the last record up to a split's end; nil within if none tells a time so far.
    private var ends: [Int: Slot?] = [:]
    private var waiting: [Int: SlotLedgers] = [:]
    /// Of the first split that has one.
    private var first: (number: Int, slot: Slot)?

    /// Takes in what was read of a split; returns those of which each record's slot is known now.
    mutating func add(
        _ ledgers: SlotLedgers, at number: Int
    ) -> [(number: Int, ledgers: SlotLedgers)] {
        waiting[number] = ledgers
        if let slot = ledgers.firstSlot, number <= first?.number ?? number {
            first = (number, slot)
        }
        var known: [(number: Int, ledgers: SlotLedgers)] = []
        for number in waiting.keys.sorted() {
            guard var ledgers = waiting[number] else { continue }
            let before: Slot?? = number == 0 ? .some(nil) : ends[number - 1]
            if let before { ledgers.settle(after: before) }
            if let end = ledgers.lastSlot.map(Optional.some) ?? before { ends[number] = .some(end) }
            guard ledgers.isSettled else { continue }
            waiting[number] = nil
            known.append((number, ledgers))
        }
        return known
    }

    /// The rest, when all are read: they come before all that tell a time, or nothing does.
    ///
    /// - Parameter neighbour: the slot of what lies beside a split elsewhere; asked only where no split has one.
    mutating func end(
        _ neighbour: (Int) throws -> Slot?
    ) rethrows -> [(number: Int, ledgers: SlotLedgers)] {
        defer { waiting = [:] }
        return try waiting.sorted { $0.key < $1.key }.map { number, ledgers in
            var ledgers = ledgers
            ledgers.settle(after: try first?.slot ?? neighbour(number))
            return (number, ledgers)
        }
    }
}
