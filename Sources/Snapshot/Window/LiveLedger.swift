import Calendar
import Decode
import Synchronization
import Tally

/// What the streams of one live window have brought so far; they are read side by side.
final class LiveLedger: Sendable {
    private let source: String
    private let request: WindowRequest
    private let ledger: Mutex<PostLedger>
    /// Whether streams are read into it.
    private let isInUse = Mutex(false)
    private let isWhole = Mutex(false)
    /// By the posts' own times.
    private let position = Mutex(StreamPosition(at: 0))

    init(of source: String, for request: WindowRequest) {
        self.source = source
        self.request = request
        ledger = Mutex(PostLedger(rules: request.rules))
    }

    /// Told of every clock that the streams meet.
    var clock: OutsideClock { request.clock }

    /// Takes in what a stream brought, and shows it to whoever watches.
    func take(_ events: [StreamEvent]) {
        guard !events.isEmpty else { return }
        let reached = position.withLock { position in
            for case .post(let post) in events { if let time = post.time { position.take(time) } }
            return position.time
        }
        if reached > 0 { request.clock.take(past: Timestamp(microseconds: reached), of: source) }
        ledger.withLock { ledger in
            for event in events { ledger.record(event) }
            look(at: ledger)
        }
    }

    func begin() { isInUse.withLock { $0 = true } }

    /// Of the running slot, where its streams go back to its start: how far they have been read is told by the posts.
    func beginWhole() { isWhole.withLock { $0 = true } }

    private func look(at ledger: PostLedger) {
        let slot = request.running
        let span =
            isWhole.withLock { $0 } ? slot.start.microseconds..<slot.end.microseconds : nil
        // What cannot be counted now cannot be at the window's end, which says so.
        try? request.watcher?.look(
            at: source, ledger, keeping: request.top, within: span,
            reached: position.withLock(\.time))
    }

    /// Shows what is there, if someone waits for it and streams are read into it.
    func show() {
        guard isInUse.withLock({ $0 }) else { return }
        ledger.withLock { look(at: $0) }
    }

    /// Takes in what these bytes bring; nil is the end of a connection. What then stands behind the last
    /// line end, whole or cut off, is a record: the decoder tells.
    ///
    /// - Returns: what it were.
    @discardableResult
    func take(_ bytes: [UInt8]?, by reader: inout EventReader) -> [StreamEvent] {
        var events: [StreamEvent] = []
        if let bytes {
            bytes.withUnsafeBytes { reader.feed($0, to: &events) }
        } else {
            reader.finish(to: &events)
        }
        take(events)
        return events
    }

    /// The counts so far.
    func tally() throws -> Counts { try ledger.withLock { try $0.tally(keeping: request.top) } }
}
