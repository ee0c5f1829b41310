import AWS
import Digest
import FoundationEssentials
import Glibc

/// The files of a finished site, in the order of their paths.
public struct LocalTree: Sendable {
    /// The file that a build writes last: `{"files": N}`, N being the number of the others. It is
    /// not published.
    public static let markName = ".tidemark-site"
    /// Stands at the root of the site in a checkout, and is not published either.
    private static let ignoreName = ".gitignore"

    public private(set) var files: [SiteFile]

    /// Reads and hashes every file of the folder.
    ///
    /// Throws `unfinished` if the mark is missing or wrong or there is no file, `entry` for what
    /// cannot be published: links that leave the folder or lead to folders, sockets and the like,
    /// names that are no UTF-8.
    public init(folder: String) throws(SyncError) {
        guard let root = realpath(folder, nil) else {
            throw .unfinished(folder: folder, reason: reason())
        }
        defer { free(root) }
        let meant = try Self.fileCount(in: folder)
        var walk = Walk(root: String(cString: root) + "/")
        try walk.enter("", folder)
        guard !walk.files.isEmpty else { throw .unfinished(folder: folder, reason: "it is empty") }
        guard walk.files.count == meant else {
            throw .unfinished(
                folder: folder,
                reason: "\(Self.markName) counts \(meant) files, and \(walk.files.count) are there")
        }
        files = walk.files.sorted { $0.path < $1.path }
    }

    /// The same with files from elsewhere.
    func adding(_ more: [SiteFile]) -> LocalTree {
        var tree = self
        tree.files = (files + more).sorted { $0.path < $1.path }
        return tree
    }

    /// What the mark says.
    private static func fileCount(in folder: String) throws(SyncError) -> Int {
        struct Mark: Decodable { var files: Int }
        guard let bytes = try? Data(contentsOf: URL(filePath: "\(folder)/\(markName)")) else {
            throw .unfinished(folder: folder, reason: "\(markName) is missing")
        }
        guard let mark = try? JSONDecoder().decode(Mark.self, from: bytes) else {
            throw .unfinished(folder: folder, reason: "\(markName) is not {\"files\": N}")
        }
        return mark.files
    }

    private struct Walk {
        /// The folder's real path, with a slash at its end.
        var root: String
        var files: [SiteFile] = []

        /// `place` is the path in the site, empty or with a slash at its end.
        mutating func enter(_ place: String, _ folder: String) throws(SyncError) {
            guard let stream = opendir(folder) else {
                throw .unreadable(path: folder, reason: reason())
            }
            defer { closedir(stream) }
            while let entry = readdir(stream) {
                let bytes = withUnsafeBytes(of: entry.pointee.d_name) {
                    Array($0.prefix { $0 != 0 })
                }
                guard let name = String(validating: bytes, as: UTF8.self) else {
                    throw .entry(
                        path: "\(folder)/\(String(decoding: bytes, as: UTF8.self))",
                        reason: "its name is not UTF-8")
                }
                if name == "." || name == ".." || [markName, ignoreName].contains(place + name) {
                    continue
                }
                try take(place + name, "\(folder)/\(name)")
            }
        }

        private mutating func take(_ place: String, _ local: String) throws(SyncError) {
            var status = stat()
            guard lstat(local, &status) == 0 else {
                throw .unreadable(path: local, reason: reason())
            }
            switch status.st_mode & S_IFMT {
            case S_IFDIR: try enter(place + "/", local)
            case S_IFREG: try add(place, local)
            case S_IFLNK:
                guard let target = realpath(local, nil) else {
                    throw .entry(path: local, reason: "a link to nothing")
                }
                defer { free(target) }
                guard String(cString: target).utf8.starts(with: root.utf8) else {
                    throw .entry(path: local, reason: "a link that leaves the site")
                }
                guard stat(local, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
                    throw .entry(path: local, reason: "a link to something other than a file")
                }
                try add(place, local)
            default: throw .entry(path: local, reason: "neither a file nor a folder")
            }
        }

        private mutating func add(_ place: String, _ local: String) throws(SyncError) {
            guard let path = SitePath(place) else {
                throw .entry(
                    path: local,
                    reason: "its path has control characters, over 1024 bytes or a reserved name")
            }
            var byteCount = 0
            let digest = try SHA256 { feed throws(SyncError) in
                byteCount = try storing { () throws(AWSError) in try readPieces(of: local, feed) }
            }
            files.append(
                SiteFile(
                    path: path, localPath: local, byteCount: byteCount, sha256: digest,
                    headers: ObjectHeaders(path: path)))
            if RecordRows.isRecord(path) {
                guard let bytes = try? Data(contentsOf: URL(filePath: local)) else {
                    throw .unreadable(path: local, reason: reason())
                }
                files[files.count - 1].rowCount = RecordRows.count(in: bytes)
            }
        }
    }
}

private func reason() -> String { String(cString: strerror(errno)) }
