import Glibc

/// Files read and written as a whole: after a kill or a power cut each has its old or its new content.
public enum WholeFile {
    /// More than any file of an archive or a site comes near to: 1 GiB.
    public static let byteLimit = 1 << 30

    /// The whole content.
    ///
    /// - Throws: also for what is no file, such as a pipe that nobody writes, and for more than memory should be
    ///   asked for.
    public static func read(
        _ path: String, limit: Int = byteLimit
    ) throws(FileError) -> [UInt8] {
        let file = try OpenFile(path, O_RDONLY | O_NONBLOCK, to: .read)
        let status = try file.status()
        guard status.kind == .file else { throw FileError(.read, path, .noFile) }
        guard status.byteCount <= limit else {
            throw FileError(.read, path, .tooLarge(byteLimit: limit))
        }
        return try bytes(of: file, upTo: status.byteCount)
    }

    /// The whole content; nil if there is no such file.
    public static func readIfPresent(
        _ path: String, limit: Int = byteLimit
    ) throws(FileError) -> [UInt8]? {
        do throws(FileError) {
            return try read(path, limit: limit)
        } catch  where error.isAbsence {
            return nil
        }
    }

    /// All that a file or a pipe has, such as one that a shell makes for `<(command)`.
    public static func readStream(_ path: String, limit: Int) throws(FileError) -> [UInt8] {
        let file = try OpenFile(path, O_RDONLY, to: .read)
        let bytes = try bytes(of: file, upTo: limit + 1)
        guard bytes.count <= limit else {
            throw FileError(.read, path, .tooLarge(byteLimit: limit))
        }
        return bytes
    }

    /// The bytes of a part of a file; fewer where the file ends in it.
    public static func read(_ path: String, _ range: Range<Int>) throws(FileError) -> [UInt8] {
        let file = try OpenFile(path, O_RDONLY, to: .read)
        lseek(file.descriptor, off_t(range.lowerBound), SEEK_SET)
        return try bytes(of: file, upTo: range.count)
    }

    private static func bytes(
        of file: borrowing OpenFile, upTo limit: Int
    ) throws(FileError) -> [UInt8] {
        var failure: FileError?
        let bytes = [UInt8](unsafeUninitializedCapacity: limit) { buffer, count in
            do throws(FileError) {
                while count < buffer.count {
                    let rest = UnsafeMutableRawBufferPointer(
                        rebasing: UnsafeMutableRawBufferPointer(buffer)[count...])
                    let got = try file.read(into: rest)
                    if got == 0 { break }
                    count += got
                }
            } catch {
                failure = error
            }
        }
        if let failure { throw failure }
        return bytes
    }

    /// Puts new content in the place of a file, or where none was; folders are made as needed.
    ///
    /// The new file is written aside, with `.new` at the end of its name, and renamed. If it is not synced, it is
    /// durable once the file system is. If it is private, nobody but its owner can read or write it.
    public static func write(
        _ bytes: [UInt8], to path: String, isSynced: Bool = true, isPrivate: Bool = false
    ) throws(FileError) {
        try write([(path, bytes)], isSynced: isSynced, isPrivate: isPrivate)
    }

    /// The same in a folder that everybody sees, at a place in it.
    public static func write(
        _ bytes: [UInt8], to place: String, for access: PublicAccess, isSynced: Bool = true
    ) throws(FileError) {
        try access.makeFolder(FilePlace.folder(of: place))
        try write([("\(access.root)/\(place)", bytes)], isSynced: isSynced) {
            access.give($0, at: place)
        }
    }

    /// Puts new contents in the place of files: all are whole aside before the first is renamed, in their order.
    /// If there is no room for all of them, nothing has changed.
    public static func write(
        _ files: [(path: String, bytes: [UInt8])], isSynced: Bool = true, isPrivate: Bool = false,
        finish: (_ aside: String) -> Void = { _ in }
    ) throws(FileError) {
        do throws(FileError) {
            for (path, bytes) in files {
                try Folder.make(FilePlace.folder(of: path), isSynced: isSynced)
                let file = try OpenFile(
                    aside(path), O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW, to: .write, as: path,
                    isPrivate: isPrivate)
                try file.write(bytes)
                finish(aside(path))
                if isSynced { try file.sync() }
            }
            for (path, _) in files {
                try attempt(.rename, path) { rename(aside(path), path) }
                if isSynced { try Folder.sync(FilePlace.folder(of: path)) }
            }
        } catch {
            for (path, _) in files { unlink(aside(path)) }
            throw error
        }
    }

    /// Where new content is written before it is renamed.
    public static func aside(_ path: String) -> String { path + ".new" }

    /// Makes a file that is not there yet, in a folder that is. If it throws, there is none, unless there was.
    @discardableResult
    public static func create(
        _ bytes: [UInt8], at path: String, isSynced: Bool = true
    ) throws(FileError) -> FileStatus {
        var file = try OpenFile(path, O_WRONLY | O_CREAT | O_EXCL, to: .write)
        do throws(FileError) {
            try file.write(bytes)
            let status = try file.status()
            if isSynced { try file.sync() }
            try file.close()
            if isSynced { try Folder.sync(FilePlace.folder(of: path)) }
            return status
        } catch {
            unlink(path)
            throw error
        }
    }

    /// Appends and waits until the disk has it; makes the file and its folders if need be.
    ///
    /// If it throws, for example as the disk is full, what was appended is taken off again.
    public static func append(_ bytes: [UInt8], to path: String) throws(FileError) {
        let isNew = try FileStatus(of: path) == nil
        if isNew { try Folder.make(FilePlace.folder(of: path)) }
        let file = try OpenFile(path, O_WRONLY | O_APPEND | O_CREAT, to: .write)
        let length = lseek(file.descriptor, 0, SEEK_END)
        do throws(FileError) {
            try file.write(bytes)
            try file.sync()
        } catch {
            ftruncate(file.descriptor, length)
            throw error
        }
        if isNew { try Folder.sync(FilePlace.folder(of: path)) }
    }

    /// Writes all of the bytes to what is open already, such as standard output; `name` is for errors.
    public static func put(
        _ bytes: [UInt8], into descriptor: Int32, of name: String
    ) throws(FileError) {
        try writeAll(bytes, to: name) { rest, _ in
            Glibc.write(descriptor, rest.baseAddress, rest.count)
        }
    }
}
