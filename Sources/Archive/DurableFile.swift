import Glibc

/// Files written so that a kill or a power cut leaves either the old or the new content.
enum DurableFile {
    /// Appends and waits until the disk has it; makes the file and its folders if need be.
    ///
    /// If the disk fills up half-way, what was appended is taken off again.
    static func append(_ bytes: [UInt8], to path: String) throws(ArchiveError) {
        let made = access(path, F_OK) != 0
        if made { try makeFolder(of: path) }
        let descriptor = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw .unwritable(file: path, reason: reason()) }
        defer { close(descriptor) }
        let length = lseek(descriptor, 0, SEEK_END)
        guard write(bytes, to: descriptor), fsync(descriptor) == 0 else {
            let why = reason()
            ftruncate(descriptor, length)
            throw .unwritable(file: path, reason: why)
        }
        if made { syncFolder(of: path) }
    }

    /// Puts new contents in the place of files: all are written aside and synced, then renamed in
    /// order. If there is no room for all of them, nothing has changed.
    static func replace(_ files: [(path: String, bytes: [UInt8])]) throws(ArchiveError) {
        do throws(ArchiveError) {
            for file in files {
                try makeFolder(of: file.path)
                try writeAside(file.bytes, of: file.path)
            }
            for file in files {
                guard rename(aside(file.path), file.path) == 0 else {
                    throw .unwritable(file: file.path, reason: reason())
                }
                syncFolder(of: file.path)
            }
        } catch {
            for file in files { unlink(aside(file.path)) }
            throw error
        }
    }

    private static func aside(_ path: String) -> String { path + ".new" }

    private static func writeAside(_ bytes: [UInt8], of path: String) throws(ArchiveError) {
        let descriptor = open(aside(path), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw .unwritable(file: path, reason: reason()) }
        defer { close(descriptor) }
        guard write(bytes, to: descriptor), fsync(descriptor) == 0 else {
            throw .unwritable(file: path, reason: reason())
        }
    }

    private static func write(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
        bytes.withUnsafeBytes { buffer in
            var done = 0
            while done < buffer.count {
                let count = Glibc.write(descriptor, buffer.baseAddress! + done, buffer.count - done)
                if count < 0 && errno == EINTR { continue }
                if count <= 0 { return false }
                done += count
            }
            return true
        }
    }

    private static func makeFolder(of path: String) throws(ArchiveError) {
        let folder = String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)])
        guard !folder.isEmpty, access(folder, F_OK) != 0 else { return }
        try makeFolder(of: folder)
        guard mkdir(folder, 0o755) == 0 || errno == EEXIST else {
            throw .unwritable(file: folder, reason: reason())
        }
        syncFolder(of: folder)
    }

    /// A new name is durable only when its folder is.
    private static func syncFolder(of path: String) {
        let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
        let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        fsync(descriptor)
        close(descriptor)
    }

    private static func reason() -> String { String(cString: strerror(errno)) }
}
