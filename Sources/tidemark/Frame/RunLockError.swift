/// Why the run lock could not be had.
enum RunLockError: Error, Hashable {
    case held(file: String, by: String)
    case unusable(file: String, reason: String)
}

extension RunLockError: CustomStringConvertible, ExitCoded {
    var description: String {
        switch self {
        case .held(let file, let holder):
            "\(file): another run holds the lock (\(holder)); this one did nothing"
        case .unusable(let file, let reason): "\(file): cannot be locked: \(reason)"
        }
    }

    var exitCode: ExitCode {
        switch self {
        case .held: .busy
        case .unusable: .failed
        }
    }
}
