import Archive
import Calendar
import Decode
import Hashtags

/// Parts of one slot of one source, each once, in their order: a window, as far as it has come.
public struct PartSet: Sendable {
    /// At least one.
    public let parts: [PartFile]
    private let rules: CountingRules

    /// - Parameters:
    ///   - paths: of one part or more, in any order; one that is there twice counts once.
    ///   - rules: those that the posts have to be chosen by, and that are counted by.
    ///   - tables: the version of the Unicode Standard that this program folds by.
    public init(_ paths: [String], rules: CountingRules, tables: String) throws(TallyError) {
        self.rules = rules
        var parts: [PartFile] = []
        for path in paths { parts.append(try PartFile(path)) }
        parts.sort {
            ($0.header.order, $0.header.name, $0.path) < ($1.header.order, $1.header.name, $1.path)
        }
        var distinct: [PartFile] = []
        for part in parts {
            if let last = distinct.last, last.header.name == part.header.name,
                last.header.order == part.header.order, last.slot == part.slot
            {
                if last.identity == part.identity { continue }
                if last.header.difference(from: part.header) == nil {
                    throw .part(.namesake(path: last.path, other: part.path))
                }
            }
            distinct.append(part)
        }
        self.parts = distinct
        guard let first = distinct.first else { return }
        var expected = first.header
        (expected.rules, expected.tables) = (rules.mapping, tables)
        if rules.context != nil { expected.links = rules.linkMapping }
        for part in distinct {
            if let (what, its, wanted) = part.header.difference(from: expected) {
                throw .part(.other(path: part.path, what: what, its: its, expected: wanted))
            }
        }
    }

    /// The first and last times that the parts tell; nil if none does.
    public var span: ClosedRange<Timestamp>? {
        let spans = parts.compactMap(\.span)
        guard let first = spans.map(\.lowerBound).min(), let last = spans.map(\.upperBound).max()
        else { return nil }
        return first...last
    }

    /// The counts, with the best `limit` tags, and why the one to explain has its number: those of all posts of
    /// the parts read as one window, in the order of the parts.
    public func tally(
        keeping limit: Int = TailRow.longest, explaining tag: Hashtag? = nil, workers: Int
    ) throws -> Counts {
        try LedgerResolution(
            parts.enumerated().map { number, part in
                PostLedger(
                    rules: rules, log: SpillLog(part.runs, read: part.bytes),
                    read: part.header.read.counts, languageSets: LanguageSets(part.languages),
                    removals: part.removals, orderBase: UInt64(number) << 48)
            }, workers: workers
        ).tally(keeping: limit, explaining: tag)
    }
}
