import Archive
import Calendar

/// Counts the posts of a paid stream, which are paid for before they are read.
///
/// They are reserved some at a time, so that a run that is killed has paid for all it read, and a relay and a snapshot
/// of one source at once spend its budget together.
struct PostMeter: Sendable {
    /// Keeps that posts were reserved, or given back, and returns once that is durable.
    typealias Pay = @Sendable (_ reserved: Int, _ returned: Int) throws(ArchiveError) -> Void

    /// How many posts are reserved at once: so many too many a killed run may have paid for.
    static let portion = 100

    /// Why no more may be read, for people.
    let limit: String
    /// Posts that were read.
    private(set) var posts = 0
    private let pay: Pay
    /// How many posts may be reserved now; others pay out of the same budget.
    private let look: @Sendable () throws(ArchiveError) -> Int
    /// What it said last, less what was reserved since.
    private var left: Int
    private var reserved = 0

    /// - Parameters:
    ///   - left: how many posts may be read.
    ///   - look: how many may be reserved now.
    init(
        left: Int, limit: String, look: @escaping @Sendable () throws(ArchiveError) -> Int,
        pay: @escaping Pay
    ) {
        (self.left, self.limit) = (left, limit)
        (self.look, self.pay) = (look, pay)
    }

    /// What the budget leaves of a slot, paid for in the log.
    init(
        of source: String, slot: Timestamp, budget: XBudget, log: SpendingLog
    ) throws(ArchiveError) {
        let look = { @Sendable () throws(ArchiveError) in
            budget.left(after: try log.spent(on: source, slot: slot))
        }
        let pay = { @Sendable (reserved: Int, returned: Int) throws(ArchiveError) in
            try log.append(
                SpendingRow(slot: slot, source: source, reserved: reserved, returned: returned))
        }
        let (left, limit) = try look()
        self.init(
            left: left, limit: limit, look: { () throws(ArchiveError) in try look().posts },
            pay: pay)
    }

    /// Whether the budget is used up.
    var isExhausted: Bool { left == 0 && reserved == posts }

    /// Pays for the next posts, if none are paid for.
    mutating func reserve() throws(ArchiveError) {
        guard reserved == posts, left > 0 else { return }
        left = try look()
        guard left > 0 else { return }
        let portion = min(Self.portion, left)
        try pay(portion, 0)
        reserved += portion
        left -= portion
    }

    /// Takes one post that was paid for.
    mutating func take() { posts += 1 }

    /// Gives back what was paid for and not read.
    mutating func settle() throws(ArchiveError) {
        guard reserved > posts else { return }
        try pay(0, reserved - posts)
        reserved = posts
    }
}
