import Decode
import Synchronization
import Tally

/// What the streams of one live window have brought so far; they are read side by side.
final class LiveLedger: Sendable {
    private let source: String
    private let request: WindowRequest
    private let ledger: Mutex<PostLedger>

    init(of source: String, for request: WindowRequest) {
        self.source = source
        self.request = request
        ledger = Mutex(PostLedger(rules: request.rules))
    }

    /// Takes in what a stream brought, and shows it to whoever watches.
    func take(_ events: [StreamEvent]) {
        guard !events.isEmpty else { return }
        ledger.withLock { ledger in
            for event in events { ledger.record(event) }
            // What cannot be counted now cannot be at the window's end, which says so.
            try? request.watcher?.look(at: source, ledger, keeping: request.top)
        }
    }

    /// The counts so far.
    func tally() throws -> Counts { try ledger.withLock { try $0.tally(keeping: request.top) } }
}
