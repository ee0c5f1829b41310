import Glibc

/// The processor time that `body` takes in the thread that calls this: other tests take none of it.
public func processorTime(of body: () throws -> Void) rethrows -> Duration {
    let start = threadTime()
    try body()
    return threadTime() - start
}

private func threadTime() -> Duration {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
}

/// The least of the times that `body` returns, of at most three tries and none after one below the
/// limit: other tests may have the processors and the disk at any one of them.
public func leastTime(
    below limit: Duration, of body: () async throws -> Duration
) async rethrows -> Duration {
    var least = try await body()
    for _ in 1..<3 where least >= limit { least = min(least, try await body()) }
    return least
}
