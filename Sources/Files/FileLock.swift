import Glibc

/// The right to be the only process that does something: a lock of the kernel on a file (flock(2)). It ends with
/// the process however that ends, so none is ever stale. The file stays: to remove it would let two processes
/// lock two files of one name.
public struct FileLock: Sendable {
    private let descriptor: Int32

    /// Takes the lock; its file and folder are made if need be. `line` is what others are told of the holder.
    ///
    /// - Throws: `held` if another has it and it is not waited for.
    public init(_ path: String, saying line: String, waiting: Bool = false) throws(FileError) {
        do throws(FileError) {
            try Folder.make(FilePlace.folder(of: path), isSynced: false)
            var file = try OpenFile(path, O_RDWR | O_CREAT | O_NOFOLLOW, to: .lock)
            while flock(file.descriptor, waiting ? LOCK_EX : LOCK_EX | LOCK_NB) != 0 {
                if errno == EINTR { continue }
                guard errno == EWOULDBLOCK else { throw FileError(.lock, path) }
                throw FileError(.lock, path, .held(by: Self.holder(file.descriptor)))
            }
            descriptor = file.take()
        } catch {
            throw FileError(.lock, path, error.cause)
        }
        let text = Array((line + "\n").utf8)
        // Only a message for others: a disk too full for it must not stop the run.
        if ftruncate(descriptor, 0) == 0 { _ = pwrite(descriptor, text, text.count, 0) }
    }

    /// Whether a process holds the lock at `path`, told without touching it (proc(5), locks). False where nobody can
    /// tell.
    public static func isHeld(_ path: String) -> Bool {
        isHeld(path) { try? WholeFile.readStream("/proc/locks", limit: 1 << 24) }
    }

    /// - Parameter locks: reads all locks of the machine. The kernel hands them out in portions of 4 KiB, and a lock at the
    ///   border of two is in neither if one before it ends between them: only what several readings miss is not held.
    static func isHeld(_ path: String, by locks: () -> [UInt8]?) -> Bool {
        var status = stat()
        guard stat(path, &status) == 0 else { return false }
        // The device that stands before the inode is not that of stat(2) on every file system.
        let inode = Array(":\(status.st_ino)".utf8)
        return (0..<3).contains { _ in
            (locks() ?? []).split(separator: UInt8(ascii: "\n")).contains { line in
                let words = line.split(separator: UInt8(ascii: " "))
                return words.count > 5 && words[1].elementsEqual("FLOCK".utf8)
                    && words[5].suffix(inode.count).elementsEqual(inode)
            }
        }
    }

    /// A process forked at this instant shares the lock until it runs another program: to close alone would leave
    /// it locked so long.
    public func release() {
        flock(descriptor, LOCK_UN)
        close(descriptor)
    }

    /// The holder's line, as far as it is written yet.
    private static func holder(_ descriptor: Int32) -> String {
        let line = [UInt8](unsafeUninitializedCapacity: 80) { buffer, count in
            count = max(0, pread(descriptor, buffer.baseAddress, buffer.count, 0))
        }
        let text = String(decoding: line.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
        return text.isEmpty ? "another process" : text
    }
}
