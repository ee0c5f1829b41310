/// How long to wait before trying again: doubling from `base` up to `cap`, each time a random share
/// of it, so that many clients do not come back at once.
public struct Backoff: Hashable, Sendable {
    public var base: Duration
    public var cap: Duration

    public init(base: Duration, cap: Duration) {
        self.base = base
        self.cap = cap
    }

    /// The delay after the `attempt`th failure, counted from 1; `share` is the random number, 0 ..<
    /// 1.
    ///
    /// At least half of the full delay, so that a lucky draw is no immediate retry.
    public func delay(after attempt: Int, share: Double) -> Duration {
        let full = min(cap, base * (1 << min(max(attempt, 1) - 1, 30)))
        return full * (0.5 + share / 2)
    }
}
