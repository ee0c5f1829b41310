import Dispatch
import FoundationEssentials
import Synchronization

/// Work for all cores that ends before the caller goes on.
public enum Parallel {
    /// How many cores there are for this process.
    public static var coreCount: Int { ProcessInfo.processInfo.activeProcessorCount }

    /// The results of `body` for 0 to `count` - 1, in order; the first error if any threw.
    public static func map<Result: Sendable, Failure: Error>(
        _ count: Int, _ body: @Sendable (Int) throws(Failure) -> Result
    ) throws(Failure) -> [Result] {
        // Small enough that no core is left with the last of them, large enough that handing out is
        // nothing.
        let length = max(1, min(64, count / (8 * coreCount)))
        let parts = Mutex<[Int: Swift.Result<[Result], Failure>]>([:])
        DispatchQueue.concurrentPerform(iterations: (count + length - 1) / length) { part in
            let range = part * length..<min(count, (part + 1) * length)
            let results = Swift.Result { () throws(Failure) in try range.map(body) }
            parts.withLock { $0[part] = results }
        }
        var results: [Result] = []
        results.reserveCapacity(count)
        for (_, part) in parts.withLock({ $0 }).sorted(by: { $0.key < $1.key }) {
            results += try part.get()
        }
        return results
    }
}
