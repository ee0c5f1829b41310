import Glibc

/// Who may read and change what is shown to everybody in a folder: as the operator's folders and files say, whatever
/// the umask of the run.
///
/// What is there keeps its mode and group. A new folder is as the one it is in, a new file may be read by those who
/// may enter its folder, and written by those who may write there, but never by everybody: 0755 and 0644 where the
/// operator says nothing. File systems and users that can give no such rights are left as they are.
public struct PublicAccess: Sendable {
    /// The folder that everybody sees.
    let root: String

    public init(root: String) { self.root = root }

    /// What a folder or a file of everybody's is given.
    public struct Rights: Sendable {
        let mode: mode_t
        /// Nil for the one it comes with.
        let group: gid_t?
        /// Whether they are of what is there.
        public let isThere: Bool

        /// Where the operator says nothing.
        static let plain = Rights(mode: 0o755, group: nil, isThere: false)

        /// Of what is there. The owner writes there at every publish.
        init(_ status: stat) {
            let isFolder = status.st_mode & S_IFMT == S_IFDIR
            mode = status.st_mode & 0o7777 | (isFolder ? 0o700 : 0o600)
            (group, isThere) = (status.st_gid, true)
        }

        private init(mode: mode_t, group: gid_t?, isThere: Bool) {
            (self.mode, self.group, self.isThere) = (mode, group, isThere)
        }

        /// Of what is new in a folder that has these.
        func ofNew(isFolder: Bool) -> Rights {
            let folder = mode & 0o2775 | 0o700
            // Who may enter may read: each x becomes an r, two bits higher.
            return Rights(
                mode: isFolder ? folder : 0o600 | (folder & 0o011) << 2 | folder & 0o020,
                group: folder & S_ISGID == 0 ? nil : group, isThere: false)
        }
    }

    /// Of what stands at `place` in the folder, or of what is new there; `place` is empty for the folder itself.
    public func rights(at place: String, isFolder: Bool) -> Rights {
        if let own = own(at: place, isFolder: isFolder) { return own }
        if place.isEmpty { return .plain }
        return rights(at: FilePlace.folder(of: place), isFolder: true).ofNew(isFolder: isFolder)
    }

    /// The same, where those of the folder that `place` is in are known.
    public func rights(at place: String, isFolder: Bool, in folder: Rights) -> Rights {
        (folder.isThere ? own(at: place, isFolder: isFolder) : nil)
            ?? folder.ofNew(isFolder: isFolder)
    }

    private func own(at place: String, isFolder: Bool) -> Rights? {
        var status = stat()
        let path = place.isEmpty ? root : "\(root)/\(place)"
        let kind = isFolder ? S_IFDIR : S_IFREG
        guard (isFolder ? stat(path, &status) : lstat(path, &status)) == 0,
            status.st_mode & S_IFMT == kind
        else { return nil }
        return Rights(status)
    }

    /// Gives what is at a path, perhaps in another tree, the rights of what stands at `place` in the folder, or of
    /// what is new there.
    public func give(_ path: String, at place: String) {
        give(path) { rights(at: place, isFolder: $0) }
    }

    private func give(_ path: String, _ rights: (_ isFolder: Bool) -> Rights) {
        guard let status = try? FileStatus(of: path, followingLinks: false) else { return }
        give(path, rights(status.kind == .folder), over: status)
    }

    /// - Parameter status: What it has.
    public func give(_ path: String, _ wanted: Rights, over status: FileStatus) {
        // Groups first: chown(2) takes rights off.
        if let group = wanted.group, group != status.group { lchown(path, uid_t.max, group) }
        if status.mode != wanted.mode { chmod(path, wanted.mode) }
    }

    /// Makes a folder, and those on the way to it, in the folder that everybody sees. Those above it can be entered
    /// by everybody.
    public func makeFolder(_ place: String) throws(FileError) {
        let path = place.isEmpty ? root : "\(root)/\(place)"
        if try FilePlace.kind(of: path) == .folder { return }
        if place.isEmpty {
            let above = FilePlace.folder(of: path)
            if !above.isEmpty, try FilePlace.kind(of: above) == nil {
                try PublicAccess(root: above).makeFolder("")
            }
        } else {
            try makeFolder(FilePlace.folder(of: place))
        }
        // Before it is there itself.
        let wanted = rights(at: place, isFolder: true)
        // It is never there without its rights: what is written into it meanwhile takes them over.
        let aside = path + ".new"
        try Folder.make(aside, isSynced: false)
        give(aside) { _ in wanted }
        if Folder.move(aside, toNew: path) { return }
        // Somebody else was faster, or the file system knows no such call.
        rmdir(aside)
        try Folder.make(path, isSynced: false)
        give(path) { _ in wanted }
    }

    /// The first folder on the way to it, or folder or file in it, that surely nobody can read but this user: a
    /// server of another user shows nothing of it. Nil if there is none.
    public func firstClosed() throws(FileError) -> String? {
        guard let real = try FilePlace.resolved(root) else { return nil }
        var above = FilePlace.folder(of: real)
        var way: [String] = []
        while !above.isEmpty {
            way.append(above)
            above = above == "/" ? "" : FilePlace.folder(of: above)
        }
        for folder in way.reversed() where !isOpen(folder, to: 0o1) { return folder }
        if !isOpen(real, to: 0o5) { return root }
        return try firstClosed(in: "")
    }

    private func firstClosed(in place: String) throws(FileError) -> String? {
        for entry in try Folder.entries(of: place.isEmpty ? root : "\(root)/\(place)") ?? []
        where entry.isUTF8 && !entry.name.hasPrefix(".") {
            let inner = place.isEmpty ? entry.name : "\(place)/\(entry.name)"
            if entry.kind == .file || entry.kind == .folder {
                let isFolder = entry.kind == .folder
                if !isOpen("\(root)/\(inner)", to: isFolder ? 0o5 : 0o4) {
                    return "\(root)/\(inner)"
                }
                if isFolder, let closed = try firstClosed(in: inner) { return closed }
            }
        }
        return nil
    }

    /// Whether others have these rights, or a group that is not just this user's.
    private func isOpen(_ path: String, to rights: mode_t) -> Bool {
        var status = stat()
        guard stat(path, &status) == 0 else { return true }
        return status.st_mode & rights == rights
            || status.st_mode & rights << 3 == rights << 3 && status.st_gid != getegid()
    }
}
