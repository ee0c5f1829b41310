/// What a signal to stop means, by when it comes.
///
/// One order can arrive as several signals: timeout(1) sends its own to the process and to its group,
/// and a terminal's Ctrl-C reaches what a parent passes on as well.
struct StopOrder {
    typealias Instant = ContinuousClock.Instant

    enum Meaning { case cancel, repetition, endAtOnce }

    private var first: Instant?
    /// Signals as close as this to the first are the same order.
    static let span = Duration.seconds(1)

    mutating func take(at now: Instant = .now) -> Meaning {
        guard let first else {
            first = now
            return .cancel
        }
        return now - first < Self.span ? .repetition : .endAtOnce
    }
}
