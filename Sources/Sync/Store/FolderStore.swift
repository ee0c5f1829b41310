import AWS
import CLinux
import Digest
import FoundationEssentials
import Glibc

/// A folder of this machine that a web server shows. What a web server says of a file is its own
/// affair; texts are stored as they are, and it may compress them.
struct FolderStore: Store {
    let folder: String

    let requestCount = 0
    let notes: [String] = []

    private var manifestPath: String { folder + "/.tidemark/manifest.json" }

    func manifest() throws(SyncError) -> StoredManifest? {
        guard let bytes = try WholeFile.read(manifestPath) else { return nil }
        var status = stat()
        let age = stat(manifestPath, &status) == 0 ? time(nil) - status.st_mtim.tv_sec : nil
        return StoredManifest(
            manifest: try ManifestFile.decode(bytes).manifest(over: [:]),
            tag: SHA256(of: bytes).hex,
            age: age)
    }

    func save(_ manifest: Manifest, over tag: String?) throws(SyncError) -> String {
        let bytes = ManifestFile.encode(ManifestLayer(manifest))
        let lock = try lock()
        defer { close(lock) }
        let there = try WholeFile.read(manifestPath)
        guard there.map({ SHA256(of: $0).hex }) == tag else { throw .overtaken }
        // What the manifest speaks of is on the disk before it says so.
        syncfs(lock)
        try WholeFile.write(bytes, to: manifestPath)
        return SHA256(of: bytes).hex
    }

    func listing() throws(SyncError) -> [SitePath: StoredObject] {
        var found: [SitePath: StoredObject] = [:]
        let paths = (try? FileManager.default.subpathsOfDirectory(atPath: folder)) ?? []
        for text in paths {
            guard let path = SitePath(text) else { continue }
            var status = stat()
            guard lstat(local(path), &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
                continue
            }
            found[path] = StoredObject(
                byteCount: Int(status.st_size),
                etag: try etag(
                    MD5 { feed throws(SyncError) in
                        _ = try storing { () throws(AWSError) in
                            try readPieces(of: local(path), feed)
                        }
                    }))
        }
        return found
    }

    func headers(of path: SitePath) -> ObjectHeaders? { ObjectHeaders(path: path) }

    func bytes(of path: SitePath) throws(SyncError) -> [UInt8]? {
        try WholeFile.read(local(path))
    }

    func upload(_ file: SiteFile) throws(SyncError) -> Upload {
        try checkFolders(of: file.path)
        let bytes = try file.contents()
        try WholeFile.write(bytes, to: local(file.path), isSynced: false)
        return Upload(byteCount: bytes.count, etag: try etag(MD5(of: bytes)))
    }

    func delete(_ paths: [SitePath]) -> [SitePath: SyncError] {
        var failures: [SitePath: SyncError] = [:]
        for path in paths {
            do throws(SyncError) {
                try checkFolders(of: path)
            } catch {
                failures[path] = error
                continue
            }
            guard unlink(local(path)) == 0 || errno == ENOENT || errno == ENOTDIR else {
                failures[path] = .unwritable(
                    path: local(path), reason: String(cString: strerror(errno)))
                continue
            }
            // Folders go when nothing is left in them.
            var text = path.text
            while let slash = text.lastIndex(of: "/") {
                text = String(text[..<slash])
                if rmdir("\(folder)/\(text)") != 0 { break }
            }
        }
        return failures
    }

    /// Nobody can say what a web server shows.
    func isPrivate() -> Bool { false }

    private func local(_ path: SitePath) -> String { "\(folder)/\(path)" }

    /// A link among the folders would lead the site out of its place.
    private func checkFolders(of path: SitePath) throws(SyncError) {
        var place = folder
        for segment in path.text.split(separator: "/").dropLast() {
            place += "/" + segment
            var status = stat()
            guard lstat(place, &status) == 0 else { return }
            guard status.st_mode & S_IFMT == S_IFDIR else {
                throw .unwritable(path: place, reason: "it is no folder")
            }
        }
    }

    private func etag(_ digest: MD5?) throws(SyncError) -> String {
        guard let digest else { throw .store(.unsupported(algorithm: "MD5")) }
        return digest.hex
    }

    /// Held by one writer of the manifest at a time, until it is closed.
    private func lock() throws(SyncError) -> Int32 {
        let path = folder + "/.tidemark/lock"
        try WholeFile.makeFolder(folder + "/.tidemark")
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o644)
        guard descriptor >= 0, flock(descriptor, LOCK_EX) == 0 else {
            throw .unwritable(path: path, reason: String(cString: strerror(errno)))
        }
        return descriptor
    }
}
