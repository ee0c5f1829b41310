import Archive
import Calendar

/// Counts the posts of a paid stream, which are paid for before they are read.
///
/// They are reserved some at a time, so that a run that is killed has paid for all it read.
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
    /// Posts that may still be reserved.
    private var left: Int
    private var reserved = 0

    /// - Parameter left: how many posts may be read.
    init(left: Int, limit: String, pay: @escaping Pay) {
        self.left = left
        self.limit = limit
        self.pay = pay
    }

    /// What the budget leaves of a slot, paid for in the log.
    init(
        of source: String, slot: Timestamp, budget: XBudget, log: SpendingLog
    ) throws(ArchiveError) {
        let (left, limit) = budget.left(after: try log.spent(on: source, slot: slot))
        self.init(left: left, limit: limit) { (reserved, returned) throws(ArchiveError) in
            try log.append(
                SpendingRow(slot: slot, source: source, reserved: reserved, returned: returned))
        }
    }

    /// Whether the budget is used up.
    var isExhausted: Bool { left == 0 && reserved == posts }

    /// Pays for the next posts, if none are paid for.
    mutating func reserve() throws(ArchiveError) {
        guard reserved == posts, left > 0 else { return }
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
