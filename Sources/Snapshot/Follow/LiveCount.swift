import Archive
import Calendar
import Tally
import Text

/// What a source has brought of the running slot so far, as lists that the archive would have of it.
public struct LiveCount: Sendable {
    public let source: String
    /// First instant read, and the first that is not read yet.
    public let start: Timestamp
    public let end: Timestamp
    /// Posts that count, and distinct authors of them.
    public let posts: Int
    public let accounts: Int
    public let top: [TopRow]
    /// Nil where too few earlier days are known to tell.
    public let trending: [TopRow]?
    /// What was written together with the listed hashtags, if that is asked for.
    public let related: [RelatedRow]
    /// Posts that count in each five minutes of the slot, by their own times.
    public let curve: [Int]

    /// Seconds of each stretch of the curve.
    public static let step = 300
}

/// The running slot as it is now.
public struct LiveSlot: Sendable {
    public let slot: Slot
    public let now: Timestamp
    /// When the next look is due.
    public let next: Timestamp
    /// Of the sources that are read and their editions, in their order.
    public let counts: [LiveCount]
    /// What is not to be shown of counts either that are older than this look.
    public let withdrawn: Withdrawals
}

/// What the lists of a running slot are made by.
struct LiveRules: Sendable {
    let slot: Slot
    /// Entries of a published list.
    let top: Int
    /// By source; none where the archive cannot tell.
    let baselines: [String: Baseline]

    /// Five-minute stretches of the slot, empty.
    var curve: PostCurve {
        PostCurve(
            start: slot.start.microseconds, step: Int64(LiveCount.step) * 1_000_000,
            count: (slot.seconds + LiveCount.step - 1) / LiveCount.step)
    }

    /// What a look has seen, without what is withdrawn.
    func count(
        _ view: WindowWatcher.View, read: Range<Timestamp>, without withdrawn: Withdrawals
    ) throws -> LiveCount {
        var tally = view.tally
        tally.tags.removeAll { withdrawn.contains(ExactText($0.key)) }
        tally.tail.removeAll { withdrawn.contains(ExactText($0.key)) }
        let window = ClosedWindow(
            slot: slot, source: view.source, start: read.lowerBound, end: read.upperBound,
            read: 0, meant: 1, tally: tally)
        let baseline = baselines[view.source] ?? .unknown
        let rows = window.rows(top: top, baseline: baseline)
        let related = try window.context(of: rows.top + rows.trending).related
            .filter { !withdrawn.contains(ExactText($0.other)) }
        return LiveCount(
            source: view.source, start: read.lowerBound, end: read.upperBound, posts: tally.posts,
            accounts: tally.accounts, top: rows.top,
            trending: baseline.isKnown ? rows.trending : nil, related: related,
            curve: tally.curve?.posts ?? [])
    }
}
