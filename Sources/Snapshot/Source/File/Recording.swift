import Archive
import Decode
import FoundationEssentials
import Hashtags
import Tally
import Tasks

/// Recorded posts counted as one window, whatever their times: what `tidemark count` does.
public struct Recording: Sendable {
    /// Paths, `-` for standard input; counted together.
    public var paths: [String]
    public var format: PostFormat
    /// Finds hashtags where a post's own structure is absent; nil for the format's own.
    public var grammar: Grammar?

    public init(paths: [String], format: PostFormat, grammar: Grammar? = nil) {
        self.paths = paths
        self.format = format
        self.grammar = grammar
    }

    /// The counts, with the best `limit` tags, and why the one to explain has its number.
    ///
    /// The files are read side by side on `workers` cores.
    public func tally(
        rules: CountingRules, keeping limit: Int = TailRow.longest, explaining tag: Hashtag? = nil,
        workers: Int = ProcessInfo.processInfo.activeProcessorCount
    ) throws -> Counts {
        let identity = Identity()
        let shares = FilePortion.shares(of: paths, among: workers)
        let ledgers = try Parallel.map(shares.count) { share in
            var ledger = PostLedger(
                rules: rules, byteBudget: PostLedger.standardBudget / shares.count)
            for portion in shares[share] {
                ledger.begin(at: portion.order)
                try RecordedFile(
                    portion, format: format, grammar: grammar, links: rules.context?.links
                )
                .read(identity: identity, to: &ledger)
            }
            return ledger
        }
        return try LedgerResolution(ledgers, workers: workers).tally(
            keeping: limit, explaining: tag)
    }
}
