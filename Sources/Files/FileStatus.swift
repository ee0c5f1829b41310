import Glibc

/// What stands under a name.
public enum FileKind: Hashable, Sendable {
    case file
    case folder
    case link
    /// A pipe, a device, a socket.
    case other

    init(_ mode: mode_t) {
        self =
            switch mode & S_IFMT {
            case S_IFREG: .file
            case S_IFDIR: .folder
            case S_IFLNK: .link
            default: .other
            }
    }
}

/// What a file system says of a file.
public struct FileStatus: Hashable, Sendable {
    public let kind: FileKind
    /// For owner, group and others, with the bits above: 0o600, 0o644, 0o2755 …
    let mode: mode_t
    let group: gid_t
    public let byteCount: Int
    public let inode: Int64
    /// When its content was changed, which programs can set; nanoseconds since 1970.
    public let modified: Int64
    /// When anything of it was changed, which no program can set; nanoseconds since 1970.
    public let changed: Int64

    /// For owner, group and others: 0o600, 0o644 …
    public var permissions: UInt32 { mode & 0o777 }

    init(_ status: stat) {
        kind = FileKind(status.st_mode)
        mode = status.st_mode & 0o7777
        group = status.st_gid
        byteCount = Int(status.st_size)
        inode = Int64(bitPattern: UInt64(status.st_ino))
        modified = nanoseconds(status.st_mtim)
        changed = nanoseconds(status.st_ctim)
    }

    init(ofOpen descriptor: Int32, _ path: String) throws(FileError) {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw FileError(.read, path) }
        self.init(status)
    }

    /// Nil if nothing has that name; throws if nobody can say. A link that leads nowhere is nothing, unless
    /// links are not followed.
    public init?(of path: String, followingLinks: Bool = true) throws(FileError) {
        var status = stat()
        guard (followingLinks ? stat(path, &status) : lstat(path, &status)) == 0 else {
            if errno == ENOENT { return nil }
            throw FileError(.read, path)
        }
        self.init(status)
    }
}

/// What tells a file from what it was and will be: equal stamps mean equal content.
///
/// A file changed so lately that a further change might bear the same time gets a stamp that equals no other.
public struct FileStamp: BitwiseCopyable, Hashable, Sendable {
    public let inode: Int64
    public let byteCount: Int64
    public let modified: Int64
    public let changed: Int64

    /// Of no file.
    public static let absent = FileStamp(inode: 0, byteCount: 0, modified: 0, changed: 0)

    /// Coarser than the clock of any file system that people keep an archive on.
    private static let margin: Int64 = 2_000_000_000

    private init(inode: Int64, byteCount: Int64, modified: Int64, changed: Int64) {
        self.inode = inode
        self.byteCount = byteCount
        self.modified = modified
        self.changed = changed
    }

    /// Of a file or of what a symbolic link leads to; `absent` if there is none. `now` is nanoseconds since 1970.
    public init(_ path: String, now: Int64) throws(FileError) {
        guard let status = try FileStatus(of: path) else {
            self = .absent
            return
        }
        self.init(status, now: now)
    }

    init(_ status: FileStatus, now: Int64) {
        // Unlike any other: the next reading's clock has another time.
        self.init(
            inode: status.inode, byteCount: Int64(status.byteCount), modified: status.modified,
            changed: status.changed > now - Self.margin ? -now : status.changed)
    }

    /// Nanoseconds since 1970.
    public static var now: Int64 {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return nanoseconds(time)
    }
}

/// Since 1970.
private func nanoseconds(_ time: timespec) -> Int64 {
    Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
}
