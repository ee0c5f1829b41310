import Archive
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
    static let byteBudget = 4 << 20

    /// At least one ledger, all with the same rules.
    public init(_ ledgers: [PostLedger], workers: Int) {
        self.ledgers = ledgers
        rules = ledgers.first?.rules ?? CountingRules()
        self.workers = workers
    }

    /// The counts, with the best `limit` tags, why the one to explain has its number, and the posts by time in the
    /// stretches of `curve`.
    public func tally(
        keeping limit: Int, explaining tag: Hashtag? = nil, over curve: PostCurve? = nil
    ) throws -> Counts {
        let explanation = tag.map { TagExplanation(key: $0.key) }
        var tally = Counts()
        tally.sample = rules.sample
        for ledger in ledgers { tally.read.add(ledger.read) }

        let passes = try posts(
            salt: SaltedHash.newSalt(), explanation: explanation, curve: curve)
        tally.curve = curve
        for pass in passes {
            if let curve = pass.curve { tally.curve?.add(curve) }
            tally.posts += pass.posts * rules.sample.oneIn
            tally.tagged += pass.tagged * rules.sample.oneIn
            tally.read.add(pass.read)
        }

        tally.accounts =
            try Partitions.each(workers: workers, 0) { count, partition in
                count += try DistinctPeople.count(
                    partition, of: passes.map(\.authors), isWide: isWide)
            }.reduce(0, +) * rules.sample.oneIn

        let tagPasses = try Partitions.each(
            workers: workers, TagPass(rules: rules, limit: limit, explanation: explanation)
        ) { pass, partition in
            try pass.count(partition, of: passes.map(\.uses))
        }
        var tags = TagPass(rules: rules, limit: limit, explanation: explanation)
        for pass in passes { tags.explain(pass.explanation) }
        for pass in tagPasses { tags.merge(pass) }
        tags.give(to: &tally)
        if rules.context != nil { tally.resolution = self }
        for edition in ledgers.first?.editions.indices ?? 0..<0 {
            tally.editions.append(
                try LedgerResolution(ledgers.map { $0.editions[edition] }, workers: workers)
                    .tally(keeping: limit, over: curve))
        }
        return tally
    }

    /// What was written and given together with these hashtags, in their order; each once.
    ///
    /// Works out once more what holds, and counts only what comes with one of them.
    func context(of tags: [TagCount]) throws -> [TagContext] {
        guard let context = rules.context, !tags.isEmpty else { return [] }
        let listed = ListedTags(tags, rules: context)
        let passes = try posts(salt: SaltedHash.newSalt(), listed: listed)
        var all = ContextPass(of: listed, rules: rules)
        for pass in try Partitions.each(
            workers: workers, ContextPass(of: listed, rules: rules),
            { pass, partition in try pass.count(partition, of: passes.map(\.uses)) })
        {
            all.merge(pass)
        }
        return all.contexts
    }

    var isWide: Bool { ledgers.first?.isWide ?? false }

    /// Which posts of these partitions hold, and what they say.
    func posts(
        in partitions: [Int] = Partitions.all, salt: (UInt64, UInt64),
        explanation: TagExplanation? = nil, listed: ListedTags? = nil, curve: PostCurve? = nil
    ) throws -> [PostPass] {
        let removals = rules.keepDeleted ? nil : AccountRemovals(of: ledgers)
        var passes = try Partitions.each(
            partitions, workers: workers,
            PostPass(
                ledgers: ledgers, removals: removals, byteBudget: Self.byteBudget / workers,
                salt: salt, explanation: explanation, listed: listed, curve: curve)
        ) { pass, partition in try pass.resolve(partition) }
        for number in passes.indices { passes[number].end() }
        return passes
    }
}

/// The partitions of a resolution, worked through side by side.
enum Partitions {
    static let all = Array(0..<SpillLog.partitionCount)

    /// Each worker starts with a value of its own, and takes every so manieth partition.
    static func each<Part: Sendable>(
        _ partitions: [Int] = all, workers: Int, _ initial: @autoclosure @Sendable () -> Part,
        _ body: @Sendable (inout Part, Int) throws -> Void
    ) throws -> [Part] {
        try Parallel.map(workers) { worker in
            var part = initial()
            for place in stride(from: worker, to: partitions.count, by: workers) {
                try body(&part, partitions[place])
            }
            return part
        }
    }
}

extension PostLedger {
    /// The counts of what was taken in so far, with the best `limit` tags, and the posts by time in the stretches of
    /// `curve`. Reading may go on.
    public func tally(
        keeping limit: Int = TailRow.longest, over curve: PostCurve? = nil
    ) throws -> Counts {
        try LedgerResolution([self], workers: Parallel.coreCount)
            .tally(keeping: limit, over: curve)
    }
}
