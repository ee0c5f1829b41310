import Files
import Output

/// The changed files of a site, staged beside it, and the way they get into it.
///
/// All are whole on the disk before a journal says where they belong; the journal is carried out by renames, in
/// an order in which no page leads to one that is not there yet. A run that is killed before the journal is there
/// leaves the old site, and any later: the next run carries the journal out.
struct SitePatch: Sendable {
    let output: OutputFolder
    private let folder: String
    private var journal: String { output.companion + "/journal" }

    /// Carries out the journal that a killed run left, if it left one.
    static func finish(in output: OutputFolder) throws(FileError) {
        try SitePatch(of: output).finish()
    }

    private init(of output: OutputFolder) {
        self.output = output
        folder = output.patch
    }

    /// Makes an empty staging folder; what a killed run left there is cleared away.
    init(output: OutputFolder) throws(FileError) {
        self.init(of: output)
        try finish()
        try FilePlace.remove(folder)
        try Folder.make(folder, isSynced: false)
    }

    /// Stages a file under a number of its own and returns its modification time.
    func add(_ number: Int, _ bytes: [UInt8]) throws(FileError) -> Int64 {
        try WholeFile.create(bytes, at: "\(folder)/\(number)", isSynced: false).modified
    }

    /// Stages a file that is written already, under a number of its own.
    func take(_ path: String, as number: Int) throws(FileError) {
        try FilePlace.move(path, to: "\(folder)/\(number)")
    }

    /// A file that was staged, under the number of the file.
    func bytes(_ number: Int) throws(FileError) -> [UInt8] {
        try WholeFile.read("\(folder)/\(number)")
    }

    /// Puts the staged files in place: `paths` by their numbers, and the build's own files beside the site.
    ///
    /// - Parameters:
    ///   - isNew: Whether the old site has no file of that path.
    ///   - removed: What is taken away when all is in its place.
    ///   - fileCount: Of the new site.
    func apply(
        _ paths: [Int: String], isNew: (String) -> Bool, removing removed: [String] = [],
        fileCount: Int, record: BuildRecord.Files
    ) throws(FileError) {
        let sorted = paths.map { (phase: Phase($0.value, isNew: isNew($0.value)), $0) }
            .sorted { ($0.phase.rawValue, $0.1.key) < ($1.phase.rawValue, $1.1.key) }
        var text = "\(fileCount)\n"
        for (_, file) in sorted { text += "\(file.key) \(file.value)\n" }
        for path in removed where !path.utf8.contains(UInt8(ascii: "\n")) { text += "- \(path)\n" }
        try record.write(to: folder)
        try WholeFile.create(Array(text.utf8), at: folder + "/journal", isSynced: false)
        try Folder.syncFileSystem(of: folder)
        try FilePlace.move(folder + "/journal", to: journal)
        try finish()
    }

    /// Takes the staging folder away, as far as that is possible, unless a journal counts on it.
    func discard() {
        if (try? FilePlace.kind(of: journal)) == .some(nil) { try? FilePlace.remove(folder) }
    }

    /// Carries the journal out, if there is one. What is no longer staged is in its place already.
    private func finish() throws(FileError) {
        guard let bytes = try WholeFile.readIfPresent(journal) else { return }
        let lines = bytes.split(separator: UInt8(ascii: "\n"))
            .map { String(decoding: $0, as: UTF8.self) }
        // Without it no one takes the site for whole while it is not.
        try FilePlace.remove(output.path + "/" + OutputFolder.marker)
        for line in lines.dropFirst() {
            let parts = line.split(separator: " ", maxSplits: 1)
            guard parts.count == 2 else { continue }
            let path = String(parts[1])
            if parts[0] == "-" {
                try remove(path)
                continue
            }
            let staged = "\(folder)/\(parts[0])"
            guard try FilePlace.kind(of: staged) != nil else { continue }
            try output.access.makeFolder(FilePlace.folder(of: path))
            output.access.give(staged, at: path)
            try FilePlace.move(staged, to: "\(output.path)/\(path)")
        }
        let mark = OutputFolder.mark(fileCount: lines.first.flatMap { Int($0) } ?? 0)
        // A run that broke off may have left one.
        try WholeFile.write(mark, to: folder + "/mark", isSynced: false)
        output.access.give(folder + "/mark", at: OutputFolder.marker)
        try FilePlace.move(folder + "/mark", to: output.path + "/" + OutputFolder.marker)
        try BuildRecord.Files.move(from: folder, to: output.companion)
        try Folder.syncFileSystem(of: output.path)
        try FilePlace.remove(journal)
        discard()
    }

    /// With the folders in which nothing is left then.
    private func remove(_ path: String) throws(FileError) {
        // A folder in the place of an old file has new ones in it.
        let kind = try FileStatus(of: "\(output.path)/\(path)", followingLinks: false)?.kind
        if kind != .folder { try FilePlace.remove("\(output.path)/\(path)") }
        var above = FilePlace.folder(of: path)
        while !above.isEmpty, Folder.removeIfEmpty("\(output.path)/\(above)") {
            above = FilePlace.folder(of: above)
        }
    }

    /// The order in which files take their places.
    private enum Phase: Int {
        /// What leads nowhere.
        case assets
        case newPages
        case pages
        /// What readers and crawlers come in by.
        case entrances

        init(_ path: String, isNew: Bool) {
            let isEntrance =
                path == SiteLayout.front || path.utf8.hasEnding(".xml")
                || path.utf8.hasEnding(".json")
                || path.utf8.hasEnding(".txt")
            self =
                isEntrance
                ? .entrances
                : !path.utf8.hasEnding(".html") ? .assets : isNew ? .newPages : .pages
        }
    }
}
