import Decode

/// The counts of a window.
public struct Counts: Sendable {
    /// Posts that count.
    public var posts = 0
    /// Of these, posts with a hashtag that counts.
    public var tagged = 0
    /// Distinct authors of all posts that count.
    public var accounts = 0
    /// Distinct hashtag keys, listed or not.
    public var tagCount = 0
    /// The best of the hashtags that may be listed, best first, as many as were asked for.
    public var tags: [TagCount] = []
    /// The best of those that the archive's tail takes, whatever the rules' own minimum.
    public var tail: [TagCount] = []
    /// Hashtags that may not be listed, by reason.
    public var heldBack: [TagHoldReason: Int] = [:]
    public var read = ReadCounts()
    /// Of a sample of accounts, posts, tagged posts, accounts and the counts of hashtags are estimates.
    public var sample = AccountSample.all
    /// The posts that count by their time, if that was asked for.
    public var curve: PostCurve?
    /// Of the one hashtag that was asked for.
    public var explanation: TagExplanation?

    /// The counts of the same posts by the other rules that there were, in their order.
    public internal(set) var editions: [Counts] = []

    /// What they were worked out of, if the context of hashtags may be asked for.
    var resolution: LedgerResolution?

    public init() {}

    /// What was written and given together with these hashtags, in their order; nothing unless the rules ask for it.
    public func context(of tags: [TagCount]) throws -> [TagContext] {
        try resolution?.context(of: tags) ?? []
    }
}
