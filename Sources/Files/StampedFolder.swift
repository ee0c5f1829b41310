import CLinux
import Glibc

/// A folder that stays open, so that each of many files in it is found by its name alone.
public final class StampedFolder: Sendable {
    private let path: String
    /// -1 if there is no such folder, and so no file in it.
    private let descriptor: Int32

    public init(_ path: String) throws(FileError) {
        self.path = path
        do throws(FileError) {
            var folder = try OpenFile(path, to_find_by() | O_DIRECTORY, to: .read)
            descriptor = folder.take()
        } catch  where error.isAbsence {
            descriptor = -1
        }
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    /// That of a file or of what a symbolic link leads to; `absent` if there is none. `now` is nanoseconds since 1970.
    public func stamp(of name: String, now: Int64) throws(FileError) -> FileStamp {
        guard descriptor >= 0 else { return .absent }
        var status = stat()
        guard fstatat(descriptor, name, &status, 0) == 0 else {
            if errno == ENOENT { return .absent }
            throw FileError(.read, "\(path)/\(name)")
        }
        return FileStamp(FileStatus(status), now: now)
    }
}
