import Glibc

/// What a file system says of a file; equal stamps mean equal content.
///
/// The time of the last change cannot be set by a program, unlike the modification time. A file changed so
/// lately that a further change might bear the same time gets a stamp that equals no other.
struct FileStamp: BitwiseCopyable, Hashable, Sendable {
    let inode: Int64
    let byteCount: Int64
    let modified: Int64
    let changed: Int64

    /// Of no file.
    static let absent = FileStamp(inode: 0, byteCount: 0, modified: 0, changed: 0)

    /// Coarser than the clock of any file system that people keep an archive on.
    private static let margin: Int64 = 2_000_000_000

    private init(inode: Int64, byteCount: Int64, modified: Int64, changed: Int64) {
        self.inode = inode
        self.byteCount = byteCount
        self.modified = modified
        self.changed = changed
    }

    /// Of a file or of what a symbolic link leads to. `now` is nanoseconds since 1970.
    init(_ path: String, now: Int64) {
        var status = stat()
        guard stat(path, &status) == 0 else {
            self = .absent
            return
        }
        let changed = nanoseconds(status.st_ctim)
        // Unlike any other: the next build's clock reads another time.
        self.init(
            inode: Int64(status.st_ino), byteCount: Int64(status.st_size),
            modified: nanoseconds(status.st_mtim),
            changed: changed > now - Self.margin ? -now : changed)
    }

    /// Nanoseconds since 1970.
    static var now: Int64 {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return nanoseconds(time)
    }
}

/// Since 1970.
func nanoseconds(_ time: timespec) -> Int64 {
    Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
}
