import FoundationEssentials

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

    /// The counts, with the best `limit` tags; the files are read side by side on `workers` cores.
    public func tally(
        rules: CountingRules, keeping limit: Int,
        workers: Int = ProcessInfo.processInfo.activeProcessorCount
    ) async throws -> Tally {
        let identity = Identity()
        let shares = FilePortion.shares(of: paths, among: workers)
        let ledgers = try await withThrowingTaskGroup(of: (Int, PostLedger).self) { group in
            for (index, share) in shares.enumerated() {
                group.addTask {
                    var ledger = PostLedger(
                        rules: rules, byteBudget: PostLedger.standardBudget / shares.count)
                    for portion in share {
                        try RecordedFile(portion, format: format, grammar: grammar)
                            .read(identity: identity, to: &ledger)
                    }
                    return (index, ledger)
                }
            }
            return try await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
        }
        return try await LedgerResolution(
            shares.indices.compactMap { ledgers[$0] }, workers: workers
        )
        .tally(keeping: limit)
    }
}
