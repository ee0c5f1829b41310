/// The best of any number of tags, and how many were held back and why.
struct BestTags: Sendable {
    private let rules: CountingRules
    private let limit: Int
    /// At most twice `limit`, the surplus dropped now and then.
    private var kept: [TagCount] = []
    private(set) var heldBack: [TagHoldReason: Int] = [:]

    init(rules: CountingRules, limit: Int) {
        self.rules = rules
        self.limit = max(1, limit)
    }

    mutating func add(_ tag: TagCount) {
        if let reason = rules.holdReason(of: tag) {
            heldBack[reason, default: 0] += 1
            return
        }
        kept.append(tag)
        if kept.count >= limit * 2 { kept = ranked }
    }

    mutating func merge(_ other: BestTags) {
        heldBack.merge(other.heldBack, uniquingKeysWith: +)
        kept += other.kept
        kept = ranked
    }

    /// The best, best first.
    var ranked: [TagCount] { Array(kept.sorted(by: rules.rank.precedes).prefix(limit)) }
}
