import Archive

/// Last pass: posts, distinct accounts and the spelling of each key.
struct TagPass: Sendable {
    /// The best of those that may be listed.
    private(set) var listed: BestTags
    /// The best of those kept as the baseline of later windows.
    private(set) var tail: BestTags
    private(set) var tagCount = 0
    /// Of the one hashtag that is to be explained.
    private(set) var explanation: TagExplanation?
    private let rules: CountingRules
    /// Of the partition at hand; kept for its memory.
    private var counts = KeyCounts()

    init(rules: CountingRules, limit: Int, explanation: TagExplanation? = nil) {
        self.rules = rules
        self.explanation = explanation
        listed = BestTags(rules: rules, limit: limit)
        var tailRules = rules
        tailRules.minimumAccounts = TailRow.fewestAccounts
        tail = BestTags(rules: tailRules, limit: TailRow.longest)
    }

    /// Counts the keys of one partition of the logs.
    mutating func count(_ partition: Int, of logs: [SpillLog]) throws {
        try counts.count(partition, of: logs)
        for tag in counts.tags {
            let tag = rules.sample.estimate(of: tag)
            add(tag)
            if let explained = explanation?.key, tag.key.utf8.elementsEqual(explained.utf8) {
                explanation?.count(
                    tag, spellings: counts.spellings(of: tag.key), hold: rules.holdReason(of: tag))
            }
        }
    }

    /// Takes in one more hashtag, which was counted already.
    mutating func add(_ tag: TagCount) {
        tagCount += 1
        listed.add(tag)
        tail.add(tag)
    }

    /// Tells what was found of all hashtags.
    func give(to tally: inout Counts) {
        tally.tagCount = tagCount
        tally.heldBack = listed.heldBack
        tally.tags = listed.ranked
        tally.tail = tail.ranked
        tally.explanation = explanation
    }

    /// Adds what another pass found in other partitions.
    mutating func merge(_ other: TagPass) {
        tagCount += other.tagCount
        listed.merge(other.listed)
        tail.merge(other.tail)
        explain(other.explanation)
    }

    /// Adds what another pass found of the hashtag to explain.
    mutating func explain(_ found: TagExplanation?) {
        if let found { explanation?.merge(found) }
    }
}
