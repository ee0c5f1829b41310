import FoundationEssentials
import Glibc

/// Files that are there whole or not at all.
enum WholeFile {
    /// Nil if there is no such file.
    static func read(_ path: String) throws(SyncError) -> [UInt8]? {
        do {
            return [UInt8](try Data(contentsOf: URL(filePath: path)))
        } catch {
            if access(path, F_OK) != 0, errno == ENOENT || errno == ENOTDIR { return nil }
            throw .unreadable(path: path, reason: String(cString: strerror(errno)))
        }
    }

    /// Written aside, synced if not told otherwise, and put in place; folders are made as needed.
    ///
    /// Throws `unwritable`; the old file is then as it was.
    static func write(
        _ bytes: [UInt8], to path: String, isSynced: Bool = true
    ) throws(SyncError) {
        let folder = String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)])
        try makeFolder(folder)
        let aside = path + ".new"
        let descriptor = open(aside, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o644)
        guard descriptor >= 0 else { throw failure(path) }
        var isWritten = bytes.withUnsafeBytes { buffer in
            var rest = buffer[...]
            while !rest.isEmpty {
                let count = Glibc.write(descriptor, rest.baseAddress, rest.count)
                if count < 0 && errno == EINTR { continue }
                if count <= 0 { return false }
                rest = rest.dropFirst(count)
            }
            return true
        }
        isWritten = isWritten && (!isSynced || fsync(descriptor) == 0)
        let error = isWritten ? nil : failure(path)
        close(descriptor)
        guard error == nil, rename(aside, path) == 0 else {
            let error = error ?? failure(path)
            unlink(aside)
            throw error
        }
        guard isSynced else { return }
        let parent = open(folder.isEmpty ? "." : folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        if parent >= 0 {
            fsync(parent)
            close(parent)
        }
    }

    static func makeFolder(_ path: String) throws(SyncError) {
        guard !path.isEmpty, access(path, F_OK) != 0 else { return }
        try makeFolder(String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)]))
        guard mkdir(path, 0o755) == 0 || errno == EEXIST else { throw failure(path) }
    }

    private static func failure(_ path: String) -> SyncError {
        .unwritable(path: path, reason: String(cString: strerror(errno)))
    }
}

extension Slice where Base == UnsafeRawBufferPointer {
    fileprivate var baseAddress: UnsafeRawPointer? {
        UnsafeRawBufferPointer(rebasing: self).baseAddress
    }
}
