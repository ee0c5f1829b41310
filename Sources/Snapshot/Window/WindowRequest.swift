import Calendar
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
    /// Told of every clock that the source meets.
    public var clock = OutsideClock(machine: .now())
    /// Shown what live windows have counted so far.
    public var watcher: WindowWatcher?
    /// Gets the bytes of live streams besides.
    public var tap: (any StreamTap)?
    /// Whether a live window is the whole running slot, from its start where the source can go back there.
    var isWhole = false
    /// What live streams have brought of the slot before, and add to; nil begins anew.
    var ledger: LiveLedger?

    func wants(_ slot: Slot) -> Bool {
        !archived.contains(slot.start) && (self.slot.map { $0 == slot } ?? true)
    }

    /// The slot that `now` is in.
    var running: Slot { schedule.slot(containing: now) }

    /// Whether others have ended since the slot did.
    func isLate(_ slot: Slot) -> Bool { slot < running.previous }

    /// The slots of a source to read now, oldest first: none without one that is due; of a recording
    /// none are known before it is read.
    ///
    /// A replayable source's are those without a row that have ended since its first row, as far back as
    /// it can be read. Throws if the slot asked for is not one that can be read now.
    func dueSlots(
        of source: String, _ availability: Availability
    ) throws(SnapshotError) -> [Slot] {
        switch availability {
        case .recording: return []
        case .live:
            if let slot, slot != running {
                throw .notReplayable(source: source, slot: "\(slot.start)")
            }
            return [running].filter(wants)
        case .replayable(let lookBack, let fillsPast):
            if let slot {
                guard slot < running else {
                    throw .notOver(source: source, slot: "\(slot.start)", end: "\(slot.end)")
                }
                return [slot].filter(wants)
            }
            let first = fillsPast ? nil : archived.min() ?? running.previous.start
            return sequence(first: running.previous) { $0.previous }
                .prefix { slot in
                    slot.start >= first ?? slot.start && slot.end + lookBack > now
                }
                .filter(wants).reversed()
        }
    }
}

/// When a source can be read.
public enum Availability: Hashable, Sendable {
    /// At any time. It has no schedule: its windows are those of its posts' own times.
    case recording
    /// As it goes: the running slot alone, which is lost if it is not read while it runs.
    case live
    /// Whole slots that are over, for so many seconds after their end. The first run reads the last
    /// one, or with `fillsPast` as many as can be read.
    case replayable(lookBack: Int, fillsPast: Bool = false)
}
