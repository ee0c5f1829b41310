import Archive
import Calendar
import Tally

/// What was read of one slot of one source, finished: a snapshot.
public struct ClosedWindow: Sendable {
    public var slot: Slot
    public var source: String
    /// First instant read, and the first no longer read.
    public var start: Timestamp
    public var end: Timestamp
    public var status: WindowStatus
    /// Seconds read of the seconds meant, 0 to 1.
    public var coverage: Double
    public var tally: Counts
    public var reconnects: Int
    /// What happened, for people, without secrets; empty if nothing did.
    public var note: String

    /// A window of which `read` seconds of `meant` were read.
    init(
        slot: Slot, source: String, start: Timestamp, end: Timestamp, read: Double, meant: Double,
        isLate: Bool = false, tally: Counts, reconnects: Int = 0, note: String = ""
    ) {
        self.slot = slot
        self.source = source
        self.start = start
        self.end = end
        self.tally = tally
        self.reconnects = reconnects
        self.note = note
        // Four decimals are written: what is not whole must not round to it.
        coverage = read < meant ? min(0.9999, max(0, read / meant)) : 1
        status = coverage < 1 ? .partial : isLate ? .backfilled : .complete
    }

    /// The windows of the editions that were counted with it.
    func editions(named names: [String]) -> [ClosedWindow] {
        zip(names, tally.editions).map { name, counts in
            var edition = self
            (edition.source, edition.tally) = (name, counts)
            return edition
        }
    }

    /// What the archive keeps of the window besides its own row, scored by `baseline`.
    func rows(top: Int, baseline: Baseline) -> (top: [TopRow], trending: [TopRow], tail: [TailRow])
    {
        let tail = tally.tail.map { tag in
            TailRow(
                slot: slot.start, source: source, tag: tag.key, posts: tag.posts,
                accounts: tag.accounts)
        }
        let popular = tally.tags.prefix(top).map { tag in
            (tag, Score(of: tag.key, accounts: tag.accounts, total: tally.accounts, by: baseline))
        }
        let trending = baseline.trends(in: tail, total: tally.accounts).prefix(top)
            .map { (tally.tail[$0.index], Optional($0.score)) }
        return (list(popular), list(trending), tail)
    }

    /// What the archive keeps of what was written and given with the hashtags of these lists; nothing unless the
    /// rules ask for it.
    func context(of lists: [TopRow]) throws -> (related: [RelatedRow], links: [LinkRow]) {
        let listed = lists.map {
            TagCount(key: $0.tag, spelling: $0.spelling, posts: $0.posts, accounts: $0.accounts)
        }
        let contexts = try tally.context(of: listed)
        let related = contexts.flatMap { context in
            context.related.map {
                RelatedRow(
                    slot: slot.start, source: source, tag: context.tag, other: $0.tag,
                    accounts: $0.accounts)
            }
        }
        let links = contexts.flatMap { context in
            context.links.map {
                LinkRow(
                    slot: slot.start, source: source, tag: context.tag, url: $0.address,
                    title: $0.title, accounts: $0.accounts)
            }
        }
        return (related, links)
    }

    private func list(_ tags: some Sequence<(TagCount, Score?)>) -> [TopRow] {
        tags.enumerated().map { index, entry in
            let (tag, score) = entry
            return TopRow(
                slot: slot.start, source: source, rank: index + 1, tag: tag.key,
                spelling: tag.spelling, posts: tag.posts, accounts: tag.accounts,
                expected: score?.expected, score: score?.value, bounds: score?.bounds)
        }
    }

    func row(version: String) -> WindowRow {
        let reasons = tally.read.reasons
        return WindowRow(
            slot: slot.start, source: source, start: start, end: end, status: status,
            coverage: coverage, posts: tally.posts, tagged: tally.tagged, accounts: tally.accounts,
            tags: tally.tagCount, duplicates: tally.read.duplicates,
            dropped: reasons.total, reconnects: reconnects, version: version,
            held: tally.heldBack.values.reduce(0, +), reasons: reasons, note: WindowNote.line(note))
    }
}
