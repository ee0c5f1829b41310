/// The counts of a window.
public struct Tally: Sendable {
    /// Posts that count.
    public var posts = 0
    /// Of these, posts with a hashtag that counts.
    public var tagged = 0
    /// Distinct authors of all posts that count.
    public var accounts = 0
    /// Every hashtag counted, in no order.
    public var tags: [TagCount] = []
    public var read = ReadCounts()

    public init() {}

    /// The tags that `rules` list, best first; at most `limit`.
    public func ranked(by rules: CountingRules, limit: Int) -> [TagCount] {
        let listed = tags.filter(rules.lists).sorted(by: rules.rank.precedes)
        return Array(listed.prefix(limit))
    }
}
