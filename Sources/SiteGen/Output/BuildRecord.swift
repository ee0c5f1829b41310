import Archive
import Digest
import Files
import Output

/// What a build leaves for the next one: the tables of the archive, the stamps of its files, and the files of the
/// site. Whoever removes it makes the next build a whole one.
///
/// What the tables of a long archive begin with has a file of its own, the base, which stays as it is: so a record
/// costs what is new.
struct BuildRecord: Sendable {
    var tables: ArchiveTables
    var stamps: ArchiveStamps
    var files: FileList
    /// The place of the first file that the next build looks at, if it does not look at all.
    var next = 0
    var base = Base()

    /// The first windows, and what they brought.
    struct Base: BitwiseCopyable, Sendable {
        /// What its file is known by; 0 for none.
        var checksum: UInt64 = 0
        /// How many of its windows, rows and texts are as they were.
        var windows = 0
        var rows = 0
        var texts = 0

        var name: String { "\(Files.recordName)-\(String(checksum, radix: 16))" }
    }

    /// The record of the site in a folder; nil if there is none, or in any doubt: if it was made of other settings,
    /// templates or by another program, is damaged, or the files of the site are not as it says.
    ///
    /// `frame` is the digest of all that every page is made of beside the archive.
    ///
    /// - Parameter count: How many files of the site are looked at, where the last build left off; nil for all.
    init?(of output: OutputFolder, frame: [UInt8], lookingAt count: Int? = nil) {
        func file(_ name: String) -> [UInt8]? {
            try? WholeFile.readIfPresent(output.companion + "/" + name)
        }
        guard let bytes = file(Files.recordName), let list = file(FileList.name),
            let files = FileList(decoding: list, base: file), var reader = FlatReader(bytes),
            reader.values(of: UInt8.self) == frame,
            reader.values(of: UInt64.self) == [Checksum.of(list[...])],
            let next = reader.values(of: Int.self)?.first,
            let base = reader.values(of: Base.self)?.first,
            let years = reader.values(of: ArchiveStamps.Year.self),
            let days = reader.values(of: ArchiveStamps.Day.self),
            let tags = reader.values(of: TagEntry.self),
            let tracks = reader.values(of: TrackEntry.self),
            let sources = reader.values(of: SourceEntry.self),
            let tables = Tables(&reader, over: base, file)
        else { return nil }
        self.init(
            tables: ArchiveTables(
                windows: tables.windows, rows: tables.rows, tags: tags, tracks: tracks,
                sources: sources, texts: tables.texts),
            stamps: ArchiveStamps(years: years, days: days), files: files, base: base)
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

    /// The tables, which it has no more: they are changed where they are.
    mutating func takeTables() -> ArchiveTables {
        defer { tables = ArchiveTables() }
        return tables
    }

    init(
        tables: ArchiveTables, stamps: ArchiveStamps, files: FileList, next: Int = 0,
        base: Base = Base()
    ) {
        (self.tables, self.stamps, self.files) = (tables, stamps, files)
        (self.next, self.base) = (next, base)
    }

    /// The arrays that only ever grow, in their order.
    private struct Tables {
        let windows: [WindowEntry]
        let rows: [RowEntry]
        let texts: TextTable

        /// What of a base is as it was, and behind it what the reader has next.
        init?(_ reader: inout FlatReader, over base: Base, _ file: (String) -> [UInt8]?) {
            guard let windows = reader.values(of: WindowEntry.self),
                let rows = reader.values(of: RowEntry.self),
                let ends = reader.values(of: Int32.self),
                let bytes = reader.values(of: UInt8.self)
            else { return nil }
            guard base.checksum != 0 else {
                (self.windows, self.rows) = (windows, rows)
                texts = TextTable(bytes: bytes, ends: ends)
                return
            }
            guard let old = file(base.name), Checksum.of(old[...]) == base.checksum,
                var older = FlatReader(old),
                let allWindows = older.values(
                    of: WindowEntry.self, first: base.windows, before: windows),
                let allRows = older.values(of: RowEntry.self, first: base.rows, before: rows),
                let allEnds = older.values(of: Int32.self, first: base.texts, before: ends),
                let allBytes = older.values(
                    of: UInt8.self,
                    first: base.texts > 0 ? Int(allEnds[base.texts - 1]) : 0, before: bytes)
            else { return nil }
            (self.windows, self.rows) = (allWindows, allRows)
            texts = TextTable(bytes: allBytes, ends: allEnds)
        }

        static func append(_ tables: ArchiveTables, behind base: Base, to writer: inout FlatWriter)
        {
            writer.append(tables.windows[base.windows...])
            writer.append(tables.rows[base.rows...])
            writer.append(tables.texts.ends[base.texts...])
            let start = base.texts > 0 ? Int(tables.texts.ends[base.texts - 1]) : 0
            writer.append(tables.texts.bytes[start...])
        }
    }

    /// As it is kept.
    ///
    /// - Parameter least: From how many files or rows on there is a base of them.
    func encoded(frame: [UInt8], basedFrom least: Int) -> Files {
        let (files, isNew) = files.rebased(from: least)
        var bases: [(name: String, bytes: [UInt8])] = []
        if isNew, let base = files.base { bases.append((base.name, base.text)) }
        var base = base
        base.windows = min(base.windows, tables.keptCount)
        (base.rows, base.texts) = tables.counts(before: base.windows)
        if tables.rows.count >= least, tables.rows.count - base.rows > base.rows / 16 {
            // Rows are most of it.
            var writer = FlatWriter(
                reserving: tables.rows.count * 2 * MemoryLayout<RowEntry>.stride)
            Tables.append(tables, behind: Base(), to: &writer)
            let bytes = writer.finish()
            base = Base(
                checksum: Checksum.of(bytes[...]), windows: tables.windows.count,
                rows: tables.rows.count, texts: tables.texts.count)
            bases.append((base.name, bytes))
        }
        let list = files.encoded
        var writer = FlatWriter(reserving: tables.tags.count * 128)
        writer.append(frame)
        writer.append([Checksum.of(list[...])])
        writer.append([next])
        writer.append([base])
        writer.append(stamps.years)
        writer.append(stamps.days)
        writer.append(tables.tags)
        writer.append(tables.tracks)
        writer.append(tables.sources)
        Tables.append(tables, behind: base, to: &writer)
        return Files(record: writer.finish(), files: files, list: list, bases: bases)
    }

    /// The files of a record.
    struct Files: Sendable {
        static let recordName = "record"

        let record: [UInt8]
        /// As it is written.
        let files: FileList
        let list: [UInt8]
        /// New ones of the list and of the tables, by their names.
        let bases: [(name: String, bytes: [UInt8])]

        /// Into a folder that has none.
        func write(to folder: String) throws(FileError) {
            let files = bases + [(FileList.name, list), (Self.recordName, record)]
            for (name, bytes) in files {
                try WholeFile.create(bytes, at: folder + "/" + name, isSynced: false)
            }
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

        /// What is there; the record last, and before both what they are written over. What they were written over
        /// before goes when they do no more.
        static func move(from folder: String, to target: String) throws(FileError) {
            let staged = try Folder.entries(of: folder)?.map(\.name) ?? []
            for kind in [FileList.name, recordName] {
                for base in staged where base.hasPrefix(kind + "-") {
                    try FilePlace.move(folder + "/" + base, to: target + "/" + base)
                }
            }
            for name in [FileList.name, recordName] where staged.contains(name) {
                try FilePlace.move(folder + "/" + name, to: target + "/" + name)
            }
            for kind in [FileList.name, recordName] {
                guard let base = staged.first(where: { $0.hasPrefix(kind + "-") }) else { continue }
                for old in try Folder.entries(of: target) ?? []
                where old.name.hasPrefix(kind + "-") && old.name != base {
                    try FilePlace.remove(target + "/" + old.name)
                }
            }
        }
    }
}
