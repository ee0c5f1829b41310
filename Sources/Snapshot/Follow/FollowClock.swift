import Calendar

/// What time it is for whoever follows sources, and how they wait.
public struct FollowClock: Sendable {
    public var now: @Sendable () -> Timestamp
    /// Returns when it is that time, at once if it is past; throws when the task is cancelled.
    public var sleep: @Sendable (_ until: Timestamp) async throws -> Void

    public init(
        now: @escaping @Sendable () -> Timestamp,
        sleep: @escaping @Sendable (_ until: Timestamp) async throws -> Void
    ) {
        (self.now, self.sleep) = (now, sleep)
    }

    /// The machine's own.
    public static let machine = FollowClock { .now() }

    /// One that shows `start` now and goes on from there, for rehearsals.
    public static func beginning(at start: Timestamp) -> FollowClock {
        let begin = ContinuousClock.now
        return FollowClock { start + Int((ContinuousClock.now - begin) / .seconds(1)) }
    }

    private init(now: @escaping @Sendable () -> Timestamp) {
        self.init(now: now) { until in
            try await Task.sleep(for: .seconds(max(0, until.seconds(since: now()))))
            try Task.checkCancellation()
        }
    }
}
