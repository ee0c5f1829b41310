import AWS
import Digest
import Files

/// A folder of this machine that a web server shows. What a web server says of a file is its own
/// affair; texts are stored as they are, and it may compress them.
struct FolderStore: Store {
    let folder: String

    let requestCount = 0
    let notes: [String] = []

    private var manifestPath: String { folder + "/.tidemark/manifest.json" }

    func manifest() throws(SyncError) -> StoredManifest? {
        let (bytes, status) = try onDisk { () throws(FileError) in
            (try WholeFile.readIfPresent(manifestPath), try FileStatus(of: manifestPath))
        }
        guard let bytes else { return nil }
        return StoredManifest(
            manifest: try ManifestFile.decode(bytes).manifest(over: [:]),
            tag: SHA256(of: bytes).hex,
            age: status.map { Int((FileStamp.now - $0.modified) / 1_000_000_000) })
    }

    func save(_ manifest: Manifest, over tag: String?) throws(SyncError) -> String {
        let bytes = ManifestFile.encode(ManifestLayer(manifest))
        let lock = try onDisk { () throws(FileError) in
            try FileLock(folder + "/.tidemark/lock", saying: "publish", waiting: true)
        }
        defer { lock.release() }
        let there = try onDisk { () throws(FileError) in
            try WholeFile.readIfPresent(manifestPath)
        }
        guard there.map({ SHA256(of: $0).hex }) == tag else { throw .overtaken }
        try onDisk { () throws(FileError) in
            // What the manifest speaks of is on the disk before it says so.
            try Folder.syncFileSystem(of: folder)
            try WholeFile.write(bytes, to: manifestPath)
        }
        return SHA256(of: bytes).hex
    }

    func listing() throws(SyncError) -> [SitePath: StoredObject] {
        var found: [SitePath: StoredObject] = [:]
        for text in try onDisk({ () throws(FileError) in try Folder.files(below: folder) }) {
            guard let path = SitePath(text) else { continue }
            found[path] = try object(local(path))
        }
        return found
    }

    /// Nil for what is no file.
    private func object(_ local: String) throws(SyncError) -> StoredObject? {
        try onDisk { () throws(FileError) in
            guard let status = try FileStatus(of: local, followingLinks: false),
                status.kind == .file
            else { return nil }
            let digest = try MD5 { (feed) throws(FileError) in
                _ = try FileReader(local).readPieces(feed)
            }
            return StoredObject(byteCount: status.byteCount, etag: digest?.hex ?? "")
        }
    }

    func headers(of path: SitePath) -> ObjectHeaders? { ObjectHeaders(path: path) }

    func bytes(of path: SitePath) throws(SyncError) -> [UInt8]? {
        try onDisk { () throws(FileError) in try WholeFile.readIfPresent(local(path)) }
    }

    func upload(_ file: SiteFile) throws(SyncError) -> Upload {
        let bytes = try file.contents()
        try onDisk { () throws(FileError) in
            try checkFolders(of: file.path)
            try WholeFile.write(bytes, to: local(file.path), isSynced: false)
        }
        return Upload(byteCount: bytes.count, etag: MD5(of: bytes)?.hex)
    }

    func delete(_ paths: [SitePath]) -> [SitePath: SyncError] {
        var failures: [SitePath: SyncError] = [:]
        for path in paths {
            do throws(FileError) {
                try checkFolders(of: path)
                // A folder in the place of a file is somebody else's.
                if try FileStatus(of: local(path), followingLinks: false)?.kind == .folder {
                    throw FileError(.remove, local(path), .noFile)
                }
                try FilePlace.remove(local(path))
            } catch {
                failures[path] = .file(error)
                continue
            }
            // Folders go when nothing is left in them.
            var text = path.text
            while let slash = text.lastIndex(of: "/") {
                text = String(text[..<slash])
                if !Folder.removeIfEmpty("\(folder)/\(text)") { break }
            }
        }
        return failures
    }

    /// Nobody can say what a web server shows.
    func isPrivate() -> Bool { false }

    private func local(_ path: SitePath) -> String { "\(folder)/\(path)" }

    /// A link among the folders would lead the site out of its place.
    private func checkFolders(of path: SitePath) throws(FileError) {
        var place = folder
        for segment in path.text.split(separator: "/").dropLast() {
            place += "/" + segment
            guard let status = try FileStatus(of: place, followingLinks: false) else { return }
            guard status.kind == .folder else { throw FileError(.write, place, .noFolder) }
        }
    }
}
