import Calendar
import Files
import Synchronization

/// A folder that collectors and publisher see.
public final class SharedFolder: PartPlace {
    public let name: String
    private let lock = Mutex<FileLock?>(nil)

    public init(_ path: String) { name = path }

    deinit { free() }

    public var folder: String { name }

    public func begin() throws -> Bool {
        guard try FilePlace.kind(of: name) == .folder, try take() else { return false }
        try requirePrivate()
        return true
    }

    // The lock is held as long as this process lives.
    public func keep() {}
    public func claim() {}

    public func close(_ slot: Slot) throws {
        try WholeFile.write([], to: "\(name)/\(Self.mark(of: slot))")
        try FilePlace.remove("\(name)/\(PartMap.name(of: slot))")
    }

    public func end() { free() }

    public func check() -> [SourceCheck] {
        do {
            guard try FilePlace.kind(of: name) == .folder else {
                return [SourceCheck(name, "is not there yet; the first part makes it")]
            }
            try requirePrivate()
            return [SourceCheck(name, "is there, and strangers cannot read its parts")]
        } catch {
            return [SourceCheck(name, failure: error)]
        }
    }

    /// False if another publisher has the right.
    private func take() throws(FileError) -> Bool {
        do throws(FileError) {
            let taken = try FileLock(
                "\(name)/.publisher", saying: "a publisher that closes its slots")
            lock.withLock { $0 = taken }
            return true
        } catch {
            if case .held = error.cause { return false }
            throw error
        }
    }

    private func free() {
        lock.withLock { lock in
            lock?.release()
            lock = nil
        }
    }

    private func requirePrivate() throws {
        let open = try PartFolder.all(in: name).flatMap { $0.paths(".part") }.first(where: isOpen)
        if let open { throw SnapshotError.open(path: open) }
    }

    /// Whether strangers can read the part.
    private func isOpen(_ path: String) throws -> Bool {
        try ([path, FilePlace.folder(of: path), name] as [String]).allSatisfy { place in
            let bit: UInt32 = place == path ? 0o004 : 0o001
            return try FileStatus(of: place).map { $0.permissions & bit != 0 } ?? false
        }
    }
}
