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

    /// Gives what is at a path, perhaps in another tree, the rights of what stands at `place` in the folder, or of
    /// what is new there. `place` is empty for the folder itself.
    public func give(_ path: String, at place: String) {
        give(path) { rights(at: place, isFolder: $0) }
    }

    private func give(_ path: String, _ rights: (_ isFolder: Bool) -> Rights) {
        var status = stat()
        guard lstat(path, &status) == 0 else { return }
        let wanted = rights(status.st_mode & S_IFMT == S_IFDIR)
        // Groups first: chown(2) takes rights off.
        if let group = wanted.group, group != status.st_gid { lchown(path, uid_t.max, group) }
        if status.st_mode & 0o7777 != wanted.mode { chmod(path, wanted.mode) }
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

    private typealias Rights = (mode: mode_t, group: gid_t?)

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

    private func rights(at place: String, isFolder: Bool) -> Rights {
        var status = stat()
        let path = place.isEmpty ? root : "\(root)/\(place)"
        let kind = isFolder ? S_IFDIR : S_IFREG
        if lstat(path, &status) == 0, status.st_mode & S_IFMT == kind {
            // The owner writes there at every publish.
            return (status.st_mode & 0o7777 | (isFolder ? 0o700 : 0o600), status.st_gid)
        }
        var folder = place
        while !folder.isEmpty {
            folder = FilePlace.folder(of: folder)
            let above = folder.isEmpty ? root : "\(root)/\(folder)"
            guard stat(above, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else { continue }
            let mode = status.st_mode & 0o2775 | 0o700
            let group = mode & S_ISGID == 0 ? nil : status.st_gid
            // Who may enter may read: each x becomes an r, two bits higher.
            return (isFolder ? mode : 0o600 | (mode & 0o011) << 2 | mode & 0o020, group)
        }
        return (isFolder ? 0o755 : 0o644, nil)
    }
}
