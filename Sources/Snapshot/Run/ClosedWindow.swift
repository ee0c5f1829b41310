import Archive

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
    public var tally: Tally
    public var reconnects: Int

    /// A window of which `read` seconds of `meant` were read.
    init(
        slot: Slot, source: String, start: Timestamp, end: Timestamp, read: Double, meant: Double,
        isLate: Bool = false, tally: Tally, reconnects: Int = 0
    ) {
        self.slot = slot
        self.source = source
        self.start = start
        self.end = end
        self.tally = tally
        self.reconnects = reconnects
        coverage = min(1, max(0, read / meant))
        status = coverage < 1 ? .partial : isLate ? .backfilled : .complete
    }

    /// The rows that archive the window.
    func rows(top: Int, version: String) -> (window: WindowRow, top: [TopRow], tail: [TailRow]) {
        let window = WindowRow(
            slot: slot.start, source: source, start: start, end: end, status: status,
            coverage: coverage, posts: tally.posts, tagged: tally.tagged, accounts: tally.accounts,
            tags: tally.tagCount, duplicates: tally.read.duplicates,
            dropped: tally.read.dropped, reconnects: reconnects, version: version)
        let top = tally.tags.prefix(top).enumerated().map { index, tag in
            TopRow(
                slot: slot.start, source: source, rank: index + 1, tag: tag.key,
                spelling: tag.spelling, posts: tag.posts, accounts: tag.accounts)
        }
        let tail = tally.tail.map { tag in
            TailRow(
                slot: slot.start, source: source, tag: tag.key, posts: tag.posts,
                accounts: tag.accounts)
        }
        return (window, top, tail)
    }
}
