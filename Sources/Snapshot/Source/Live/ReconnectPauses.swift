import Transport

/// The pauses between the connections of a window: longer after each that brought nothing.
struct ReconnectPauses: Sendable {
    /// What a connection ended by.
    enum Cause: Sendable {
        /// The network, or the other side's will.
        case network
        /// The server answered with an error of its own.
        case server
        /// The server's limit was reached, and it did not say for how long.
        case limit
    }

    private let length: @Sendable (_ cause: Cause, _ failures: Int) -> Duration
    private var failures = 0

    /// - Parameter length: of the pause after so many failures in a row, 1 or more.
    init(_ length: @escaping @Sendable (_ cause: Cause, _ failures: Int) -> Duration) {
        self.length = length
    }

    /// From a quarter of a second doubled up to 16, with chance in it.
    static let standard = growing(Backoff(base: .milliseconds(250), cap: .seconds(16)))

    /// Mastodon names none: from a second doubled up to a minute, with chance in it.
    static let mastodon = growing(Backoff(base: .seconds(1), cap: .seconds(60)))

    /// What X asks for (docs.x.com, handling disconnections): 250 ms more each time up to 16 s; from 5 s
    /// doubled up to 320 s; from a minute doubled.
    static let x = ReconnectPauses { cause, failures in
        switch cause {
        case .network: min(.milliseconds(250 * failures), .seconds(16))
        case .server: min(.seconds(5) * (1 << min(failures - 1, 10)), .seconds(320))
        case .limit: min(.seconds(60) * (1 << min(failures - 1, 10)), .seconds(900))
        }
    }

    private static func growing(_ backoff: Backoff) -> ReconnectPauses {
        ReconnectPauses { cause, failures in
            cause == .limit
                ? .seconds(60) : backoff.delay(after: failures, share: .random(in: 0..<1))
        }
    }

    /// The connection brought something: the next pause is a short one.
    mutating func succeeded() { failures = 0 }

    /// How long the next pause is.
    mutating func next(after cause: Cause = .network) -> Duration {
        failures += 1
        return length(cause, failures)
    }

    /// Waits for the next attempt, until `end` at the latest.
    ///
    /// - Parameter asked: the shortest pause, which a server has asked for.
    /// - Returns: whether there is time and will for another attempt.
    mutating func pause(
        until end: ContinuousClock.Instant, atLeast asked: Duration = .zero
    ) async -> Bool {
        let delay = max(asked, next())
        // Cancellation ends the pause.
        try? await Task.sleep(until: min(end, .now + delay), clock: .continuous)
        return !Task.isCancelled && .now < end
    }
}
