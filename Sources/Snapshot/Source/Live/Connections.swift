/// The connections of a live window, one after another: when there was one, and why there was none.
struct Connections: Sendable {
    typealias Instant = ContinuousClock.Instant

    private(set) var connected = Duration.zero
    /// The share that the server kept back though there was a connection, 0 to 1.
    private var keptBack: Double?
    /// Why it ended before its time, or never began.
    private(set) var failure: SnapshotError?
    private var count = 0
    /// When the one at hand began; nil without one.
    private var openedAt: Instant?
    private var closedAt: Instant
    /// Stretches without one, the longest alone.
    private var lost: [Range<Instant>] = []
    private static let told = 3
    /// Shorter gaps are not worth words; the coverage has them.
    private static let shortest = Duration.seconds(10)

    /// Nothing is connected yet.
    init(from start: Instant = .now) { closedAt = start }

    var hasConnected: Bool { count > 0 }
    var reconnects: Int { max(0, count - 1) }

    mutating func opened(at now: Instant = .now) {
        lost = Self.longest(of: lost + [closedAt..<max(closedAt, now)])
        count += 1
        openedAt = now
        failure = nil
    }

    /// The end of a connection; of none if none is open.
    mutating func closed(at now: Instant = .now) {
        guard let openedAt else { return }
        connected += now - openedAt
        closedAt = now
        self.openedAt = nil
    }

    /// The server kept back that share of what it could have sent, 0 to 1.
    mutating func keepBack(_ share: Double) {
        keptBack = share
    }

    var isKeptBack: Bool { keptBack != nil }

    /// The time of a window of that length in which it could all be read. What ends a connection comes a moment
    /// after the window's end.
    func covered(of length: Duration) -> Duration {
        min(connected, length) * (1 - (keptBack ?? 0))
    }

    /// A failure in passing matters as long as nothing ever came.
    mutating func fail(_ error: SnapshotError, isFinal: Bool) {
        if isFinal || !hasConnected { failure = error }
    }

    /// The longest stretches of the window without a connection, in order of time.
    func gaps(within window: Range<Instant>) -> [Range<Instant>] {
        var gaps = lost
        if openedAt == nil, closedAt < window.upperBound {
            gaps.append(closedAt..<window.upperBound)
        }
        return Self.longest(of: gaps.map { $0.clamped(to: window) })
            .filter { $0.length >= Self.shortest }.sorted { $0.lowerBound < $1.lowerBound }
    }

    private static func longest(of gaps: [Range<Instant>]) -> [Range<Instant>] {
        Array(gaps.sorted { $0.length > $1.length }.prefix(told))
    }
}

extension Range<ContinuousClock.Instant> {
    fileprivate var length: Duration { upperBound - lowerBound }
}
