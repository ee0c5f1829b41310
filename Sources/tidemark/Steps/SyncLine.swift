import Sync
import Synchronization

/// Shows how far an upload has come.
final class SyncLine: Sendable {
    private let console: Console
    private let progress = Mutex<Progress?>(nil)

    init(console: Console) { self.console = console }

    func show(_ step: SyncProgress) {
        progress.withLock { progress in
            switch step {
            case .planned(let plan):
                progress = Progress("Uploading", of: plan.actions.count, on: console)
            case .done(_, let byteCount): progress?.advance(by: 1, byteCount: byteCount)
            }
        }
    }

    func finish() { progress.withLock { $0?.finish() } }
}
