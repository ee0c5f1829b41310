import Archive
import Tally

/// What a source is asked for.
public struct WindowRequest: Sendable {
    /// The clock when the run began.
    public var now: Timestamp
    public var schedule: Schedule
    /// Seconds a live source is read for.
    public var length: Int
    /// The one slot to read, or read again; nil for whatever is due.
    public var slot: Slot?
    /// Slots of this source that have a row and are to be left alone.
    public var archived: Set<Timestamp>
    public var rules: CountingRules
    /// Entries of a published list.
    public var top = 10
    /// Shown what live windows have counted so far.
    public var watcher: WindowWatcher?

    func wants(_ slot: Slot) -> Bool {
        !archived.contains(slot.start) && (self.slot.map { $0 == slot } ?? true)
    }
}
