import AWS
import Digest
import Files
import Output
import Text

/// The files of a finished site, in the order of their paths.
public struct LocalTree: Sendable {
    public private(set) var files: [LocalFile]
    /// What is in the folder and was made by no build, by its path there. It is not published.
    public let foreign: [FolderEntry]
    /// What the build has listed, if all files are so.
    let list: FileList?
    /// Of a tree that holds only what is otherwise than in an earlier one, the paths that are no more; nil if it
    /// holds all.
    let gone: [SitePath]?

    /// Takes the files from the list that the build has left, and reads those alone that are not as it says; all,
    /// if it left none.
    ///
    /// Throws `unfinished` if the mark is missing or wrong, a file of the list is, or there is none, `entry` for
    /// what cannot be published: links that leave the folder or lead to folders, sockets and the like, and
    /// without a list names that are no UTF-8.
    public init(folder: String) throws(SyncError) {
        let output = OutputFolder(folder)
        let meant = try Self.fileCount(in: output, folder)
        var reading = Reading(folder: folder, root: output.path + "/")
        if let list = try onDisk({ () throws(FileError) in try output.list() }) {
            try reading.take(list)
            foreign = try onDisk { () throws(FileError) in try output.foreign(to: list) }
        } else {
            for entry in try onDisk({ () throws(FileError) in try output.entries() }) ?? []
            where entry.name != OutputFolder.marker {
                try reading.take(entry, in: "")
            }
            foreign = []
        }
        let packs = Set(reading.files.map(\.path.text).filter { $0.hasSuffix(PackedMonths.ending) })
        files = PackedMonths(isThere: packs.contains).stored(reading.files)
            .sorted { $0.path < $1.path }
        (list, gone) = (reading.list, nil)
        guard !files.isEmpty else { throw .unfinished(folder: folder, reason: "it is empty") }
        guard files.count == meant else {
            throw .unfinished(
                folder: folder,
                reason:
                    "its last build made \(meant) files, and \(files.count) are there, so the site that is up stays"
            )
        }
    }

    /// Only what is otherwise than in an earlier site of that list, by the list of this one; nil where it takes a look
    /// at all files to know that.
    ///
    /// - Parameter list: What the build has left.
    init?(folder: String, _ list: FileList, since earlier: FileList) throws(SyncError) {
        let output = OutputFolder(folder)
        let meant = try Self.fileCount(in: output, folder)
        guard list.files.count == meant, meant > 0 else { return nil }
        var (changed, gone) = list.changes(since: earlier)
        // How a tail is stored depends on whether there is a packed file of its month.
        let packs =
            gone + changed.map(\.path.text).filter { earlier.file($0) == nil }
        for year in Set(
            packs.filter { $0.hasSuffix(PackedMonths.ending) }.map(PackedMonths.tails(inYearOf:)))
        {
            changed += list.files(below: year)
        }
        let part = FileList(
            Array(Dictionary(changed.map { ($0.path, $0) }) { $1 }.values))
        let statuses = try onDisk { () throws(FileError) in try part.statuses(in: folder) }
        guard zip(part.files, statuses).allSatisfy({ $0.isSame($1) }) else { return nil }
        var reading = Reading(folder: folder, root: output.path + "/")
        for file in part.files {
            try reading.add(file.path.text, file.digest, byteCount: file.byteCount)
        }
        files = PackedMonths { list.file($0) != nil }.stored(reading.files)
        foreign = []
        self.list = list
        self.gone = gone.compactMap { SitePath($0) }
    }

    /// The paths of all files, in order.
    var paths: [SitePath] {
        guard gone != nil, let list else { return files.map(\.path) }
        return Set(list.files.compactMap { SitePath($0.path.text) } + files.map(\.path)).sorted()
    }

    /// How many files of the site are as they were, and not in the tree.
    var unseenCount: Int {
        guard gone != nil, let list else { return 0 }
        return list.files.count - files.count { !$0.path.isWithheld }
    }

    /// The same with files from elsewhere.
    func adding(_ more: [LocalFile]) -> LocalTree {
        var tree = self
        tree.files = (files + more).sorted { $0.path < $1.path }
        return tree
    }

    /// The same with the number of rows of each record: that of the manifest where it is the same file.
    func countingRows(against known: Manifest?) throws(SyncError) -> LocalTree {
        var tree = self
        for (place, file) in files.enumerated()
        where file.rowCount == nil && RecordRows.isRecord(file.path) {
            let entry = known?.entries[file.path]
            if entry?.sha256 == file.sha256, let count = entry?.rowCount {
                tree.files[place].rowCount = count
            } else {
                tree.files[place].rowCount = RecordRows.count(in: try file.contents())
            }
        }
        return tree
    }

    /// What the mark says.
    private static func fileCount(
        in output: OutputFolder, _ folder: String
    ) throws(SyncError) -> Int {
        let mark = try onDisk { () throws(FileError) in try output.mark() }
        guard let mark else {
            let isThere = try onDisk { () throws(FileError) in try output.entries() } != nil
            throw .unfinished(
                folder: folder,
                reason: isThere ? "\(OutputFolder.marker) is missing" : "there is no such folder")
        }
        guard let count = OutputFolder.fileCount(of: mark) else {
            throw .unfinished(
                folder: folder, reason: "\(OutputFolder.marker) is not {\"files\": N}")
        }
        return count
    }

    private struct Reading {
        let folder: String
        /// The folder's real path, with a slash at its end.
        let root: String
        var files: [LocalFile] = []
        var list: FileList?

        mutating func take(_ list: FileList) throws(SyncError) {
            let statuses = try onDisk { () throws(FileError) in
                try list.statuses(in: folder)
            }
            files.reserveCapacity(list.files.count)
            self.list = list
            for (file, status) in zip(list.files, statuses) {
                let path = file.path.text
                guard let status else {
                    throw .unfinished(
                        folder: folder, reason: "\(terminalSafe(path, limit: .max)) is missing")
                }
                if file.isSame(status) {
                    try add(path, file.digest, byteCount: file.byteCount)
                } else {
                    self.list = nil
                    try take(status.kind, path)
                }
            }
        }

        /// `place` is the path in the site of the folder it is in, empty or with a slash at its end.
        mutating func take(_ entry: FolderEntry, in place: String) throws(SyncError) {
            let (path, local) = (place + entry.name, "\(folder)/\(place)\(entry.name)")
            guard entry.isUTF8 else { throw .entry(path: local, reason: "its name is not UTF-8") }
            guard entry.kind == .folder else { return try take(entry.kind, path) }
            let entries = try onDisk { () throws(FileError) in try Folder.entries(of: local) }
            for inner in entries ?? [] { try take(inner, in: path + "/") }
        }

        private mutating func take(_ kind: FileKind, _ path: String) throws(SyncError) {
            let local = "\(folder)/\(path)"
            switch kind {
            case .file: break
            case .link:
                guard let target = (try? FilePlace.resolved(local)) ?? nil else {
                    throw .entry(path: local, reason: "a link to nothing")
                }
                guard target.utf8.starts(with: root.utf8) else {
                    throw .entry(path: local, reason: "a link that leaves the site")
                }
                guard
                    try onDisk({ () throws(FileError) in try FilePlace.kind(of: local) }) == .file
                else {
                    throw .entry(path: local, reason: "a link to something other than a file")
                }
            case .folder, .other: throw .entry(path: local, reason: "it is not a file")
            }
            let (digest, byteCount) = try onDisk { () throws(FileError) in
                try LocalFile.digest(of: local)
            }
            try add(path, digest, byteCount: byteCount)
        }

        mutating func add(
            _ path: String, _ digest: SHA256, byteCount: Int
        ) throws(SyncError) {
            guard let place = SitePath(path) else {
                throw .entry(
                    path: "\(folder)/\(path)",
                    reason: "its path has control characters, over 1024 bytes or a reserved name")
            }
            files.append(
                LocalFile(
                    path: place, localPath: "\(folder)/\(path)", byteCount: byteCount,
                    sha256: digest, headers: ObjectHeaders(path: place)))
        }
    }
}
