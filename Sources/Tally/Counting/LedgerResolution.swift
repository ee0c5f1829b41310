import Decode
import Hashtags
import Tasks

/// Works out what holds of all that one or more ledgers took in.
///
/// The ledgers are parts of one window, in any order; they are only read. Three
/// passes over partitions that fit in memory: by post, what holds; by account, how many; by key, how
/// often and by whom.
public struct LedgerResolution: Sendable {
    private let ledgers: [PostLedger]
    private let rules: CountingRules
    private let workers: Int

    /// Bytes that are kept in memory between two passes, over all workers: 4 MiB.
    private static let byteBudget = 4 << 20

    /// At least one ledger, all with the same rules.
    public init(_ ledgers: [PostLedger], workers: Int) {
        self.ledgers = ledgers
        rules = ledgers.first?.rules ?? CountingRules()
        self.workers = workers
    }

    /// The counts, with the best `limit` tags, and why the one to explain has its number.
    public func tally(keeping limit: Int, explaining tag: Hashtag? = nil) throws -> Counts {
        let explanation = tag.map { TagExplanation(key: $0.key) }
        var tally = Counts()
        tally.sample = rules.sample
        for ledger in ledgers { tally.read.add(ledger.read) }

        let removals = rules.keepDeleted ? nil : AccountRemovals(of: ledgers)
        let salt = SaltedHash.newSalt()
        let passes = try overPartitions(
            PostPass(
                ledgers: ledgers, removals: removals, byteBudget: Self.byteBudget / workers,
                salt: salt, explanation: explanation)
        ) { pass, partition in try pass.resolve(partition) }
        for pass in passes {
            tally.posts += pass.posts * rules.sample.oneIn
            tally.tagged += pass.tagged * rules.sample.oneIn
            tally.read.add(pass.read)
        }

        tally.accounts =
            try overPartitions(0) { count, partition in
                var authors = HashSet()
                for pass in passes {
                    try pass.authors.read(partition) { bytes in
                        var reader = RawReader(bytes)
                        while !reader.isAtEnd { authors.insert(reader.number()) }
                    }
                }
                count += authors.count
            }.reduce(0, +) * rules.sample.oneIn

        let tagPasses = try overPartitions(
            TagPass(rules: rules, limit: limit, explanation: explanation)
        ) { pass, partition in
            try pass.count(partition, of: passes.map(\.uses))
        }
        var tags = TagPass(rules: rules, limit: limit, explanation: explanation)
        for pass in passes { tags.explain(pass.explanation) }
        for pass in tagPasses { tags.merge(pass) }
        tally.tagCount = tags.tagCount
        tally.heldBack = tags.listed.heldBack
        tally.tags = tags.listed.ranked
        tally.tail = tags.tail.ranked
        tally.explanation = tags.explanation
        if rules.context != nil { tally.resolution = self }
        for edition in ledgers.first?.editions.indices ?? 0..<0 {
            tally.editions.append(
                try LedgerResolution(ledgers.map { $0.editions[edition] }, workers: workers)
                    .tally(keeping: limit))
        }
        return tally
    }

    /// What was written and given together with these hashtags, in their order; each once.
    ///
    /// Works out once more what holds, and counts only what comes with one of them.
    func context(of tags: [TagCount]) throws -> [TagContext] {
        guard let context = rules.context, !tags.isEmpty else { return [] }
        let listed = ListedTags(tags, rules: context)
        let removals = rules.keepDeleted ? nil : AccountRemovals(of: ledgers)
        let salt = SaltedHash.newSalt()
        let passes = try overPartitions(
            PostPass(
                ledgers: ledgers, removals: removals, byteBudget: Self.byteBudget / workers,
                salt: salt, listed: listed)
        ) { pass, partition in try pass.resolve(partition) }
        var all = ContextPass(of: listed, rules: rules)
        for pass in try overPartitions(
            ContextPass(of: listed, rules: rules),
            { pass, partition in try pass.count(partition, of: passes.map(\.uses)) })
        {
            all.merge(pass)
        }
        return all.contexts
    }

    /// Works through all partitions side by side; each worker starts with a value of its own.
    private func overPartitions<Part: Sendable>(
        _ initial: @autoclosure @Sendable () -> Part,
        _ body: @Sendable (inout Part, Int) throws -> Void
    ) throws -> [Part] {
        try Parallel.map(workers) { worker in
            var part = initial()
            for partition in stride(from: worker, to: SpillLog.partitionCount, by: workers) {
                try body(&part, partition)
            }
            return part
        }
    }
}
