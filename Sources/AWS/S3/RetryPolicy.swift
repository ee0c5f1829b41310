import Tasks

/// How often and after what delay a request that may succeed later is sent again.
public struct RetryPolicy: Sendable {
    /// All attempts, the first among them.
    public var attempts: Int
    /// All retries of all requests together; each five requests that succeed earn one back. A server
    /// that fails them all is so left alone soon.
    public var budget: Int
    public var backoff: Backoff
    public var sleep: @Sendable (Duration) async throws -> Void
    /// A random number, 0 ..< 1.
    public var random: @Sendable () -> Double

    public init(
        attempts: Int = 5, budget: Int = 100,
        backoff: Backoff = Backoff(base: .milliseconds(200), cap: .seconds(20)),
        sleep: @escaping @Sendable (Duration) async throws -> Void = {
            try await Task.sleep(for: $0)
        },
        random: @escaping @Sendable () -> Double = { Double.random(in: 0..<1) }
    ) {
        self.attempts = attempts
        self.budget = budget
        self.backoff = backoff
        self.sleep = sleep
        self.random = random
    }

    /// Waits after an attempt, the first being 1, that failed.
    func pause(after attempt: Int) async throws(AWSError) {
        do {
            try await sleep(backoff.delay(after: attempt, share: random()))
        } catch {
            throw .transport(.cancelled)
        }
    }
}
