/// The hashed id of an account.
struct AccountID: Hashable, Comparable {
    var head: UInt64
    /// The second half of an id of 128 bits; 0 of others.
    var tail: UInt64

    static func < (left: AccountID, right: AccountID) -> Bool {
        (left.head, left.tail) < (right.head, right.tail)
    }
}

/// The removed accounts of all parts of a window.
struct AccountRemovals: Sendable {
    /// Up to which time in microseconds an account's posts are taken out.
    private var times = HashTable<Int64>()
    private var names = WideNames()

    init(of ledgers: [PostLedger]) {
        for ledger in ledgers {
            for (account, time) in ledger.removals {
                let author =
                    ledger.isWide ? names.name(account.head, account.tail) : account.head
                times.updateValue(max(times[author] ?? time, time), forKey: author)
            }
        }
    }

    /// Whether the post goes with its author.
    func takeOut(_ version: LedgerEntry) -> Bool {
        guard var author = version.author else { return false }
        if let tails = version.tails {
            guard let name = names.find(author, tails.author) else { return false }
            author = name
        }
        guard let upTo = times[author] else { return false }
        return version.time.map { $0 <= upTo } ?? true
    }
}
