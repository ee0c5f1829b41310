import Glibc

/// Why something could not be done with a file or folder of this machine: what, where, and the cause.
public struct FileError: Error, Hashable, Sendable {
    public enum Operation: Hashable, Sendable {
        case read
        case write
        case remove
        case lock
        case exchange(with: String)
    }

    public enum Cause: Hashable, Sendable {
        /// What the system said, as errno(3) has it.
        case system(Int32)
        /// A folder, pipe, device or socket where a file belongs.
        case noFile
        /// Something else where a folder belongs.
        case noFolder
        /// A symbolic link to what is not there.
        case brokenLink
        case tooLarge(byteLimit: Int)
        /// Another process has the lock, by its own words.
        case held(by: String)
    }

    public let operation: Operation
    public let path: String
    public let cause: Cause

    public init(_ operation: Operation, _ path: String, _ cause: Cause) {
        self.operation = operation
        self.path = path
        self.cause = cause
    }

    /// Of the system's call that has just failed.
    init(_ operation: Operation, _ path: String) {
        self.init(operation, path, .system(errno))
    }

    /// Whether a folder cannot change places with another: it is a mount point, the two are on different file
    /// systems, theirs has no such call, or this user may not, be it that it holds what is another user's.
    public var isUnexchangeable: Bool {
        [EBUSY, EXDEV, EINVAL, ENOSYS, EOPNOTSUPP, EPERM, EACCES].contains { cause == .system($0) }
    }

    /// Whether nothing has that name. No other cause says so.
    public var isAbsence: Bool { cause == .system(ENOENT) }
}

extension FileError: CustomStringConvertible {
    public var description: String {
        // What a name has in the place of bytes that are no UTF-8: no file is found by it.
        if path.unicodeScalars.contains("\u{FFFD}") {
            return
                "\(path): \(operation): its name is not UTF-8, and others are not taken: rename it"
        }
        return "\(path): \(operation): \(cause)" + (advice.map { "; \($0)" } ?? "")
    }

    private var advice: String? {
        switch cause {
        case .system(ENOSPC), .system(EDQUOT):
            return "make room: the site that is up stays, and the next run goes on from here"
        case .system(EACCES), .system(EPERM):
            return FileOwner.other(of: path).map {
                "it is \($0)'s, and this run is \(FileOwner.current)'s"
            }
        default: return nil
        }
    }
}

extension FileError.Operation: CustomStringConvertible {
    public var description: String {
        switch self {
        case .read: "cannot be read"
        case .write: "cannot be written"
        case .remove: "cannot be removed"
        case .lock: "cannot be locked"
        case .exchange(let other): "cannot be exchanged with \(other)"
        }
    }
}

extension FileError.Cause: CustomStringConvertible {
    public var description: String {
        switch self {
        case .system(let code): String(cString: strerror(code))
        case .noFile: "it is not a file"
        case .noFolder: "it is not a folder"
        case .brokenLink: "it is a link to what is not there, perhaps on a disk that is not mounted"
        case .tooLarge(let limit): "it is larger than \(Self.size(limit))"
        case .held(let holder): "another process has the lock (\(holder))"
        }
    }

    private static func size(_ byteCount: Int) -> String {
        for (unit, shift) in [("GiB", 30), ("MiB", 20)] where byteCount % (1 << shift) == 0 {
            return "\(byteCount >> shift) \(unit)"
        }
        return "\(byteCount) bytes"
    }
}
