import Dispatch
import Synchronization

/// Work for all cores that ends before the caller goes on.
enum Parallel {
    /// The results of `body` for 0 to `count` - 1, in order.
    static func map<Result: Sendable>(
        _ count: Int, _ body: @Sendable (Int) -> Result
    ) -> [Result] {
        // Small enough that no core is left with the last of them, large enough that handing out is nothing.
        let length = max(1, min(64, count / 16))
        let parts = Mutex<[Int: [Result]]>([:])
        DispatchQueue.concurrentPerform(iterations: (count + length - 1) / length) { part in
            let results = (part * length..<min(count, (part + 1) * length)).map { body($0) }
            parts.withLock { $0[part] = results }
        }
        return parts.withLock { $0 }.sorted { $0.key < $1.key }.flatMap(\.value)
    }
}
