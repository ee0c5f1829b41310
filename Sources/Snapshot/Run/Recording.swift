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

    public func tally(rules: CountingRules) throws(SnapshotError) -> Tally {
        var ledger = PostLedger(rules: rules)
        let identity = Identity()
        for path in paths {
            try RecordedFile(path: path, format: format, grammar: grammar)
                .read(identity: identity, to: &ledger)
        }
        return ledger.tally()
    }
}
