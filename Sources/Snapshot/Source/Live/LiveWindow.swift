import Archive
import Tally

/// The stretch of the running slot that a live source reads: from now, for `window.length`, to the
/// slot's end at the latest.
struct LiveWindow: Sendable {
    let slot: Slot
    let start: Timestamp
    /// When reading begins and when it has to stop.
    let begin: ContinuousClock.Instant
    let end: ContinuousClock.Instant
    /// Seconds that can be read, and those that were meant to be.
    private let readable: Int
    private let meant: Int

    /// Nil if the running slot has a row already; throws if another one is wanted.
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
    /// Covered is the time with a connection, a second at the least: the mean of those that were read
    /// side by side, at least one. What was without one is told in the note.
    func closed(
        of source: String, tally: Counts, over streams: [Connections], notes: [String] = []
    ) -> ClosedWindow {
        let now = min(end, max(begin, .now))
        let connected = streams.reduce(Duration.zero) { $0 + $1.connected } / streams.count
        let notes = notes + streams.compactMap { $0.failure.map { "\($0)" } }
        let gaps = streams.flatMap { $0.gaps(within: begin..<now) }.map { gap in
            "no connection from \(clock(gap.lowerBound)) to \(clock(gap.upperBound))"
        }
        return ClosedWindow(
            slot: slot, source: source, start: start,
            end: start + max(1, (now - begin).wholeSeconds),
            read: Double(min(max(1, connected.wholeSeconds), readable)), meant: Double(meant),
            tally: tally, reconnects: streams.reduce(0) { $0 + $1.reconnects },
            // Streams of one server are lost together.
            note: (notes + gaps).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
                .joined(separator: "; "))
    }

    private func clock(_ instant: ContinuousClock.Instant) -> String {
        (start + (instant - begin).wholeSeconds).clockTime
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
