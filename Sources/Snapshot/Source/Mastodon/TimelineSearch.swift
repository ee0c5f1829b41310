/// Finds where in a timeline an instant is whose ids are only counted: the least id of a post that was made at
/// that instant or later.
///
/// A post cannot reach its server before it was made, and the posts below the one found were all made
/// before: what comes late counts when it came. It tells below which id to ask for a page, until it has
/// found it.
struct TimelineSearch: Sendable {
    typealias Place = (id: UInt128, microseconds: Int64)

    private let instant: Int64
    /// Nothing below it was made at the instant or later.
    private(set) var low: UInt128 = 0
    /// Below it, down to `low`, nothing was shown where it was looked.
    private var barren: UInt128 = 0
    /// Of the posts seen that were made at the instant or later the one with the least id.
    private(set) var high: UInt128
    /// Whether no post was seen that was made at the instant or later.
    private(set) var isOpen = false
    /// Ids that a page spans.
    let span: UInt128
    /// How far below `high` is asked next, while nothing from before the instant has been seen.
    private var step: UInt128
    /// The page that showed `high` goes on below it, so there is likely nothing more.
    private var isLikely: Bool
    private var wasConfirming = false

    /// - Parameters:
    ///   - instant: in microseconds since 1970.
    ///   - newest: the posts of the newest page; nil is returned if there is none.
    init?(for instant: Int64, newest: [Place]) {
        guard let top = newest.max(by: { $0.id < $1.id }), let end = newest.map(\.id).min() else {
            return nil
        }
        self.instant = instant
        span = max(1, top.id - end)
        let late = newest.filter { $0.microseconds >= instant }
        guard let first = late.map(\.id).min() else {
            // All that there is was made before.
            (low, high, step, isLikely, isOpen) = (top.id + 1, top.id + 1, span, false, true)
            return
        }
        high = first
        isLikely = first > end
        let times = newest.map(\.microseconds)
        let duration = max(1, (times.max() ?? 0) - (times.min() ?? 0))
        let pages = Double((times.max() ?? 0) - instant) / Double(duration)
        step = UInt128(min(max(1, pages) * Double(span), Double(top.id)))
    }

    /// The id to ask below next; nil when `high` is what is looked for, but for what is hidden below it.
    var next: UInt128? {
        let bottom = max(low, barren)
        guard bottom < high else { return nil }
        let isConfirming = !wasConfirming && (isLikely || high - bottom <= 2 * span)
        if isConfirming { return high }
        if bottom == 0, step < high { return high - step }
        return bottom + (high - bottom + 1) / 2
    }

    /// Takes note that nothing is shown below an id, down to `low`.
    mutating func takeNothing(below asked: UInt128) {
        wasConfirming = asked == high
        isLikely = false
        barren = max(barren, asked)
    }

    /// Takes note of the page below an id: the one to ask below next, or another.
    mutating func take(_ page: [Place], below asked: UInt128) {
        wasConfirming = asked == high
        let first = page.filter { $0.microseconds >= instant && $0.id < high }.map(\.id).min()
        if let first {
            isLikely = page.contains { $0.id < first }
            high = first
            isOpen = false
            // Posts that came late had hidden it.
            if low >= high { low = 0 }
            if barren >= high { barren = 0 }
            let (longer, isTooMuch) = step.multipliedReportingOverflow(by: 4)
            step = isTooMuch ? .max : longer
        } else {
            isLikely = false
            low = max(low, asked)
        }
    }
}
