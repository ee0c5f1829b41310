import Digest
import Files
import Output
import Text

/// A build of the files that the archive's new windows change: staged, checked against the rest of the site,
/// moved into it.
struct PartialBuild: Sendable {
    let patch: SitePatch
    let record: BuildRecord
    let update: ArchiveUpdate
    let frame: [UInt8]
    let basedFrom: Int
    /// The path of the site's root, for its links.
    let prefix: String

    private struct Made: Sendable {
        /// Nil if the site has the same bytes.
        let file: FileList.File?
        let look: SiteCheck.Result
    }

    func run(_ files: [SiteFile]) throws(SiteError) -> BuildReport {
        let paths = Set(files.map { ExactText($0.path) })
        let check = SiteCheck(prefix: prefix) { [list = record.files] path in
            list.file(path) != nil || paths.contains(ExactText(path))
        }
        let results = try SiteFile.inRounds(files, over: record.files) {
            (number, known) throws(SiteError) in
            try make(files[number], number: number, known, check)
        } file: {
            $0.file
        }
        var changed: [FileList.File] = []
        var numbers: [Int: String] = [:]
        var faults: [SiteFault] = []
        var anchors: [SiteCheck.Anchor] = []
        for (number, made) in results.enumerated() {
            faults += made.look.faults
            anchors += made.look.anchors
            guard let file = made.file else { continue }
            changed.append(file)
            numbers[number] = file.path.text
        }
        let staged = Dictionary(uniqueKeysWithValues: numbers.map { (ExactText($1), $0) })
        faults += try SiteCheck.faults(of: anchors) { (path) throws(SiteError) in
            try SiteError.onDisk { () throws(FileError) in
                if let number = staged[ExactText(path)] { return try patch.bytes(number) }
                return try WholeFile.read(patch.output.path + "/" + path)
            }
        }
        guard faults.isEmpty else { throw .unsound(faults) }

        let list = record.files.with(changed)
        let new = BuildRecord(
            tables: update.tables, stamps: update.stamps, files: list, next: record.next,
            base: record.base
        )
        .encoded(frame: frame, basedFrom: basedFrom)
        try SiteError.onDisk { () throws(FileError) in
            if changed.isEmpty {
                try new.keep(beside: patch.output)
            } else {
                try patch.apply(
                    numbers, isNew: { record.files.file($0) == nil }, fileCount: list.files.count,
                    record: new)
            }
        }
        return BuildReport(
            pages: list.pageCount, files: list.files.count, written: changed.count, removed: 0,
            unchanged: list.files.count - changed.count, list: new.files)
    }

    private func make(
        _ file: SiteFile, number: Int, _ known: SiteFile.Known, _ check: SiteCheck
    ) throws(SiteError) -> Made {
        let bytes = try file.make(known)
        let digest = SHA256(of: bytes)
        if record.files.file(file.path)?.digest == digest {
            return Made(file: nil, look: SiteCheck.Result())
        }
        let modified = try SiteError.onDisk { () throws(FileError) in try patch.add(number, bytes) }
        return Made(
            file: FileList.File(
                path: file.path, digest: digest, byteCount: bytes.count, modified: modified),
            look: check.look(at: file.path, bytes))
    }
}
