/// How long to wait before trying again: longer after each failure, with chance in it, so that many
/// clients do not come back at once.
public struct Backoff: Hashable, Sendable {
    public enum Growth: Hashable, Sendable {
        /// `base`, twice, four times, … of it.
        case doubling
        /// `base`, twice, three times, … of it.
        case linear
    }

    /// The first delay.
    public var base: Duration
    /// The longest one.
    public var cap: Duration
    public var growth: Growth
    /// Which part of a delay is left to chance, 0 to 1. What is not is always waited for, so that a
    /// lucky draw is no immediate retry.
    public var jitter: Double

    public init(
        base: Duration, cap: Duration, growth: Growth = .doubling, jitter: Double = 0.5
    ) {
        self.base = base
        self.cap = cap
        self.growth = growth
        self.jitter = jitter
    }

    /// The same delay each time.
    public static func constant(_ delay: Duration) -> Backoff {
        Backoff(base: delay, cap: delay, jitter: 0)
    }

    /// The delay after so many failures, counted from 1; `share` is the random number, 0 ..< 1.
    public func delay(after failures: Int, share: Double) -> Duration {
        let failures = min(max(failures, 1), 1 << 30)
        let full = min(cap, base * (growth == .doubling ? 1 << min(failures - 1, 30) : failures))
        return jitter == 0 ? full : full * (1 - jitter + jitter * share)
    }
}
