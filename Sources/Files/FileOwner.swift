import Glibc

/// Users of this machine, by name: what a message says where a file is another's.
public enum FileOwner {
    /// Whose the file or folder is, or else the nearest above it that is there; nil if it is this user's, or nobody
    /// can say.
    public static func other(of path: String) -> String? {
        var (status, path) = (stat(), path)
        while stat(path.isEmpty ? "." : path, &status) != 0 {
            guard errno == ENOENT, !path.isEmpty, path != "/" else { return nil }
            path = FilePlace.folder(of: path)
        }
        return status.st_uid == geteuid() ? nil : name(of: status.st_uid)
    }

    /// Who runs this.
    public static var current: String { name(of: geteuid()) }

    /// The number where the password database has no name.
    private static func name(of user: uid_t) -> String {
        var entry = passwd()
        var found: UnsafeMutablePointer<passwd>?
        var room = [CChar](repeating: 0, count: 16 << 10)
        guard getpwuid_r(user, &entry, &room, room.count, &found) == 0, found != nil,
            let name = entry.pw_name
        else { return "user \(user)" }
        return String(cString: name)
    }
}
