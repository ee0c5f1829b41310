/// When there was a connection in a window, and how often it was lost.
struct ConnectionTimes {
    typealias Instant = ContinuousClock.Instant

    private(set) var connected = Duration.zero
    private var connections = 0
    private var openedAt: Instant?
    private var closedAt: Instant?
    /// Between connections, the longest alone.
    private var lost: [Range<Instant>] = []
    private static let told = 3
    /// Shorter gaps are not worth words.
    private static let shortest = Duration.seconds(1)

    var hasConnected: Bool { connections > 0 }
    var reconnects: Int { max(0, connections - 1) }

    mutating func opened(at now: Instant = .now) {
        if let closedAt {
            lost.append(closedAt..<max(closedAt, now))
            lost = Array(lost.sorted { $0.length > $1.length }.prefix(Self.told))
        }
        connections += 1
        openedAt = now
    }

    /// The end of a connection; of none if none is open.
    mutating func closed(at now: Instant = .now) {
        guard let openedAt else { return }
        connected += now - openedAt
        closedAt = now
        self.openedAt = nil
    }

    /// The longest stretches of the window without a connection, in order of time.
    func gaps(within window: Range<Instant>) -> [Range<Instant>] {
        var gaps = lost
        if openedAt == nil, let closedAt, closedAt < window.upperBound {
            gaps.append(closedAt..<window.upperBound)
        }
        return gaps.map { $0.clamped(to: window) }.filter { $0.length >= Self.shortest }
            .sorted { $0.lowerBound < $1.lowerBound }
    }
}

extension Range<ContinuousClock.Instant> {
    fileprivate var length: Duration { upperBound - lowerBound }
}
