import Archive

/// How a live stream went: the time with a connection, and what was between two of them.
struct LiveReading: Sendable {
    /// Time with a connection.
    private(set) var connected = Duration.zero
    private(set) var reconnects = 0
    private(set) var hasConnected = false
    /// Stretches without one, of a minute or more.
    private var gaps: [Range<ContinuousClock.Instant>] = []
    /// When the connection at hand began; nil without one.
    private var since: ContinuousClock.Instant?
    private var lost: ContinuousClock.Instant
    /// Why it ended before its time, or never began.
    private(set) var failure: SnapshotError?

    init(from start: ContinuousClock.Instant = .now) { lost = start }

    mutating func connect(at now: ContinuousClock.Instant = .now) {
        if hasConnected { reconnects += 1 }
        note(gap: lost..<now)
        hasConnected = true
        failure = nil
        since = now
    }

    mutating func disconnect(at now: ContinuousClock.Instant = .now) {
        guard let since else { return }
        connected += now - since
        lost = now
        self.since = nil
    }

    /// A failure in passing matters as long as nothing ever came.
    mutating func fail(_ error: SnapshotError, isFinal: Bool) {
        if isFinal || !hasConnected { failure = error }
    }

    private mutating func note(gap: Range<ContinuousClock.Instant>) {
        if gap.upperBound - gap.lowerBound >= .seconds(60) { gaps.append(gap) }
    }

    /// What happened, for people: the longest gaps first, and the failure.
    func note(until end: ContinuousClock.Instant, in stretch: LiveStretch) -> [String] {
        var whole = self
        if lost < end { whole.note(gap: lost..<end) }
        let long = whole.gaps.sorted {
            $0.upperBound - $0.lowerBound > $1.upperBound - $1.lowerBound
        }
        let shown = long.prefix(3).map { gap in
            "no connection from \(clock(gap.lowerBound)) to \(clock(gap.upperBound))"
        }
        func clock(_ instant: ContinuousClock.Instant) -> String {
            String("\(stretch.time(of: instant))".dropFirst(11).prefix(5))
        }
        return shown + (long.count > 3 ? ["\(long.count - 3) more gaps"] : [])
            + (failure.map { ["\($0)"] } ?? [])
    }
}
