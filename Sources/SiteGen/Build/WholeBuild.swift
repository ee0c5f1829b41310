import Digest
import Files
import Output
import Tasks
import Text

/// A build of every file: staged as a tree, checked, swapped.
struct WholeBuild: Sendable {
    let output: OutputFolder
    let update: ArchiveUpdate
    let frame: [UInt8]
    /// The path of the site's root, for its links.
    let prefix: String
    /// Whether what no build made stays in the folder.
    let keepsForeign: Bool

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
        let results = Parallel.map(files.count) { index in
            Result { () throws(SiteError) in try make(files[index], in: staging, check) }
        }
        var made: [Made] = []
        for result in results { made.append(try result.get()) }
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
            .encoded(frame: frame)
        let removed = try SiteError.onDisk { () throws(FileError) in
            // Staged before, so that a run killed behind the swap leaves the list of the new site.
            try record.stage(beside: output)
            let removed = try staging.swap(paths, keepingForeign: keepsForeign)
            try BuildRecord.Files.place(beside: output)
            return removed
        }
        let unchanged = made.count(where: \.isOld)
        return BuildReport(
            pages: list.pageCount, files: files.count, written: files.count - unchanged,
            removed: removed, unchanged: unchanged)
    }

    private func make(
        _ file: SiteFile, in staging: StagingTree, _ check: SiteCheck
    ) throws(SiteError) -> Made {
        let bytes = try file.make()
        let (isOld, modified) = try SiteError.onDisk { () throws(FileError) in
            let isOld = try staging.add(file.path, bytes)
            return (isOld, try FileStatus(of: staging.folder + "/" + file.path)?.modified ?? 0)
        }
        return Made(
            file: FileList.File(
                path: file.path, digest: SHA256(of: bytes), byteCount: bytes.count,
                modified: modified),
            isOld: isOld, look: check.look(at: file.path, bytes))
    }
}
