import Decode
import Hashtags

/// Which posts and tags count, and how they rank (docs/counting.md).
public struct CountingRules: Sendable {
    /// Only posts in one of these languages count; nil counts all.
    public var languages: Set<Language>?
    /// Reposts count too, as posts of the reposter.
    public var includeReposts = false
    /// Posts deleted since, and those of removed accounts, count too.
    public var keepDeleted = false
    public var includeSensitive = false
    public var includeBots = false
    /// A post with more distinct tags is left out whole; 0 is no limit.
    public var maxTags = 10
    public var rank = RankOrder.accounts
    /// A tag used by fewer accounts is not listed.
    public var minimumAccounts = 1
    /// Keys that are not listed.
    public var blocked: [TagPattern] = []
    /// If not empty, the only keys that are listed.
    public var allowed: [TagPattern] = []
    /// The accounts that count.
    public var sample = AccountSample.all

    /// What is worked out besides of the listed hashtags; nil for nothing, which costs nothing.
    public var context: ContextRules?

    /// Other rules that the same posts are counted by besides: those of the editions of a source.
    public var editions: [CountingRules] = []

    public init() {}

    /// Of what docs/counting.md says of posts and hashtags: one more whenever that changes what is counted.
    public static let edition = 1

    /// What decides which posts and hashtags count, in words that are the same for the same rules. What may be listed, and
    /// how it ranks, is no part of it.
    public var explanation: String {
        func said(_ what: String, _ counts: Bool) -> String {
            "\(what) \(counts ? "count" : "do not count")"
        }
        let languages = languages.map { $0.map(\.description).sorted().joined(separator: " ") }
        return [
            "edition \(Self.edition) of the rules", "languages: \(languages ?? "all")",
            said("reposts", includeReposts), said("deleted posts", keepDeleted),
            said("sensitive posts", includeSensitive), said("bots", includeBots),
            maxTags > 0
                ? "posts with more than \(maxTags) hashtags do not count"
                : "posts with any number of hashtags count",
        ].joined(separator: "; ")
    }

    /// Why a post of these traits is left out, the first reason that fits; nil if it counts.
    func dropReason(of post: borrowing Post, distinctTags: Int) -> PostDropReason? {
        if post.isRepost && !includeReposts { return .repost }
        if let languages, languages.isDisjoint(with: post.languages) { return .language }
        if maxTags > 0 && distinctTags > maxTags { return .maxTags }
        if post.isSensitive && !includeSensitive { return .sensitive }
        if post.isBot && !includeBots { return .bot }
        return nil
    }

    /// Whether a key may stand on a list, however many people used it.
    func mayList(_ key: String) -> Bool {
        holdReason(of: TagCount(key: key, spelling: "", posts: .max, accounts: .max)) == nil
    }

    /// Why a tag that was counted is not listed, the first reason that fits; nil if it may be.
    func holdReason(of tag: TagCount) -> TagHoldReason? {
        if blocked.contains(where: { $0.matches(tag.key) }) { return .blocked }
        if !allowed.isEmpty, !allowed.contains(where: { $0.matches(tag.key) }) {
            return .notAllowed
        }
        // Posts without authors have no accounts; a minimum of one is no minimum for them.
        return minimumAccounts > 1 && tag.accounts < minimumAccounts ? .fewAccounts : nil
    }
}
