/// What came through a socket so far, over all its connections.
struct SocketReading: ~Copyable {
    var ledger: PostLedger
    private var events: EventReader
    /// Time with a connection.
    var connected = Duration.zero
    var hasConnected = false
    var reconnects = 0

    init(rules: CountingRules, format: PostFormat, grammar: Grammar?) {
        ledger = PostLedger(rules: rules)
        events = EventReader(format: format, grammar: grammar)
    }

    /// Reads until the peer or the window ends; false if nothing came.
    mutating func take(from socket: SocketBytes, until end: ContinuousClock.Instant) async -> Bool {
        let clock = ContinuousClock()
        let start = clock.now
        var received = false
        reading: while !Task.isCancelled && clock.now < end {
            switch await socket.next(within: (end - clock.now).inMilliseconds) {
            case .bytes(let bytes):
                received = true
                bytes.withUnsafeBytes { events.feed($0, to: &ledger) }
            case .end: break reading
            case .nothing: continue
            }
        }
        // What stands behind the last line end: whole or cut off, the decoder tells.
        events.finish(to: &ledger)
        connected += clock.now - start
        return received
    }
}

extension Duration {
    var inSeconds: Double {
        Double(components.seconds) + Double(components.attoseconds) / 1e18
    }

    /// Rounded to nearest: connecting takes milliseconds, which are no gap.
    var wholeSeconds: Int { Int(inSeconds.rounded()) }

    /// Rounded up, so that a wait for it does not end too early; 0 to 2^31 - 1.
    var inMilliseconds: Int32 { Int32(clamping: Int(max(0, inSeconds * 1000).rounded(.up))) }
}
