import Archive

/// The stretch of the running slot that a live source reads: from now, for `window.length`, to the
/// slot's end at the latest.
struct LiveWindow: Sendable {
    let slot: Slot
    let start: Timestamp
    /// When reading begins and when it has to stop.
    let begin: ContinuousClock.Instant
    let end: ContinuousClock.Instant
    private let readable: Int
    private let meant: Int

    /// Nil if the running slot has a row already.
    init?(_ request: WindowRequest, of source: String) throws(SnapshotError) {
        slot = request.schedule.slot(containing: request.now)
        if let wanted = request.slot, wanted != slot {
            throw .notReplayable(source: source, slot: "\(wanted.start)")
        }
        guard request.wants(slot) else { return nil }
        start = request.now
        meant = request.length
        readable = min(request.length, slot.end.seconds(since: request.now))
        begin = .now
        end = begin + .seconds(readable)
    }

    /// The window as it was read, up to now.
    ///
    /// Covered is the time with a connection; what was without one is told in the note.
    func closed(
        of source: String, tally: Tally, connections: ConnectionTimes, note: String = ""
    ) -> ClosedWindow {
        let elapsed = min((ContinuousClock.now - begin).wholeSeconds, readable)
        let gaps = connections.gaps(within: begin..<min(end, max(begin, .now))).map {
            "no connection from \((start + ($0.lowerBound - begin).wholeSeconds).clockTime) to "
                + (start + ($0.upperBound - begin).wholeSeconds).clockTime
        }
        return ClosedWindow(
            slot: slot, source: source, start: start, end: start + elapsed,
            read: Double(min(connections.connected.wholeSeconds, readable)), meant: Double(meant),
            tally: tally, reconnects: connections.reconnects,
            note: ([note] + gaps).filter { !$0.isEmpty }.joined(separator: "; "))
    }
}

extension Timestamp {
    /// `18:20:05`, for notes in a row that names the day.
    var clockTime: String { String("\(self)".dropFirst(11).prefix(8)) }
}

extension Duration {
    /// Rounded to nearest: connecting takes milliseconds, which are no gap.
    var wholeSeconds: Int { Int((self / .seconds(1)).rounded()) }
}
