import Synchronization
import Tasks
import Testing

@Suite struct RetryTests {
    /// A clock that only sleeping moves.
    private final class Time: Sendable {
        private let instant = Mutex(ContinuousClock.now)
        private let sleeps = Mutex<[Duration]>([])

        var slept: [Duration] { sleeps.withLock { $0 } }

        func pass(_ duration: Duration) { instant.withLock { $0 += duration } }

        func retry(attempts: Int? = nil, limit: Duration? = nil) -> Retry {
            Retry(
                backoff: Backoff(base: .seconds(1), cap: .seconds(8)), attempts: attempts,
                limit: limit, now: { self.instant.withLock { $0 } },
                sleep: { duration in
                    self.pass(duration)
                    self.sleeps.withLock { $0.append(duration) }
                },
                random: { 1 })
        }
    }

    @Test func `As many attempts are made as are allowed, the first among them`() async throws {
        let time = Time()
        var attempts = time.retry(attempts: 4).begin()
        var count = 1
        while try await attempts.pause() { count += 1 }
        #expect(count == 4)
        #expect(time.slept == [.seconds(1), .seconds(2), .seconds(4)])
    }

    @Test func `No attempt begins after the limit, and nobody waits for one that will not`()
        async throws
    {
        let time = Time()
        var attempts = time.retry(limit: .seconds(7)).begin()
        while try await attempts.pause() {}
        #expect(time.slept == [.seconds(1), .seconds(2), .seconds(4)])
    }

    @Test func `After a success the count and the time begin anew`() async throws {
        let time = Time()
        var attempts = time.retry(attempts: 3, limit: .seconds(10)).begin()
        #expect(try await attempts.pause())
        time.pass(.seconds(60))
        attempts.succeeded()
        #expect(try await attempts.pause())
        #expect(try await attempts.pause())
        #expect(try await !attempts.pause())
        #expect(time.slept == [.seconds(1), .seconds(1), .seconds(2)])
    }

    @Test func `What the other side asks for is waited for, if the limit allows it`() async throws {
        let time = Time()
        var attempts = time.retry(limit: .seconds(60)).begin()
        #expect(try await attempts.pause(atLeast: .seconds(30)))
        #expect(try await attempts.pause(atLeast: .milliseconds(1)))
        #expect(try await !attempts.pause(atLeast: .seconds(30)))
        #expect(time.slept == [.seconds(30), .seconds(2)])
    }

    @Test func `A failure of another kind has waits of its own, and counts with the others`()
        async throws
    {
        let time = Time()
        var attempts = time.retry().begin()
        #expect(try await attempts.pause(by: .constant(.seconds(5))))
        #expect(try await attempts.pause())
        #expect(time.slept == [.seconds(5), .seconds(2)])
    }

    @Test func `Cancellation ends a wait`() async {
        let task = Task {
            var attempts = Retry(backoff: .constant(.seconds(3600))).begin()
            return try await attempts.pause()
        }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
    }
}
