import Archive

/// The stretch of the running slot that a live source reads: from now on, for the length asked for.
struct LiveStretch: Sendable {
    let slot: Slot
    let start: Timestamp
    /// Seconds meant to be read.
    let meant: Int
    /// Seconds that can be: until the slot's end at the most.
    let readable: Int
    private let began = ContinuousClock.now

    /// Nil if the running slot is archived; throws if another one is wanted.
    init?(of source: String, _ request: WindowRequest) throws(SnapshotError) {
        slot = request.schedule.slot(containing: request.now)
        if let wanted = request.slot, wanted != slot {
            throw .notReplayable(source: source, slot: "\(wanted.start)")
        }
        guard request.wants(slot) else { return nil }
        start = request.now
        meant = request.length
        readable = min(request.length, slot.end.seconds(since: request.now))
    }

    /// When reading is over.
    var end: ContinuousClock.Instant { began + .seconds(readable) }

    /// Of a time with a connection, the whole seconds that count as read: one at the least.
    func seconds(of connected: Duration) -> Int { min(max(1, connected.wholeSeconds), readable) }

    /// An instant of the stretch as a time.
    func time(of instant: ContinuousClock.Instant) -> Timestamp {
        start + min(max(0, (instant - began).wholeSeconds), readable)
    }
}
