import Dispatch
import Synchronization

/// Work for all cores that ends before the caller goes on.
enum Parallel {
    /// The results of `body` for 0 to `count` - 1, in order; the first error if any threw.
    static func map<Result: Sendable>(
        _ count: Int, _ body: @Sendable (Int) throws -> Result
    ) throws -> [Result] {
        let results = Mutex<[Int: Swift.Result<Result, any Error>]>([:])
        DispatchQueue.concurrentPerform(iterations: count) { index in
            let result = Swift.Result { try body(index) }
            results.withLock { $0[index] = result }
        }
        let all = results.withLock { $0 }
        return try (0..<count).compactMap { try all[$0]?.get() }
    }
}
