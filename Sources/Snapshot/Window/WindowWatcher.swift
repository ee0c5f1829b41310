import Synchronization
import Tally

/// Shown what a live window has counted so far, now and then, while it is being read.
public final class WindowWatcher: Sendable {
    private let interval: Duration
    private let show: @Sendable (String, Counts) -> Void
    private let shown = Mutex<[String: ContinuousClock.Instant]>([:])

    /// - Parameters:
    ///   - interval: the time between two looks at a source at least; a look at a large window costs a
    ///     fraction of a second.
    ///   - show: gets the source's name and its counts so far, on whatever task reads it.
    public init(every interval: Duration, show: @escaping @Sendable (String, Counts) -> Void) {
        self.interval = interval
        self.show = show
    }

    /// Counts and shows if it is time to.
    func look(at source: String, _ ledger: PostLedger, keeping top: Int) throws {
        let now = ContinuousClock.now
        let isDue = shown.withLock { shown in
            if let last = shown[source], now - last < interval { return false }
            shown[source] = now
            return true
        }
        if isDue { show(source, try ledger.tally(keeping: top)) }
    }
}
