/// Runs `body`, cancels it at `end` if it has not returned by then, and returns what it returns.
public func cancelling<Result: Sendable>(
    at end: ContinuousClock.Instant, _ body: @Sendable @escaping () async -> Result
) async -> Result {
    await withTaskGroup(of: Result?.self) { group in
        group.addTask { await body() }
        group.addTask {
            try? await Task.sleep(until: end, clock: .continuous)
            return nil
        }
        var result: Result?
        for await ended in group {
            result = result ?? ended
            group.cancelAll()
        }
        // The first task always returns one.
        guard let result else { preconditionFailure("a task ended without its result") }
        return result
    }
}
