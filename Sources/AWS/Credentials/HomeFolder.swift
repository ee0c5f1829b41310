import Glibc

/// The folders of the users of this machine: where `~` leads.
public enum HomeFolder {
    /// That of who runs this: `HOME`, or what the password database has where that is not set, as
    /// under systemd. Empty if nobody knows.
    public static func path(in environment: [String: String]) -> String {
        if let home = environment["HOME"], !home.isEmpty { return home }
        return folder { getpwuid_r(getuid(), $0, $1, $2, $3) } ?? ""
    }

    /// A path that begins with `~` or `~user`, with the folder in its place.
    ///
    /// - Parameter home: that of who runs this.
    public static func expanding(_ path: String, home: String) -> String {
        guard path.hasPrefix("~") else { return path }
        let user = path.dropFirst().prefix { $0 != "/" }
        let rest = path.dropFirst(user.count + 1)
        if user.isEmpty { return home + rest }
        return folder { getpwnam_r(String(user), $0, $1, $2, $3) }.map { $0 + rest } ?? path
    }

    private static func folder(
        _ find: (
            UnsafeMutablePointer<passwd>, UnsafeMutablePointer<CChar>, Int,
            UnsafeMutablePointer<UnsafeMutablePointer<passwd>?>
        ) -> Int32
    ) -> String? {
        var entry = passwd()
        var found: UnsafeMutablePointer<passwd>?
        var room = [CChar](repeating: 0, count: 16 << 10)
        let count = room.count
        return room.withUnsafeMutableBufferPointer { room in
            guard let start = room.baseAddress, find(&entry, start, count, &found) == 0,
                found != nil, let folder = entry.pw_dir
            else { return nil }
            return String(cString: folder)
        }
    }
}
