import Digest
import Files
import Output
import Text

/// A build of every file: staged as a tree, checked, swapped.
struct WholeBuild: Sendable {
    let output: OutputFolder
    let update: ArchiveUpdate
    let frame: [UInt8]
    let basedFrom: Int
    /// The path of the site's root, for its links.
    let prefix: String
    /// Whether what no build made stays in the folder.
    let keepsForeign: Bool
    /// Is told the number of files as each is done.
    let didRender: @Sendable (_ of: Int) -> Void

    func run(_ files: [SiteFile]) throws(SiteError) -> BuildReport {
        let staging = try StagingTree(output: output)
        do throws(SiteError) {
            return try fill(staging, with: files)
        } catch {
            // On a full disk the half of a site would stand in the way of the next window.
            staging.discard()
            throw error
        }
    }

    private struct Made: Sendable {
        let file: FileList.File
        let isOld: Bool
        let look: SiteCheck.Result
    }

    private func fill(
        _ staging: StagingTree, with files: [SiteFile]
    ) throws(SiteError) -> BuildReport {
        let paths = Set(files.map { ExactText($0.path) })
        let check = SiteCheck(prefix: prefix) { paths.contains(ExactText($0)) }
        let made = try SiteFile.inRounds(files, over: FileList([])) {
            (number, known) throws(SiteError) in
            defer { didRender(files.count) }
            return try make(files[number], known, in: staging, check)
        } file: {
            $0.file
        }
        staging.flush()
        var faults = made.flatMap(\.look.faults)
        faults += try SiteCheck.faults(of: made.flatMap(\.look.anchors)) {
            (path) throws(SiteError) in
            try SiteError.onDisk { () throws(FileError) in
                try WholeFile.read(staging.folder + "/" + path)
            }
        }
        guard faults.isEmpty else { throw .unsound(faults) }
        let list = FileList(made.map(\.file))
        let record = BuildRecord(tables: update.tables, stamps: update.stamps, files: list)
            .encoded(frame: frame, basedFrom: basedFrom)
        let gone = try SiteError.onDisk { () throws(FileError) in
            let gone = try staging.gone(paths, keepingForeign: keepsForeign)
            try put(made, from: staging, removing: gone, record)
            return gone
        }
        let unchanged = made.count(where: \.isOld)
        return BuildReport(
            pages: list.pageCount, files: files.count, written: files.count - unchanged,
            removed: gone.count, unchanged: unchanged, isWhole: true, list: record.files)
    }

    /// In one step; file by file where the folder cannot be exchanged, such as one that is a mount point.
    private func put(
        _ made: [Made], from staging: StagingTree, removing gone: [String],
        _ record: BuildRecord.Files
    ) throws(FileError) {
        if !output.isMountPoint {
            // Staged before, so that a run killed behind the swap leaves the list of the new site.
            try record.stage(beside: output)
            do throws(FileError) {
                try staging.swap(fileCount: made.count, keepingForeign: keepsForeign)
                return try BuildRecord.Files.place(beside: output)
            } catch  where error.isUnexchangeable {}
        }
        let patch = try SitePatch(output: output)
        var (numbers, new): ([Int: String], Set<ExactText>) = ([:], [])
        for (number, made) in made.enumerated() where !made.isOld {
            let path = made.file.path.text
            numbers[number] = path
            let isThere = try FileStatus(of: "\(output.path)/\(path)", followingLinks: false) != nil
            if !isThere { new.insert(ExactText(path)) }
            try patch.take("\(staging.folder)/\(path)", as: number)
        }
        staging.discard()
        try patch.apply(
            numbers, isNew: { new.contains(ExactText($0)) }, removing: gone,
            fileCount: made.count, record: record)
    }

    private func make(
        _ file: SiteFile, _ known: SiteFile.Known, in staging: StagingTree,
        _ check: SiteCheck
    ) throws(SiteError) -> Made {
        let bytes = try file.make(known)
        let (modified, isOld) = try SiteError.onDisk { () throws(FileError) in
            try staging.add(file.path, bytes)
        }
        return Made(
            file: FileList.File(
                path: file.path, digest: SHA256(of: bytes), byteCount: bytes.count,
                modified: modified),
            isOld: isOld, look: check.look(at: file.path, bytes))
    }
}
