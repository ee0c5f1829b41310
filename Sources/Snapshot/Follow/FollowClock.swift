import Calendar

/// What time it is for whoever follows sources, and how they wait.
public struct FollowClock: Sendable {
    public var now: @Sendable () -> Timestamp
    /// Whether someone has said that it is right, whatever servers say.
    let isChosen: Bool
    /// Returns when it is that time, at once if it is past; throws when the task is cancelled.
    public var sleep: @Sendable (_ until: Timestamp) async throws -> Void

    public init(
        isChosen: Bool = true, now: @escaping @Sendable () -> Timestamp,
        sleep: @escaping @Sendable (_ until: Timestamp) async throws -> Void
    ) {
        (self.isChosen, self.now, self.sleep) = (isChosen, now, sleep)
    }

    /// The machine's own.
    public static let machine = FollowClock(isChosen: false) { .now() }

    /// One that shows `start` now and goes on from there, for rehearsals.
    public static func beginning(at start: Timestamp) -> FollowClock {
        let begin = ContinuousClock.now
        return FollowClock(isChosen: true) {
            start + Int((ContinuousClock.now - begin) / .seconds(1))
        }
    }

    private init(isChosen: Bool, now: @escaping @Sendable () -> Timestamp) {
        self.init(isChosen: isChosen, now: now) { until in
            try await Task.sleep(for: .seconds(max(0, until.seconds(since: now()))))
            try Task.checkCancellation()
        }
    }
}
