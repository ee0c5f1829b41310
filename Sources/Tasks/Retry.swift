/// How what failed is tried again: after what waits, how often, and for how long.
public struct Retry: Sendable {
    public var backoff: Backoff
    /// All attempts, the first among them; nil for any number.
    public var attempts: Int?
    /// From the beginning, or from the last success, until the last attempt begins; nil for any time.
    public var limit: Duration?
    public var now: @Sendable () -> ContinuousClock.Instant
    public var sleep: @Sendable (Duration) async throws -> Void
    /// A random number, 0 ..< 1.
    public var random: @Sendable () -> Double

    public init(
        backoff: Backoff = Backoff(base: .milliseconds(200), cap: .seconds(20)),
        attempts: Int? = nil, limit: Duration? = nil,
        now: @escaping @Sendable () -> ContinuousClock.Instant = { .now },
        sleep: @escaping @Sendable (Duration) async throws -> Void = {
            try await Task.sleep(for: $0)
        },
        random: @escaping @Sendable () -> Double = { .random(in: 0..<1) }
    ) {
        self.backoff = backoff
        self.attempts = attempts
        self.limit = limit
        self.now = now
        self.sleep = sleep
        self.random = random
    }

    /// The attempts at one thing, of which the first begins now.
    public func begin() -> Attempts { Attempts(self) }
}

/// The attempts at one thing: how many have failed in a row, and since when.
public struct Attempts: Sendable {
    public let retry: Retry
    public private(set) var failures = 0
    private var start: ContinuousClock.Instant

    fileprivate init(_ retry: Retry) {
        self.retry = retry
        start = retry.now()
    }

    /// The last attempt brought something: the count and the time begin anew.
    public mutating func succeeded() {
        failures = 0
        start = retry.now()
    }

    /// Counts a failure: the wait before the next attempt, or nil if there is none, as too many have
    /// failed or it would begin too late.
    ///
    /// - Parameters:
    ///   - asked: the shortest wait, which the other side asked for.
    ///   - backoff: another than the usual, for a failure of another kind.
    public mutating func next(
        atLeast asked: Duration = .zero, by backoff: Backoff? = nil
    ) -> Duration? {
        failures += 1
        if let most = retry.attempts, failures >= most { return nil }
        let delay = max(
            asked, (backoff ?? retry.backoff).delay(after: failures, share: retry.random()))
        if let limit = retry.limit, retry.now() + delay > start + limit { return nil }
        return delay
    }

    /// Counts a failure and waits; false, at once, if there is no next attempt.
    public mutating func pause(
        atLeast asked: Duration = .zero, by backoff: Backoff? = nil
    ) async throws(CancellationError) -> Bool {
        guard let delay = next(atLeast: asked, by: backoff) else { return false }
        do {
            try await retry.sleep(delay)
        } catch {
            throw CancellationError()
        }
        return true
    }
}
