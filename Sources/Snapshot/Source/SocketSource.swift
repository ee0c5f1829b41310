import Archive

/// Lines that a TCP peer sends, in any of the formats, read for a while within the running slot.
///
/// The peer listens and we connect, as Spark's socket source did. A lost connection is made again
/// until the window ends; the time without one is missing from the coverage.
public struct SocketSource: PostSource {
    public let name: String
    public let isScheduled = true
    let host: String
    let port: String
    private let format: PostFormat
    private let grammar: Grammar?

    private static let connectTimeout: Int32 = 10_000
    private static let longestPause = Duration.seconds(16)

    public init(
        name: String, host: String, port: UInt16, format: PostFormat, grammar: Grammar? = nil
    ) {
        self.name = name
        self.host = host
        self.port = String(port)
        self.format = format
        self.grammar = grammar
    }

    public func read(
        _ request: WindowRequest, archive: (ClosedWindow) async throws -> Void
    ) async throws {
        let slot = request.schedule.slot(containing: request.now)
        if let wanted = request.slot, wanted != slot {
            throw SnapshotError.notReplayable(source: name, slot: "\(wanted.start)")
        }
        guard request.wants(slot) else { return }
        let readable = min(request.length, slot.end.seconds(since: request.now))
        var reading = SocketReading(rules: request.rules, format: format, grammar: grammar)
        let clock = ContinuousClock()
        let start = clock.now
        try await read(&reading, until: start + .seconds(readable))
        // Whoever stopped before anything was read leaves the slot to the next run.
        if !reading.hasConnected { throw CancellationError() }
        let elapsed = min((clock.now - start).wholeSeconds, readable)
        try await archive(
            ClosedWindow(
                slot: slot, source: name, start: request.now, end: request.now + elapsed,
                read: Double(min(reading.connected.wholeSeconds, readable)),
                meant: Double(request.length),
                tally: reading.ledger.tally(keeping: request.top), reconnects: reading.reconnects))
        try Task.checkCancellation()
    }

    private func read(
        _ reading: inout SocketReading, until end: ContinuousClock.Instant
    ) async throws {
        let clock = ContinuousClock()
        var pause = Duration.milliseconds(250)
        var failure = "the connection was closed"
        while !Task.isCancelled && clock.now < end {
            do {
                let socket = try SocketBytes(
                    host: host, port: port,
                    timeout: min(Self.connectTimeout, (end - clock.now).inMilliseconds))
                if reading.hasConnected { reading.reconnects += 1 }
                reading.hasConnected = true
                let received = await reading.take(from: socket, until: end)
                if received { pause = .milliseconds(250) }
            } catch {
                failure = error.reason
            }
            guard clock.now < end else { break }
            // Cancellation ends the pause; the loop's condition sees to the rest.
            try? await clock.sleep(until: min(end, clock.now + pause * .random(in: 0.5...1)))
            pause = min(pause * 2, Self.longestPause)
        }
        if !reading.hasConnected && !Task.isCancelled {
            throw SnapshotError.unreachable(address: "\(host):\(port)", reason: failure)
        }
    }
}
