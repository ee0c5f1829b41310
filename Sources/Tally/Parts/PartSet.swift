import Archive
import Calendar
import Decode
import Hashtags

/// Parts of one slot of one source, each once, in their order: a window, as far as it has come.
public struct PartSet: Sendable {
    /// At least one.
    public let parts: [PartFile]
    let rules: CountingRules
    /// The files of what others have counted of them; looked at when the counts are asked for.
    private let counted: [String]

    /// - Parameters:
    ///   - paths: of one part or more, in any order; one that is there twice counts once.
    ///   - rules: those that the posts have to be chosen by, and that are counted by; nil for whichever they were
    ///     chosen by, where nothing is listed.
    ///   - tables: the version of the Unicode Standard that this program folds by.
    ///   - keepsDeleted: without rules, whether deletions undo nothing.
    ///   - counted: what `SlotUses.writeTags` left of these parts, all shares; none to count here.
    public init(
        _ paths: [String], rules: CountingRules?, keepsDeleted: Bool = false, tables: String,
        counted: [String] = []
    ) throws(TallyError) {
        var parts: [PartFile] = []
        for path in paths { parts.append(try PartFile(path)) }
        try self.init(
            of: parts, rules: rules, keepsDeleted: keepsDeleted, tables: tables, counted: counted)
    }

    /// The same of parts that are open.
    init(
        of parts: [PartFile], rules: CountingRules?, keepsDeleted: Bool = false, tables: String,
        counted: [String] = []
    ) throws(TallyError) {
        var own = CountingRules()
        own.keepDeleted = keepsDeleted
        self.rules = rules ?? own
        self.counted = counted
        let parts = parts.sorted {
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
        guard distinct.count <= PartFormat.mostParts else {
            throw .part(.tooMany(path: distinct[0].path, count: distinct.count))
        }
        guard let first = distinct.first else { return }
        var expected = first.header
        expected.tables = tables
        if let rules { expected.rules = rules.mapping }
        if let rules, rules.context != nil { expected.links = rules.linkMapping }
        for part in distinct {
            if let (what, its, wanted) = part.header.difference(from: expected) {
                throw .part(.other(path: part.path, what: what, its: its, expected: wanted))
            }
        }
    }

    /// Of the ids of all of them.
    public var width: PartWidth { parts.first?.isWide ?? false ? .wide : .narrow }

    /// Whether one of them has a post.
    public var hasPosts: Bool { parts.contains { $0.header.read.deliveries > 0 } }

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
        let resolution = resolution(workers: workers)
        guard !counted.isEmpty, tag == nil else {
            return try resolution.tally(keeping: limit, explaining: tag)
        }
        let tags = try SlotTags(counted)
        try tags.require(self)
        var tally = try tags.tally(by: rules, keeping: limit)
        for part in parts { tally.read.add(part.header.read.counts) }
        if rules.context != nil { tally.resolution = resolution }
        return tally
    }

    func resolution(workers: Int) -> LedgerResolution {
        LedgerResolution(
            parts.enumerated().map { number, part in
                PostLedger(
                    rules: rules, log: SpillLog(part.runs, read: part.bytes),
                    read: part.header.read.counts, languageSets: LanguageSets(part.languages),
                    removals: part.removals, orderBase: UInt64(number) << PartFormat.orderBits,
                    isWide: part.isWide)
            }, workers: workers)
    }

    /// Those of the files that were made of parts, not the parts themselves.
    public static func kinds(of paths: [String]) -> (uses: [String], tags: [String]) {
        let kinds = paths.map(BlockFile.kind)
        func those(_ kind: PartFormat.Kind) -> [String] {
            zip(paths, kinds).filter { $0.1 == kind }.map(\.0)
        }
        return (those(.uses), those(.tags))
    }
}
