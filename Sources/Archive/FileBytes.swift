import Glibc

/// Files as their bytes.
public enum FileBytes {
    /// More than any file of an archive or a site comes near to: 1 GiB.
    private static let most = 1 << 30

    /// The whole content; nil if there is no such file. Throws `unreadable`, also for what is no
    /// file, such as a pipe that nobody writes, and for more than memory should be asked for.
    public static func read(_ path: String) throws(ArchiveError) -> [UInt8]? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        if descriptor < 0 {
            if errno == ENOENT { return nil }
            throw failure(path)
        }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw failure(path) }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw .unreadable(file: path, reason: "it is not a file")
        }
        guard status.st_size <= most else {
            throw .unreadable(file: path, reason: "it is larger than 1 GiB")
        }
        var error: ArchiveError?
        let bytes = [UInt8](unsafeUninitializedCapacity: Int(status.st_size)) { buffer, count in
            while count < buffer.count {
                let got = Glibc.read(descriptor, buffer.baseAddress! + count, buffer.count - count)
                if got < 0 && errno == EINTR { continue }
                if got < 0 { error = failure(path) }
                if got <= 0 { break }
                count += got
            }
        }
        if let error { throw error }
        return bytes
    }

    private static func failure(_ path: String) -> ArchiveError {
        .unreadable(file: path, reason: String(cString: strerror(errno)))
    }
}
