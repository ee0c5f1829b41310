import Synchronization

/// A lock that is taken and given back at different places; it is given back with this object at the latest.
public final class HeldLock: Sendable {
    private let path: String
    private let lock = Mutex<FileLock?>(nil)

    public init(_ path: String) { self.path = path }

    deinit { release() }

    /// Takes the lock; `line` is what others are told of the holder. False if another has it.
    public func take(saying line: String) throws(FileError) -> Bool {
        do throws(FileError) {
            let taken = try FileLock(path, saying: line)
            lock.withLock { $0 = taken }
            return true
        } catch {
            if case .held = error.cause { return false }
            throw error
        }
    }

    public func release() {
        lock.withLock { lock in
            lock?.release()
            lock = nil
        }
    }
}
