import Archive
import Files
import Output

/// What a build leaves for the next one: the tables of the archive, the stamps of its files, and the files of the
/// site. Whoever removes it makes the next build a whole one.
struct BuildRecord: Sendable {
    var tables: ArchiveTables
    var stamps: ArchiveStamps
    var files: FileList
    /// The place of the first file that the next build looks at, if it does not look at all.
    var next = 0

    /// The record of the site in a folder; nil if there is none, or in any doubt: if it was made of other settings,
    /// templates or by another program, is damaged, or the files of the site are not as it says.
    ///
    /// `frame` is the digest of all that every page is made of beside the archive.
    ///
    /// - Parameter count: How many files of the site are looked at, where the last build left off; nil for all.
    init?(of output: OutputFolder, frame: [UInt8], lookingAt count: Int? = nil) {
        guard let bytes = try? WholeFile.readIfPresent(output.companion + "/" + Files.recordName),
            let list = try? WholeFile.readIfPresent(output.companion + "/" + FileList.name),
            let files = FileList(decoding: list), var reader = FlatReader(bytes),
            reader.values(of: UInt8.self) == frame,
            reader.values(of: UInt64.self) == [FlatWriter.checksum(list)],
            let next = reader.values(of: Int.self)?.first,
            let years = reader.values(of: ArchiveStamps.Year.self),
            let days = reader.values(of: ArchiveStamps.Day.self),
            let windows = reader.values(of: WindowEntry.self),
            let rows = reader.values(of: RowEntry.self),
            let tags = reader.values(of: TagEntry.self),
            let tracks = reader.values(of: TrackEntry.self),
            let sources = reader.values(of: SourceEntry.self),
            let textBytes = reader.values(of: UInt8.self),
            let textEnds = reader.values(of: Int32.self)
        else { return nil }
        self.init(
            tables: ArchiveTables(
                windows: windows, rows: rows, tags: tags, tracks: tracks, sources: sources,
                texts: TextTable(bytes: textBytes, ends: textEnds)),
            stamps: ArchiveStamps(years: years, days: days), files: files)
        let start = files.files.indices.contains(next) ? next : 0
        // All of them from the first on, or some from where the last build left off.
        let places =
            count.map { start..<min(files.files.count, start + $0) } ?? files.files.indices
        // The next list may be longer.
        self.next = places.upperBound == files.files.count ? 0 : places.upperBound
        guard (try? output.mark()) == OutputFolder.mark(fileCount: files.files.count),
            let statuses = try? files.statuses(in: output.path, of: places),
            zip(files.files[places], statuses).allSatisfy({ $0.isSame($1) })
        else { return nil }
    }

    init(tables: ArchiveTables, stamps: ArchiveStamps, files: FileList, next: Int = 0) {
        self.next = next
        self.tables = tables
        self.stamps = stamps
        self.files = files
    }

    /// As it is kept.
    func encoded(frame: [UInt8]) -> Files {
        let list = files.encoded
        var writer = FlatWriter()
        writer.append(frame)
        writer.append([FlatWriter.checksum(list)])
        writer.append([next])
        writer.append(stamps.years)
        writer.append(stamps.days)
        writer.append(tables.windows)
        writer.append(tables.rows)
        writer.append(tables.tags)
        writer.append(tables.tracks)
        writer.append(tables.sources)
        writer.append(tables.texts.bytes)
        writer.append(tables.texts.ends)
        return Files(record: writer.finished, list: list)
    }

    /// The two files of a record.
    struct Files: Sendable {
        static let recordName = "record"

        let record: [UInt8]
        let list: [UInt8]

        /// Into a folder that has none.
        func write(to folder: String) throws(FileError) {
            try WholeFile.create(list, at: folder + "/" + FileList.name, isSynced: false)
            try WholeFile.create(record, at: folder + "/" + Self.recordName, isSynced: false)
        }

        /// Beside the site, which is as they say. A run killed here leaves the old ones, or none.
        func keep(beside output: OutputFolder) throws(FileError) {
            try stage(beside: output)
            try Self.place(beside: output)
        }

        func stage(beside output: OutputFolder) throws(FileError) {
            try FilePlace.remove(output.patch)
            try Folder.make(output.patch, isSynced: false)
            try write(to: output.patch)
        }

        /// What is staged.
        static func place(beside output: OutputFolder) throws(FileError) {
            try move(from: output.patch, to: output.companion)
            try FilePlace.remove(output.patch)
        }

        /// What is there; the record last.
        static func move(from folder: String, to target: String) throws(FileError) {
            for name in [FileList.name, recordName]
            where try FilePlace.kind(of: folder + "/" + name) != nil {
                try FilePlace.move(folder + "/" + name, to: target + "/" + name)
            }
        }
    }
}
