/// The removed accounts of all parts of a window.
struct AccountRemovals: Sendable {
    /// Up to which time in microseconds an account's posts are taken out.
    private var times = HashTable<Int64>()

    init(of ledgers: [PostLedger]) {
        for ledger in ledgers {
            for (author, time) in ledger.removals {
                times.updateValue(max(times[author] ?? time, time), forKey: author)
            }
        }
    }

    /// Whether the post goes with its author.
    func takeOut(_ version: LedgerEntry) -> Bool {
        guard let author = version.author, let upTo = times[author] else { return false }
        return version.time.map { $0 <= upTo } ?? true
    }
}
