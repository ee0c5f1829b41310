import Archive
import Glibc

/// The right to be the only run that writes a folder.
///
/// A lock of the kernel (`flock`): it ends with the process however that ends, so no lock is ever
/// stale. The file's text only says who holds it.
enum RunLock {
    /// Where the lock of an archive lies.
    static func archive(_ folder: String) -> String { FilePlace.joined(folder, ".lock") }

    /// Where the lock of an output folder lies: beside it, because a build puts another folder in
    /// its place.
    static func output(_ folder: String) -> String { place(beside: folder, ending: ".lock") }

    /// `.public.lock` for `public` and `.lock`.
    static func place(beside folder: String, ending: String) -> String {
        let path = folder.hasSuffix("/") ? String(folder.dropLast()) : folder
        return FilePlace.joined(FilePlace.folder(of: path), ".\(FilePlace.name(of: path))\(ending)")
    }

    /// Runs `body` while this process holds the lock at `path`; its folder is made if need be.
    ///
    /// - Throws: `RunLockError` if another run has it, and whatever `body` throws.
    static func holding<Result>(
        _ path: String, since now: Timestamp, _ body: () async throws -> Result
    ) async throws -> Result {
        let descriptor = try acquire(path, since: now)
        // The file stays: to remove it would let two runs lock two files of one name.
        defer {
            // A process forked at this instant shares the lock until it runs another program: to
            // close would leave it locked so long.
            flock(descriptor, LOCK_UN)
            close(descriptor)
        }
        return try await body()
    }

    private static func acquire(
        _ path: String, since now: Timestamp
    ) throws(RunLockError) -> Int32 {
        try makeFolder(FilePlace.folder(of: path), for: path)
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o644)
        guard descriptor >= 0 else { throw .unusable(file: path, reason: reason()) }
        while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
            if errno == EINTR { continue }
            defer { close(descriptor) }
            guard errno == EWOULDBLOCK else { throw .unusable(file: path, reason: reason()) }
            throw .held(file: path, by: holder(descriptor))
        }
        let text = Array("process \(getpid()) since \(now)\n".utf8)
        // Only a message for others: a disk too full for it must not stop the run.
        if ftruncate(descriptor, 0) == 0 { _ = pwrite(descriptor, text, text.count, 0) }
        return descriptor
    }

    /// The holder's line, as far as it is written yet.
    private static func holder(_ descriptor: Int32) -> String {
        let line = [UInt8](unsafeUninitializedCapacity: 80) { buffer, count in
            count = max(0, pread(descriptor, buffer.baseAddress, buffer.count, 0))
        }
        let text = String(decoding: line.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
        return text.isEmpty ? "another process" : text
    }

    private static func makeFolder(_ folder: String, for path: String) throws(RunLockError) {
        guard !folder.isEmpty, !FilePlace.isFolder(folder) else { return }
        try makeFolder(FilePlace.folder(of: folder), for: path)
        guard mkdir(folder, 0o755) == 0 || errno == EEXIST else {
            throw .unusable(file: path, reason: reason())
        }
    }

    private static func reason() -> String { String(cString: strerror(errno)) }
}
