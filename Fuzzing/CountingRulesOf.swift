@testable import Decode
@testable import Snapshot
@testable import Tally

/// A stream counts the same in one piece and in several, in one ledger and in several, once and
/// twice; and its counts agree with each other.
struct CountingRulesOf {
    let format: PostFormat

    func check(_ input: inout FuzzInput) throws {
        let seed = input.decision()
        let choices = input.decision()
        var rules = CountingRules()
        rules.includeReposts = choices & 1 != 0
        rules.keepDeleted = choices & 2 != 0
        rules.includeSensitive = choices & 4 != 0
        rules.includeBots = choices & 8 != 0
        rules.rank = choices & 16 != 0 ? .posts : .accounts
        rules.maxTags = choices & 32 != 0 ? 2 : 0

        let identity = Identity(salt: 7)
        let whole = try tally([input.bytes], rules, identity, ledgers: 1, times: 1)
        try agree(whole, rules)
        let pieces = try tally(
            input.pieces(seed: seed), rules, identity, ledgers: 1 + seed % 3, times: 1)
        try same(whole, pieces, "in one piece, and in several ledgers")
        try requireEqual(whole.read, pieces.read, "in one piece, and in several ledgers")
        // Lines of text have no ids: the same line again is another post.
        if format != .text {
            let twice = try tally([input.bytes], rules, identity, ledgers: 1, times: 2)
            try same(whole, twice, "once, and twice")
            try requireEqual(whole.read.ids, twice.read.ids, "distinct posts once, and twice")
        }
        try slots(input.bytes, rules, identity)
    }

    private func tally(
        _ chunks: [ArraySlice<UInt8>], _ rules: CountingRules, _ identity: Identity,
        ledgers count: Int, times: Int
    ) throws -> Counts {
        var reader = EventReader(format: format, grammar: nil, identity: identity)
        var ledgers = (0..<count).map { _ in PostLedger(rules: rules) }
        for _ in 0..<times {
            for (index, chunk) in chunks.enumerated() {
                let ledger = index * count / chunks.count
                chunk.withUnsafeBytes { reader.feed($0, to: &ledgers[ledger]) }
            }
            reader.finish(to: &ledgers[count - 1])
        }
        return try LedgerResolution(ledgers, workers: 1).tally(keeping: 50)
    }

    private func same(_ one: Counts, _ other: Counts, _ rule: String) throws {
        try requireEqual(
            [one.posts, one.tagged, one.accounts, one.tagCount],
            [other.posts, other.tagged, other.accounts, other.tagCount],
            rule + ": posts, tagged, accounts, tags")
        try requireEqual(one.tags, other.tags, rule)
        try requireEqual(one.tail, other.tail, rule + ": tail")
    }

    private func agree(_ tally: Counts, _ rules: CountingRules) throws {
        let read = tally.read
        try requireEqual(
            read.invalid + read.notices + read.deletes + read.accountRemovals + read.deliveries,
            read.records, "records by kind, and in all")
        try require(tally.tagged <= tally.posts, "more tagged posts than posts")
        try require(tally.accounts <= tally.posts, "more accounts than posts")
        try require(tally.posts <= read.ids && read.ids <= read.deliveries, "posts in \(read)")
        try requireEqual(
            tally.posts + read.deleted + read.removedWithAccount
                + read.droppedPosts.values.reduce(0, +), read.ids, "what became of the posts")
        for (tag, next) in zip(tally.tags, tally.tags.dropFirst()) {
            try require(rules.rank.precedes(tag, next), "\(tag) before \(next)")
        }
        for tag in tally.tags {
            try require(tag.posts <= tally.tagged && tag.posts > 0, "\(tag)")
            try require(tag.accounts <= tag.posts && tag.accounts <= tally.accounts, "\(tag)")
            try HashtagRules.check(key: tag.key, spelling: tag.spelling)
        }
    }

    /// A recording's windows have times and rows that can be archived and read back.
    private func slots(
        _ bytes: ArraySlice<UInt8>, _ rules: CountingRules, _ identity: Identity
    ) throws {
        var reader = EventReader(format: format, grammar: nil, identity: identity)
        var ledgers = SlotLedgers(rules: rules, schedule: .everySixHours)
        bytes.withUnsafeBytes { reader.feed($0, to: &ledgers) }
        reader.finish(to: &ledgers)
        for slot in ledgers.slots.prefix(3) {
            guard let window = try ledgers.window(slot, of: "file") else { continue }
            try require(slot.start <= window.start && window.start < window.end, "\(window)")
            try require(window.end <= slot.end, "\(window)")
            try RowRules.check(window.row(version: "1"))
        }
    }
}
