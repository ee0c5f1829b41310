import CLinux
import Glibc

/// One name in a folder.
public struct FolderEntry: Hashable, Sendable {
    /// The name as the file system has it.
    public let bytes: [UInt8]
    /// Of the name itself, not of what a link leads to.
    public let kind: FileKind

    public init(bytes: [UInt8], kind: FileKind) {
        self.bytes = bytes
        self.kind = kind
    }

    /// With U+FFFD in the place of what is not UTF-8; nothing is found by it then.
    public var name: String { String(decoding: bytes, as: UTF8.self) }
    public var isUTF8: Bool { String(validating: bytes, as: UTF8.self) != nil }
}

/// Folders, and what is in them.
public enum Folder {
    /// What is in a folder, in the order of the names' bytes; nil if there is no such folder.
    public static func entries(of folder: String) throws(FileError) -> [FolderEntry]? {
        try entries(of: Array(folder.utf8))
    }

    static func entries(of folder: [UInt8]) throws(FileError) -> [FolderEntry]? {
        var path: String { String(decoding: folder, as: UTF8.self) }
        guard let stream = withPath(folder, opendir) else {
            if errno == ENOENT { return nil }
            throw FileError(.read, path)
        }
        defer { closedir(stream) }
        var entries: [FolderEntry] = []
        while true {
            errno = 0
            guard let entry = readdir(stream) else { break }
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
            if name == [dot] || name == [dot, dot] { continue }
            entries.append(
                FolderEntry(
                    bytes: name,
                    kind: try kind(entry.pointee.d_type, of: folder + [slash] + name)))
        }
        guard errno == 0 else { throw FileError(.read, path) }
        return entries.sorted { $0.bytes.lexicographicallyPrecedes($1.bytes) }
    }

    private static let dot = UInt8(ascii: ".")
    private static let slash = UInt8(ascii: "/")

    /// Not every file system tells kinds with the names (readdir(3)).
    private static func kind(_ type: UInt8, of path: [UInt8]) throws(FileError) -> FileKind {
        switch Int(type) {
        case Int(DT_REG): return .file
        case Int(DT_DIR): return .folder
        case Int(DT_LNK): return .link
        case Int(DT_UNKNOWN):
            var status = stat()
            guard withPath(path, { lstat($0, &status) }) == 0 else {
                throw FileError(.read, String(decoding: path, as: UTF8.self))
            }
            return FileKind(status.st_mode)
        default: return .other
        }
    }

    /// The paths, relative to a folder, of all below it but folders, each folder in the order of its names' bytes;
    /// none if there is no such folder. Links are not followed.
    public static func files(below folder: String) throws(FileError) -> [String] {
        var files: [String] = []
        for entry in try entries(of: folder) ?? [] {
            if entry.kind == .folder {
                files += try self.files(below: "\(folder)/\(entry.name)").map {
                    "\(entry.name)/\($0)"
                }
            } else {
                files.append(entry.name)
            }
        }
        return files
    }

    /// Makes a folder and those above it, each durable in its own unless not synced; nothing if it is there.
    public static func make(_ path: String, isSynced: Bool = true) throws(FileError) {
        if path.isEmpty { return }
        let parent = FilePlace.folder(of: path)
        var isNew: Bool
        do throws(FileError) {
            isNew = try makeOne(path)
        } catch  where error.isAbsence && !parent.isEmpty && parent != path {
            try make(parent, isSynced: isSynced)
            isNew = try makeOne(path)
        }
        if isNew, isSynced { try sync(parent) }
    }

    /// Makes a folder that only this user can read, or makes it so; those above it must be there.
    public static func makePrivate(_ path: String) throws(FileError) {
        _ = try makeOne(path)
        var status = stat()
        let isOurs =
            lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
            && status.st_uid == geteuid()
        // A link that somebody else has put there leads anywhere.
        guard isOurs else { throw FileError(.write, path, .noFolder) }
        if status.st_mode & 0o7777 != 0o700 {
            try attempt(.makeFolder, path) { chmod(path, 0o700) }
        }
    }

    /// False if something of that name is there, perhaps made in this moment; what is no folder, the next call tells.
    private static func makeOne(_ path: String) throws(FileError) -> Bool {
        do throws(FileError) {
            try attempt(.makeFolder, path) { mkdir(path, 0o755) }
            return true
        } catch  where error.cause == .system(EEXIST) {
            return false
        }
    }

    /// Gives a folder a name that nothing has; false if something has it, or the file system knows no such call.
    static func move(_ path: String, toNew other: String) -> Bool {
        rename_to_new_path(path, other) == 0
    }

    /// Takes a folder away if nothing is in it; false if it is still there.
    @discardableResult
    public static func removeIfEmpty(_ path: String) -> Bool {
        (try? attempt(.remove, path, to: .remove) { rmdir(path) }) != nil
    }

    /// Waits until the disk has the names in a folder.
    public static func sync(_ folder: String) throws(FileError) {
        try syncing(folder, fsync)
    }

    /// Waits until the disk has all that was written to the file system of a folder: a rename can reach it before
    /// the bytes of the file that it moves.
    public static func syncFileSystem(of folder: String) throws(FileError) {
        try syncing(folder, syncfs)
    }

    private static func syncing(
        _ folder: String, _ call: (Int32) -> Int32
    ) throws(FileError) {
        let path = folder.isEmpty ? "." : folder
        let file = try OpenFile(path, O_RDONLY | O_DIRECTORY, to: .write)
        do throws(FileError) {
            try attempt(.sync, path) { call(file.descriptor) }
        } catch  where error.cause == .system(EINVAL) || error.cause == .system(EROFS) {
            // A file system that has nothing to wait for (fsync(2)).
        }
    }
}
