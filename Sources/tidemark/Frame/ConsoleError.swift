/// Why a result could not be written to stdout.
enum ConsoleError: Error, Hashable {
    /// The reader of the pipe has gone, as `head` does.
    case closed
    case unwritable(String)
}

extension ConsoleError: CustomStringConvertible {
    var description: String {
        switch self {
        case .closed: "standard output was closed"
        case .unwritable(let reason): "standard output cannot be written: \(reason)"
        }
    }
}
