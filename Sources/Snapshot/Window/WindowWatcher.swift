import Calendar
import Synchronization
import Tally

/// Shown what a live window has counted so far, now and then, while it is being read.
public final class WindowWatcher: Sendable {
    /// What a source has brought of its window.
    struct View {
        let source: String
        let tally: Counts
        /// From when, and up to when, by the times of the stream; nil where it goes along with the clock.
        let read: Range<Timestamp>?
    }

    private let curve: PostCurve?
    private let isDue: @Sendable (_ source: String) -> Bool
    private let show: @Sendable (View) -> Void

    /// - Parameters:
    ///   - curve: asked for with the counts; nil for none.
    ///   - isDue: whether a look at a source is wanted now; a look at a large window costs a fraction of a second.
    ///   - show: gets the counts so far, on whatever task reads the source.
    init(
        over curve: PostCurve?, isDue: @escaping @Sendable (_ source: String) -> Bool,
        show: @escaping @Sendable (View) -> Void
    ) {
        (self.curve, self.isDue, self.show) = (curve, isDue, show)
    }

    /// - Parameters:
    ///   - interval: the time between two looks at a source at least.
    ///   - show: gets the source's name and its counts so far.
    public convenience init(
        every interval: Duration, show: @escaping @Sendable (String, Counts) -> Void
    ) {
        let shown = Mutex<[String: ContinuousClock.Instant]>([:])
        self.init(
            over: nil,
            isDue: { source in
                let now = ContinuousClock.now
                return shown.withLock { shown in
                    if let last = shown[source], now - last < interval { return false }
                    shown[source] = now
                    return true
                }
            }, show: { show($0.source, $0.tally) })
    }

    /// Counts and shows if it is time to.
    ///
    /// - Parameters:
    ///   - span: of the stream's own times, in microseconds, and how far it has been read; nil where it goes along
    ///     with the clock.
    func look(
        at source: String, _ ledger: PostLedger, keeping top: Int, within span: Range<Int64>? = nil,
        reached: Int64 = 0
    ) throws {
        guard isDue(source) else { return }
        let read = span.map { span in
            let end = min(max(reached, span.lowerBound), span.upperBound)
            return Timestamp(microseconds: span.lowerBound)..<Timestamp(microseconds: end)
        }
        show(
            View(
                source: source, tally: try ledger.tally(keeping: top, over: curve), read: read))
    }
}
