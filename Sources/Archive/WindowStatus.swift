/// How much of a slot its window holds.
public enum WindowStatus: String, CaseIterable, Sendable {
    /// All that was meant was read.
    case complete
    /// Reading began late, ended early or had gaps; `coverage` says how much was read.
    case partial
    /// Nothing was read: the slot passed without a run. Never to be drawn as zero.
    case missing
    /// Read whole, but later than its own run, from a source that can be replayed.
    case backfilled
}
