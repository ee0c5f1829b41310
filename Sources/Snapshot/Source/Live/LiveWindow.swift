import Calendar
import Decode
import Tally
import Tasks

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
        guard let slot = try request.dueSlots(of: source, .live).first else { return nil }
        self.slot = slot
        start = request.now
        meant = request.length
        readable = min(request.length, slot.end.seconds(since: request.now))
        begin = .now
        end = begin + .seconds(readable)
    }

    /// Reads until the window ends, and hands it over if there was a connection at all.
    ///
    /// - Parameters:
    ///   - address: where nobody answered, if nobody does.
    ///   - follow: is cancelled when the window ends.
    func read(
        of source: String, for request: WindowRequest, from address: String,
        archive: (ClosedWindow) async throws -> Void,
        _ follow: @escaping @Sendable (LiveLedger) async -> LiveReading
    ) async throws {
        let ledger = request.ledger ?? LiveLedger(of: source, for: request)
        ledger.begin()
        let reading = await cancelling(at: end) { await follow(ledger) }
        let failure = reading.failure ?? reading.streams.lazy.compactMap(\.failure).first
        guard reading.streams.contains(where: \.hasConnected) else {
            // Whoever stopped before anything was read leaves the slot to the next run.
            try Task.checkCancellation()
            throw failure ?? .noAnswer(address: address)
        }
        try await archive(
            closed(of: source, tally: ledger.tally(), over: reading.streams, notes: reading.notes))
        try Task.checkCancellation()
        if let failure { throw failure }
    }

    /// Reads one stream of posts in a format, as `read` does.
    func read(
        _ stream: LiveStream, of source: String, in format: PostFormat, _ grammar: Grammar?,
        for request: WindowRequest, from address: String,
        archive: (ClosedWindow) async throws -> Void
    ) async throws {
        try await read(of: source, for: request, from: address, archive: archive) { ledger in
            var events = EventReader(
                format: format, grammar: grammar, links: request.rules.context?.links)
            let tap = request.tap?.begin(format)
            let connections = await stream.read {
                await tap?($0)
                ledger.take($0, by: &events)
                return .goOn
            }
            ledger.take(nil, by: &events)
            return LiveReading(streams: [connections])
        }
    }

    /// The window as it was read, up to now.
    ///
    /// Covered is the time with a connection, a second at the least: the mean of those that were read
    /// side by side, at least one. What was without one is told in the note. However short the time
    /// between two connections of a stream was, what it brought is lost, and the window not whole.
    func closed(
        of source: String, tally: Counts, over streams: [Connections], notes: [String] = []
    ) -> ClosedWindow {
        let now = min(end, max(begin, .now))
        let connected =
            streams.reduce(Duration.zero) { $0 + $1.covered(of: .seconds(readable)) }
            / streams.count
        let reconnects = streams.reduce(0) { $0 + $1.reconnects }
        let isWhole =
            reconnects == 0 && !streams.contains(where: \.isKeptBack) && !tally.read.holdsNoPost
        let read =
            isWhole
            ? Double(min(max(1, connected.wholeSeconds), readable))
            : min(connected / .seconds(1), Double(readable) - 0.001)
        var notes = notes + streams.compactMap { $0.failure.map { "\($0)" } }
        if tally.read.holdsNoPost {
            notes.append("of \(tally.read.records) records that came, none was a post")
        } else if notes.isEmpty, tally.read.deliveries == 0 {
            notes.append("not one post came in all that time")
        }
        let gaps = streams.flatMap { $0.gaps(within: begin..<now) }.map { gap in
            "no connection from \(clock(gap.lowerBound)) to \(clock(gap.upperBound))"
        }
        return ClosedWindow(
            slot: slot, source: source, start: start,
            end: start + max(1, (now - begin).wholeSeconds),
            read: read, meant: Double(meant), tally: tally, reconnects: reconnects,
            // Streams of one server are lost together.
            note: (notes + gaps).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
                .joined(separator: "; "))
    }

    private func clock(_ instant: ContinuousClock.Instant) -> String {
        (start + (instant - begin).wholeSeconds).clock
    }
}

extension Duration {
    /// Rounded to nearest: connecting takes milliseconds, which are no gap.
    var wholeSeconds: Int { Int((self / .seconds(1)).rounded()) }
}

/// How the reading of a live window went.
struct LiveReading: Sendable {
    /// Those read side by side.
    var streams: [Connections]
    var notes: [String] = []
    /// What the operator has to know, though something was read; nil for what a stream ended by.
    var failure: SnapshotError?
}
