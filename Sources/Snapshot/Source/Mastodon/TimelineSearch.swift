/// Finds where in a timeline an instant is whose ids are only counted: the least id of a post that was made at
/// that instant or later.
///
/// A post cannot reach its server before it was made, and the posts below the one found were all made
/// before: what comes late counts when it came. It is told below which id to ask for a page, until it
/// has found it.
struct TimelineSearch: Sendable {
    typealias Place = (id: UInt128, microseconds: Int64)

    private let instant: Int64
    /// Nothing below it was made at the instant or later; nor is what is asked for lower.
    private(set) var low: UInt128 = 0
    /// Of the posts seen that were made at the instant or later the one with the least id.
    private(set) var high: UInt128
    /// Ids that a page spans.
    private let span: UInt128
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
            (low, high, step, isLikely) = (top.id + 1, top.id + 1, 1, false)
            return
        }
        high = first
        isLikely = first > end
        let times = newest.map(\.microseconds)
        let duration = max(1, (times.max() ?? 0) - (times.min() ?? 0))
        let pages = Double((times.max() ?? 0) - instant) / Double(duration)
        step = UInt128(min(max(1, pages) * Double(span), Double(top.id)))
    }

    /// The id to ask below next; nil when `high` is what is looked for.
    var next: UInt128? {
        guard low < high else { return nil }
        if isConfirming { return high }
        if low == 0, step < high { return high - step }
        return low + (high - low + 1) / 2
    }

    private var isConfirming: Bool {
        !wasConfirming && (isLikely || high - low <= 2 * span)
    }

    /// Takes note of the page below the id that was asked for last.
    mutating func take(_ page: [Place], below asked: UInt128) {
        wasConfirming = asked == high
        let first = page.filter { $0.microseconds >= instant && $0.id < high }.map(\.id).min()
        if let first {
            isLikely = page.contains { $0.id < first }
            high = first
            let (doubled, isTooMuch) = step.multipliedReportingOverflow(by: 4)
            step = isTooMuch ? .max : doubled
        } else {
            isLikely = false
            low = max(low, asked)
        }
    }
}
