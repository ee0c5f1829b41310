import CLinux
import Glibc

/// Paths, and what is done with what stands at them.
public enum FilePlace {
    /// `path` as seen from `folder`; an absolute one stays as it is.
    public static func joined(_ folder: String, _ path: String) -> String {
        if folder.isEmpty || folder == "." || path.utf8.first == slash { return path }
        return folder.utf8.last == slash ? folder + path : "\(folder)/\(path)"
    }

    /// The folder a file is in: empty for the working folder.
    public static func folder(of path: String) -> String {
        guard let end = path.utf8.lastIndex(of: slash) else { return "" }
        return end == path.startIndex ? "/" : String(path[..<end])
    }

    /// The last part of a path.
    public static func name(of path: String) -> String {
        path.utf8.lastIndex(of: slash).map { String(path[path.utf8.index(after: $0)...]) } ?? path
    }

    private static let slash = UInt8(ascii: "/")

    /// Links are followed; nil if nothing is there.
    public static func kind(of path: String) throws(FileError) -> FileKind? {
        try FileStatus(of: path)?.kind
    }

    /// The absolute path without symbolic links; nil if nothing is there.
    public static func resolved(_ path: String) throws(FileError) -> String? {
        guard let real = realpath(path, nil) else {
            if errno == ENOENT { return nil }
            throw FileError(.read, path)
        }
        defer { free(real) }
        return String(cString: real)
    }

    /// The absolute path without symbolic links and dots of something that need not be there.
    public static func canonical(_ path: String) -> String {
        if let real = try? resolved(path) { return real }
        let path = path.utf8.last == slash ? String(path.dropLast()) : path
        guard !path.isEmpty, path != "." else { return path }
        let above = folder(of: path)
        let parent = canonical(above.isEmpty ? "." : above)
        return switch name(of: path) {
        case "", ".": parent
        case "..": folder(of: parent)
        case let name: joined(parent, name)
        }
    }

    /// Puts a file or folder in the place of a file, or where nothing was, in one step. The folder it goes into
    /// is made if need be; the name is durable when that is synced.
    public static func move(_ path: String, to target: String) throws(FileError) {
        do throws(FileError) {
            try attempt(.rename, target) { rename(path, target) }
        } catch  where error.isAbsence && !folder(of: target).isEmpty {
            try Folder.make(folder(of: target))
            try attempt(.rename, target) { rename(path, target) }
        }
    }

    /// Has two files or folders of one file system change places, in one step.
    public static func exchange(_ path: String, with other: String) throws(FileError) {
        try attempt(.rename, other, to: .exchange(with: path)) { exchange_paths(path, other) }
    }

    /// Whether something is mounted there, so that the folder itself can neither be moved nor exchanged.
    public static func isMountPoint(_ path: String) -> Bool {
        let answer = is_mount_root(path)
        guard answer < 0 else { return answer == 1 }
        var (here, above) = (stat(), stat())
        return stat(path, &here) == 0 && stat(path + "/..", &above) == 0
            && (here.st_dev != above.st_dev || here.st_ino == above.st_ino)
    }

    /// Gives a file a second name. False if they cannot share one file, or the name is taken.
    public static func link(_ path: String, as other: String) -> Bool {
        (try? attempt(.link, other) { Glibc.link(path, other) }) != nil
    }

    /// Gives what is in a folder, under a path there that need not be UTF-8, the same name in another folder of the
    /// file system too: a folder is made anew with the same mode, all else is linked. Folders on the way are made.
    public static func mirror(
        _ entry: FolderEntry, from folder: String, to other: String
    ) throws(FileError) {
        let new = Array(other.utf8) + [slash] + entry.bytes
        if let end = new.lastIndex(of: slash) {
            try Folder.make(String(decoding: new[..<end], as: UTF8.self), isSynced: false)
        }
        try mirror(Array(folder.utf8) + [slash] + entry.bytes, entry.kind, to: new)
    }

    private static func mirror(
        _ path: [UInt8], _ kind: FileKind, to new: [UInt8]
    ) throws(FileError) {
        let name = String(decoding: path, as: UTF8.self)
        guard kind == .folder else {
            try attempt(.link, name) {
                withPath(path) { old in withPath(new) { Glibc.link(old, $0) } }
            }
            return
        }
        var status = stat()
        try attempt(.makeFolder, name) { withPath(path) { lstat($0, &status) } }
        try attempt(.makeFolder, name) { withPath(new) { mkdir($0, 0o700) } }
        for entry in try Folder.entries(of: path) ?? [] {
            try mirror(path + [slash] + entry.bytes, entry.kind, to: new + [slash] + entry.bytes)
        }
        try attempt(.makeFolder, name) { withPath(new) { chmod($0, status.st_mode & 0o7777) } }
    }

    /// Takes a file away, or a folder with all that is in it; nothing if there is none. Links are not followed.
    public static func remove(_ path: String) throws(FileError) {
        guard let status = try FileStatus(of: path, followingLinks: false) else { return }
        try remove(Array(path.utf8), status.kind)
    }

    private static func remove(_ path: [UInt8], _ kind: FileKind) throws(FileError) {
        if kind == .folder {
            for entry in try Folder.entries(of: path) ?? [] {
                try remove(path + [slash] + entry.bytes, entry.kind)
            }
        }
        do throws(FileError) {
            try attempt(.remove, String(decoding: path, as: UTF8.self), to: .remove) {
                withPath(path) { kind == .folder ? rmdir($0) : unlink($0) }
            }
        } catch  where error.isAbsence {}
    }
}

/// Lends a path that need not be UTF-8 to a call of the system.
func withPath<Answer>(_ path: [UInt8], _ body: (UnsafePointer<CChar>) -> Answer) -> Answer {
    (path + [0]).withUnsafeBytes { body($0.baseAddress!.assumingMemoryBound(to: CChar.self)) }
}
