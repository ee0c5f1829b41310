/// The removed accounts of all parts of a window.
struct AccountRemovals: Sendable {
    /// Deletions and removals undo nothing: `--keep-deleted`.
    let areIgnored: Bool
    private var removals = HashTable<Removal>()

    private struct Removal {
        var upTo: Int64
        var arrival: Arrival
    }

    init(of ledgers: [PostLedger], areIgnored: Bool) {
        self.areIgnored = areIgnored
        for (index, ledger) in ledgers.enumerated() {
            for (author, removal) in ledger.removals {
                let arrival = Arrival(ledger: index, record: Int64(removal.record))
                let known = removals[author]
                let whole = Removal(
                    upTo: max(known?.upTo ?? removal.upTo, removal.upTo),
                    arrival: known?.arrival ?? arrival)
                removals.updateValue(whole, forKey: author)
            }
        }
    }

    /// When it was first said that the post's author is gone; nil if that does not take it out.
    func arrival(of version: LedgerEntry) -> Arrival? {
        guard let author = version.author, let removal = removals[author] else { return nil }
        return version.time.map { $0 <= removal.upTo } ?? true ? removal.arrival : nil
    }
}
