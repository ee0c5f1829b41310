import Decode
import Snapshot
import Tally

/// What `tidemark count --json` prints.
struct CountReport: Encodable {
    var format: String
    var top: [Entry]
    var read: Read
    var explain: ExplanationReport?
    /// Missing where everything was counted.
    var estimate: Estimate?

    /// Says that the numbers are estimates.
    struct Estimate: Encodable {
        /// One account in so many was counted, and its numbers multiplied.
        var oneAccountIn: Int
        /// Deliveries of the other accounts. Of those read, ids, duplicates and what became of the posts are
        /// of the sample, as they are.
        var unsampled: Int
    }

    struct Entry: Encodable {
        var rank: Int
        var tag: String
        var spelling: String
        var posts: Int
        var accounts: Int
        /// Of an estimate.
        var accountsError: Int?
        /// Missing where they were not asked for.
        var related: [Related]?
        var links: [Link]?
    }

    /// A hashtag that people wrote together with another.
    struct Related: Encodable {
        var tag: String
        var accounts: Int
    }

    /// An address that people gave with a hashtag.
    struct Link: Encodable {
        var url: String
        var title: String
        var accounts: Int
    }

    /// The members of `ReadCounts` and `Counts`, under the names that the documentation explains.
    struct Read: Encodable {
        var records: Int
        var invalid: Int
        var notices: Int
        var deletes: Int
        var accountRemovals: Int
        var deliveries: Int
        var edits: Int
        var duplicates: Int
        var scanned: Int
        var ids: Int
        var deleted: Int
        var removedWithAccount: Int
        var posts: Int
        var tagged: Int
        var accounts: Int
        var tags: Int
        var droppedPosts: [String: Int]
        var droppedTags: [String: Int]
        var heldBackTags: [String: Int]
        var languages: [String: Int]
    }

    /// `context` is that of each hashtag, or of none.
    init(
        format: PostFormat, tally: Counts, context: [TagContext] = [],
        explain: ExplanationReport? = nil
    ) {
        self.explain = explain
        self.format = format.rawValue
        top = tally.tags.enumerated().map { index, tag in
            let of = context.isEmpty ? nil : context[index]
            return Entry(
                rank: index + 1, tag: tag.key, spelling: tag.spelling, posts: tag.posts,
                accounts: tag.accounts,
                accountsError: tally.sample == .all ? nil : tally.accountsError(of: tag),
                related: of?.related.map { Related(tag: $0.tag, accounts: $0.accounts) },
                links: of?.links.map {
                    Link(url: $0.address, title: $0.title, accounts: $0.accounts)
                })
        }
        if tally.sample != .all {
            estimate = Estimate(
                oneAccountIn: tally.sample.oneIn, unsampled: tally.read.unsampled)
        }
        let counts = tally.read
        read = Read(
            records: counts.records, invalid: counts.invalid, notices: counts.notices,
            deletes: counts.deletes, accountRemovals: counts.accountRemovals,
            deliveries: counts.deliveries, edits: counts.edits, duplicates: counts.duplicates,
            scanned: counts.scanned, ids: counts.ids, deleted: counts.deleted,
            removedWithAccount: counts.removedWithAccount, posts: tally.posts,
            tagged: tally.tagged, accounts: tally.accounts, tags: tally.tagCount,
            droppedPosts: Self.named(counts.droppedPosts),
            droppedTags: Self.named(counts.droppedTags),
            heldBackTags: Self.named(tally.heldBack),
            languages: Dictionary(
                uniqueKeysWithValues: counts.languages.map { ("\($0)", $1) }))
    }

    /// Every reason, also those that dropped nothing.
    static func named<Reason: RawRepresentable<String> & CaseIterable & Hashable>(
        _ counts: [Reason: Int]
    ) -> [String: Int] {
        Dictionary(uniqueKeysWithValues: Reason.allCases.map { ($0.rawValue, counts[$0] ?? 0) })
    }
}
