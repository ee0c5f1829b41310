import Transport

/// The pauses between the connections of a window: longer after each that brought nothing.
struct ReconnectPauses: Sendable {
    private let backoff: Backoff
    private var failures = 0

    init(_ backoff: Backoff = Backoff(base: .milliseconds(250), cap: .seconds(16))) {
        self.backoff = backoff
    }

    /// The connection brought something: the next pause is a short one.
    mutating func succeeded() { failures = 0 }

    /// Waits for the next attempt, until `end` at the latest.
    ///
    /// - Parameter asked: the shortest pause, which a server has asked for.
    /// - Returns: whether there is time and will for another attempt.
    mutating func pause(
        until end: ContinuousClock.Instant, atLeast asked: Duration = .zero
    ) async -> Bool {
        failures += 1
        let delay = max(asked, backoff.delay(after: failures, share: .random(in: 0..<1)))
        // Cancellation ends the pause.
        try? await Task.sleep(until: min(end, .now + delay), clock: .continuous)
        return !Task.isCancelled && .now < end
    }
}
