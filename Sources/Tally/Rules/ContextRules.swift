import Archive
import Links

/// What is worked out of the listed hashtags besides their counts.
public struct ContextRules: Hashable, Sendable {
    /// Which others were written together with each.
    public var related = true
    /// Which addresses were given with each, of those that these rules let count; nil for none.
    public var links: LinkRules? = LinkRules()
    /// Accounts that an address needs at the least.
    public var minimumAccounts = LinkRow.fewestAccounts

    public init() {}

    /// Accounts that an address needs of a hashtag's, and a title: so many, and 5 % of them.
    func fewestAccounts(of tag: TagCount) -> Int {
        max(minimumAccounts, (tag.accounts + LinkRow.share - 1) / LinkRow.share)
    }
}
