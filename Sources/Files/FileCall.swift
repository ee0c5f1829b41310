import Glibc

/// A call of the system that a full or failing disk can refuse.
public enum FileCall: String, CaseIterable, Sendable {
    case open, write, sync, rename, link, makeFolder, remove
}

/// Lets calls of the system fail, in debug builds alone: each call of this module that changes a disk asks here
/// first. Programs built for release have none of it.
///
/// Holds for the task it is bound in and its children; threads of Dispatch do not see it.
public enum FileFaults {
    /// The number of errno(3) that the call is to fail with; nil lets it through. A `write` that is to fail has
    /// written half of its bytes.
    public typealias Plan = @Sendable (_ call: FileCall, _ path: String) -> Int32?

    @TaskLocal public static var plan: Plan?
}

/// Makes a call of the system, and again while signals interrupt it. Throws the error it ends with.
///
/// - Parameter refused: what is done of a call that is to fail.
@discardableResult
func attempt<Answer: SignedInteger>(
    _ call: FileCall, _ path: String, to operation: FileError.Operation = .write,
    refused: () -> Answer = { 0 }, _ body: () -> Answer
) throws(FileError) -> Answer {
    #if DEBUG
        if let code = FileFaults.plan?(call, path) {
            _ = refused()
            throw FileError(operation, path, .system(code))
        }
    #endif
    while true {
        let answer = body()
        if answer >= 0 { return answer }
        if errno != EINTR { throw FileError(operation, path) }
    }
}
