import AWS
import Digest
import Files
import Glibc
import Synchronization
import Text

/// A folder of this machine that a web server shows. What a web server says of a file is its own
/// affair; texts are stored as they are, and it may compress them.
///
/// What is withheld lies beside it, where only this user can read it.
struct FolderStore: Store {
    private let folder: String
    private let access: PublicAccess
    private let base = KnownBase()

    let requestCount = 0
    let notes: [String] = []

    init(folder: String) {
        var folder = folder
        while folder.utf8.last == UInt8(ascii: "/"), folder.utf8.count > 1 { folder.removeLast() }
        self.folder = (try? FilePlace.resolved(folder)) ?? folder
        access = PublicAccess(root: self.folder)
    }

    private var manifestPath: String { "\(folder)/\(SitePath.manifest)" }

    /// `.www.tidemark-archive` for `www`.
    private var withheldFolder: String {
        FilePlace.joined(
            FilePlace.folder(of: folder), ".\(FilePlace.name(of: folder)).tidemark-archive")
    }

    func manifest() throws(SyncError) -> StoredManifest? {
        let (bytes, status) = try onDisk { () throws(FileError) in
            try refuseWhatIsNoFolder()
            return (try WholeFile.readIfPresent(manifestPath), try FileStatus(of: manifestPath))
        }
        guard let bytes else { return nil }
        return StoredManifest(
            manifest: try whole(ManifestFile.decode(bytes)),
            tag: SHA256(of: bytes).hex,
            age: status.map { Int((FileStamp.now - $0.modified) / 1_000_000_000) })
    }

    private func whole(_ layer: ManifestLayer) throws(SyncError) -> Manifest {
        guard let reference = layer.base else { return layer.manifest(over: nil) }
        if let known = base.value.withLock({ $0 }), known.reference == reference {
            return layer.manifest(over: known)
        }
        guard reference.file.utf8.starts(with: "manifest-base-".utf8),
            !reference.file.utf8.contains(UInt8(ascii: "/")),
            let bytes = try onDisk({ () throws(FileError) in
                try WholeFile.readIfPresent(basePath(reference))
            }), SHA256(of: bytes).hex == reference.sha256
        else { throw .manifestBase(reference) }
        let read = try ManifestBase(bytes, reference)
        base.value.withLock { $0 = read }
        return layer.manifest(over: read)
    }

    private func basePath(_ reference: ManifestLayer.Base) -> String {
        "\(folder)/.tidemark/\(reference.file)"
    }

    private func refuseWhatIsNoFolder() throws(FileError) {
        guard let name = try FileStatus(of: folder, followingLinks: false)?.kind else { return }
        let kind = try FilePlace.kind(of: folder)
        guard kind != .folder else { return }
        throw FileError(.write, folder, name == .link && kind == nil ? .brokenLink : .noFolder)
    }

    func save(_ manifest: Manifest, over tag: String?) throws(SyncError) -> String {
        let older = base.value.withLock { $0 }
        var layer = ManifestLayer(manifest, over: older)
        let new =
            manifest.run == nil && layer.isDue(over: older?.count ?? 0)
            ? try ManifestBase.of(manifest) : nil
        if let new {
            layer = ManifestLayer(
                run: nil, staleness: manifest.staleness, base: new.base.reference)
        }
        let bytes = ManifestFile.encode(layer)
        let lock = try onDisk { () throws(FileError) in
            try access.makeFolder("")
            return try FileLock(folder + "/.tidemark/lock", saying: "publish", waiting: true)
        }
        defer { lock.release() }
        let there = try onDisk { () throws(FileError) in
            try WholeFile.readIfPresent(manifestPath)
        }
        guard there.map({ SHA256(of: $0).hex }) == tag else { throw .overtaken }
        try onDisk { () throws(FileError) in
            if let new { try WholeFile.write(new.bytes, to: basePath(new.base.reference)) }
            // What the manifest speaks of is on the disk before it says so.
            try Folder.syncFileSystem(of: folder)
            try WholeFile.write(bytes, to: manifestPath)
        }
        if let new {
            base.value.withLock { $0 = new.base }
            // One that is left over does no harm.
            if let older, older.reference != new.base.reference {
                try? FilePlace.remove(basePath(older.reference))
            }
        }
        return SHA256(of: bytes).hex
    }

    func listing() throws(SyncError) -> Listing {
        var found = Listing()
        for entry in try onDisk({ () throws(FileError) in try Folder.entries(of: folder) }) ?? [] {
            try list(entry, in: "", &found)
        }
        let withheld = try onDisk { () throws(FileError) in try Folder.files(below: withheldFolder)
        }
        for name in withheld {
            guard let path = SitePath(SitePath.withheldFolder + name) else { continue }
            found.objects[path] = try object(local(path))
        }
        return found
    }

    private func list(
        _ entry: FolderEntry, in place: String, _ found: inout Listing
    ) throws(SyncError) {
        let text = place + entry.name
        if SitePath.isReserved(text) || SitePath(text)?.isWithheld ?? false { return }
        guard entry.isUTF8, let path = SitePath(text) else { return found.strays.append(text) }
        guard entry.kind == .folder else {
            found.objects[path] = try object(local(path))
            return
        }
        let inner: [FolderEntry]?
        do throws(FileError) {
            inner = try Folder.entries(of: local(path))
        } catch {
            // What this user cannot read, such as lost+found, no publish of this user has written.
            guard error.cause == .system(EACCES) else { throw .file(error) }
            return found.strays.append(text + "/")
        }
        for entry in inner ?? [] { try list(entry, in: text + "/", &found) }
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

    func upload(_ file: LocalFile) throws(SyncError) -> Upload {
        let bytes = try file.contents()
        try onDisk { () throws(FileError) in
            if file.path.isWithheld {
                return try WholeFile.write(bytes, to: local(file.path), isSynced: false)
            }
            try checkFolders(of: file.path)
            try WholeFile.write(bytes, to: file.path.text, for: access, isSynced: false)
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
            var above = FilePlace.folder(of: local(path))
            while ![folder, withheldFolder].contains(above), Folder.removeIfEmpty(above) {
                above = FilePlace.folder(of: above)
            }
        }
        return failures
    }

    /// Makes the folder for it.
    func obstacleToWithholding() -> String? {
        do throws(FileError) {
            try access.makeFolder("")
            try Folder.makePrivate(withheldFolder)
            return nil
        } catch {
            return
                "as no folder for them can be made that only this user can read: \(terminalSafe("\(error)", limit: .max))"
        }
    }

    private func local(_ path: SitePath) -> String {
        path.isWithheld
            ? "\(withheldFolder)/\(path.text.dropFirst(SitePath.withheldFolder.utf8.count))"
            : "\(folder)/\(path)"
    }

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

/// The base of the manifest as a store has read or written it last.
private final class KnownBase: Sendable {
    let value = Mutex<ManifestBase?>(nil)
}
