/// Runs `body`, and calls `cancel` if it is still running at the deadline.
///
/// For streams that end only when somebody ends them: `cancel` closes what `body` reads.
func withDeadline<Value>(
    _ deadline: ContinuousClock.Instant, cancel: @escaping @Sendable () -> Void,
    _ body: () async throws -> Value
) async rethrows -> Value {
    async let _: Void = {
        try await Task.sleep(until: deadline, clock: .continuous)
        cancel()
    }()
    // Leaving the scope ends the alarm.
    return try await body()
}
