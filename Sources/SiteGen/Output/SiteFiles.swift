import Archive
import CLinux
import Glibc

/// Files and folders by their exact bytes; Foundation would compare names by graphemes.
enum SiteFiles {
    /// The whole content of a file.
    static func read(_ path: String) throws(SiteError) -> [UInt8] {
        guard let bytes = try readIfPresent(path) else {
            throw .unreadable(file: path, reason: String(cString: strerror(ENOENT)))
        }
        return bytes
    }

    /// The whole content of a file; nil if there is none.
    static func readIfPresent(_ path: String) throws(SiteError) -> [UInt8]? {
        // A file may stand where a folder was.
        if access(path, F_OK) != 0, errno == ENOTDIR { return nil }
        do throws(ArchiveError) {
            return try FileBytes.read(path)
        } catch {
            throw .archive(error)
        }
    }

    /// Makes a file that is not there yet.
    static func write(_ bytes: [UInt8], to path: String) throws(SiteError) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw .unwritable(file: path, reason: reason()) }
        var done = 0
        while done < bytes.count {
            let count = bytes.withUnsafeBytes {
                Glibc.write(descriptor, $0.baseAddress! + done, $0.count - done)
            }
            if count < 0 && errno == EINTR { continue }
            if count <= 0 {
                let why = reason()
                close(descriptor)
                throw .unwritable(file: path, reason: why)
            }
            done += count
        }
        guard close(descriptor) == 0 else { throw .unwritable(file: path, reason: reason()) }
    }

    /// Makes a folder and those above it.
    static func makeFolder(_ path: String) throws(SiteError) {
        if mkdir(path, 0o755) == 0 || errno == EEXIST { return }
        guard errno == ENOENT, let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else {
            throw .unwritable(file: path, reason: reason())
        }
        try makeFolder(String(path[..<slash]))
        guard mkdir(path, 0o755) == 0 || errno == EEXIST else {
            throw .unwritable(file: path, reason: reason())
        }
    }

    /// The names in a folder, sorted by bytes; none if there is no such folder.
    static func names(in folder: String) throws(SiteError) -> [String] {
        guard let directory = opendir(folder) else {
            if errno == ENOENT { return [] }
            throw .unreadable(file: folder, reason: reason())
        }
        defer { closedir(directory) }
        var names: [ExactText] = []
        while let entry = readdir(directory) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != "." && name != ".." { names.append(ExactText(name)) }
        }
        return names.sorted().map(\.text)
    }

    /// The paths of all files below a folder, relative to it, sorted by bytes.
    static func tree(_ folder: String) throws(SiteError) -> [String] {
        var files: [String] = []
        for name in try names(in: folder) {
            if isFolder(folder + "/" + name) {
                files += try tree(folder + "/" + name).map { name + "/" + $0 }
            } else {
                files.append(name)
            }
        }
        return files
    }

    /// In bytes; 0 if there is no such file.
    static func size(_ path: String) -> Int {
        var status = stat()
        return lstat(path, &status) == 0 ? Int(status.st_size) : 0
    }

    static func isFile(_ path: String) -> Bool {
        var status = stat()
        return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
    }

    /// Nanoseconds since 1970.
    static func modificationTime(_ path: String) throws(SiteError) -> Int64 {
        var status = stat()
        guard lstat(path, &status) == 0 else { throw .unreadable(file: path, reason: reason()) }
        return nanoseconds(status.st_mtim)
    }

    /// Puts a file in the place of another, or where none was, in one step.
    static func move(_ path: String, to target: String) throws(SiteError) {
        if rename(path, target) == 0 { return }
        if errno == ENOENT, let slash = target.utf8.lastIndex(of: UInt8(ascii: "/")) {
            try makeFolder(String(target[..<slash]))
            if rename(path, target) == 0 { return }
        }
        throw .unwritable(file: target, reason: reason())
    }

    /// Waits until the disk has all that was written to the file system of a folder: a rename can reach it before
    /// the bytes of the file that it moves.
    static func sync(_ folder: String) {
        let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        syncfs(descriptor)
        close(descriptor)
    }

    static func isFolder(_ path: String) -> Bool {
        var status = stat()
        return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    /// Takes a file or a folder with all that is in it away; nothing if there is none.
    static func remove(_ path: String) throws(SiteError) {
        if isFolder(path) {
            for name in try names(in: path) { try remove(path + "/" + name) }
            guard rmdir(path) == 0 else { throw .unwritable(file: path, reason: reason()) }
        } else if unlink(path) != 0, errno != ENOENT {
            throw .unwritable(file: path, reason: reason())
        }
    }

    /// What the last failed call says.
    static func reason() -> String { String(cString: strerror(errno)) }
}
