import Synchronization

/// Shows how far work on many pieces has come, whose number shows when it begins.
final class PieceLine: Sendable {
    private let work: String
    private let console: Console
    private let progress = Mutex<Progress?>(nil)

    /// - Parameter work: what is being done, such as `Fetching`.
    init(_ work: String, on console: Console) { (self.work, self.console) = (work, console) }

    /// One piece is done.
    func advance(of total: Int, byteCount: Int = 0) {
        progress.withLock { progress in
            let shown = progress ?? Progress(work, of: total, on: console)
            progress = shown
            shown.advance(by: 1, byteCount: byteCount)
        }
    }
}
