import Dispatch
import Synchronization

/// Runs what blocks on a thread of its own, off those that tasks share, and returns what it returns.
///
/// - Parameter body: asks `isStopped`, which turns true when the task is cancelled, and ends soon after.
public func onThread<Value: Sendable, Failure: Error>(
    _ body:
        @escaping @Sendable (_ isStopped: @escaping @Sendable () -> Bool) throws(Failure) ->
        Value
) async throws(Failure) -> Value {
    let flag = Flag()
    let result: Result<Value, Failure> = await withTaskCancellationHandler {
        await withCheckedContinuation { continuation in
            DispatchQueue(label: "blocking").async {
                continuation.resume(
                    returning: Result { () throws(Failure) in
                        try body { flag.isSet.load(ordering: .relaxed) }
                    })
            }
        }
    } onCancel: {
        flag.isSet.store(true, ordering: .relaxed)
    }
    return try result.get()
}

private final class Flag: Sendable {
    let isSet = Atomic(false)
}
