import Snapshot

/// What `tidemark count --json` prints.
struct CountReport: Encodable {
    var format: String
    var top: [Entry]
    var read: Read

    struct Entry: Encodable {
        var rank: Int
        var tag: String
        var spelling: String
        var posts: Int
        var accounts: Int
    }

    /// The members of `ReadCounts` and `Tally`, under the names that the documentation explains.
    struct Read: Encodable {
        var records: Int
        var invalid: Int
        var notices: Int
        var deletes: Int
        var account_removals: Int
        var deliveries: Int
        var edits: Int
        var duplicates: Int
        var scanned: Int
        var ids: Int
        var deleted: Int
        var removed_with_account: Int
        var posts: Int
        var tagged: Int
        var accounts: Int
        var tags: Int
        var dropped_posts: [String: Int]
        var dropped_tags: [String: Int]
        var held_back_tags: [String: Int]
        var languages: [String: Int]
    }

    init(format: PostFormat, tally: Tally) {
        self.format = format.rawValue
        top = tally.tags.enumerated().map { index, tag in
            Entry(
                rank: index + 1, tag: tag.key, spelling: tag.spelling, posts: tag.posts,
                accounts: tag.accounts)
        }
        let counts = tally.read
        read = Read(
            records: counts.records, invalid: counts.invalid, notices: counts.notices,
            deletes: counts.deletes, account_removals: counts.accountRemovals,
            deliveries: counts.deliveries, edits: counts.edits, duplicates: counts.duplicates,
            scanned: counts.scanned, ids: counts.ids, deleted: counts.deleted,
            removed_with_account: counts.removedWithAccount, posts: tally.posts,
            tagged: tally.tagged, accounts: tally.accounts, tags: tally.tagCount,
            dropped_posts: Self.named(counts.droppedPosts),
            dropped_tags: Self.named(counts.droppedTags),
            held_back_tags: Self.named(tally.heldBack),
            languages: Dictionary(
                uniqueKeysWithValues: counts.languages.map { ("\($0)", $1) }))
    }

    /// Every reason, also those that dropped nothing.
    private static func named<Reason: RawRepresentable<String> & CaseIterable & Hashable>(
        _ counts: [Reason: Int]
    ) -> [String: Int] {
        Dictionary(uniqueKeysWithValues: Reason.allCases.map { ($0.rawValue, counts[$0] ?? 0) })
    }
}
