import Archive

/// Counts the posts of a paid stream, and pays for them before they are read.
///
/// Posts are reserved on disk some at a time, so that a run that is killed has paid for all it read.
struct PostMeter: Sendable {
    /// How many posts are reserved at once: so many too many a killed run may have paid for.
    private static let portion = 100

    private let log: SpendingLog
    private let source: String
    private let slot: Timestamp
    /// Posts that may still be reserved.
    private var left: Int
    private var reserved = 0
    /// Posts that were read.
    private(set) var posts = 0
    /// Why no more may be read, for people.
    let limit: String

    init(
        of source: String, slot: Timestamp, budget: XBudget, log: SpendingLog
    ) throws(ArchiveError) {
        self.log = log
        self.source = source
        self.slot = slot
        (left, limit) = budget.left(after: try log.spent(on: source, slot: slot))
    }

    /// Whether the budget is used up.
    var isExhausted: Bool { left == 0 && reserved == posts }

    /// Pays for the next posts, if none are paid for.
    mutating func reserve() throws(ArchiveError) {
        guard reserved == posts, left > 0 else { return }
        let portion = min(Self.portion, left)
        try log.append(SpendingRow(slot: slot, source: source, reserved: portion))
        reserved += portion
        left -= portion
    }

    /// Takes one post that was paid for.
    mutating func take() { posts += 1 }

    /// Gives back what was paid for and not read.
    mutating func settle() throws(ArchiveError) {
        guard reserved > posts else { return }
        try log.append(SpendingRow(slot: slot, source: source, returned: reserved - posts))
        reserved = posts
    }
}
