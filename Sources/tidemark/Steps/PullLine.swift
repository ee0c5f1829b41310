import Synchronization

/// Shows how far a pull has come.
final class PullLine: Sendable {
    private let console: Console
    private let progress = Mutex<Progress?>(nil)

    init(console: Console) { self.console = console }

    func advance(of total: Int, byteCount: Int) {
        progress.withLock { progress in
            let shown = progress ?? Progress("Fetching", of: total, on: console)
            progress = shown
            shown.advance(by: 1, byteCount: byteCount)
        }
    }
}
