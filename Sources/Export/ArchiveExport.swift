import Archive
import Calendar
import Files

/// Puts an archive, or a copy of the published data, into one file of SQLite: a typed table for each kind of list, as the
/// site would show it, without what is withdrawn and without lines of no window.
///
/// A file of the archive is in memory at a time. The database is written aside, with `.new` at the end of its name, and
/// renamed.
public struct ArchiveExport: Sendable {
    let archive: ArchiveReader

    public init(_ archive: ArchiveReader) { self.archive = archive }

    /// What the database holds.
    public struct Report: Hashable, Sendable {
        public internal(set) var windows = 0
        /// Lines of all lists.
        public internal(set) var rows = 0
    }

    /// - Parameters:
    ///   - path: Of a new file, or of a database, which it takes the place of.
    ///   - isCancelled: Asked before each month, whose first day `month` is told.
    public func write(
        to path: String, month: (CivilDate) -> Void = { _ in },
        isCancelled: () -> Bool = { false }
    ) throws(ExportError) -> Report {
        let path = FilePlace.canonical(path)
        try Self.refuseForeign(path)
        let years = try reading { (archive) throws(ArchiveError) in try archive.years() }
        guard !years.isEmpty else { throw .noArchive(archive.folder) }
        let aside = path + ".new"
        try ExportError.onDisk { () throws(FileError) in
            try FilePlace.remove(aside)
            if !FilePlace.folder(of: path).isEmpty {
                try Folder.make(FilePlace.folder(of: path))
            }
        }
        do throws(ExportError) {
            let report = try fill(Database(creating: aside), years, month, isCancelled)
            try ExportError.onDisk { () throws(FileError) in
                try FilePlace.move(aside, to: path)
                try Folder.sync(FilePlace.folder(of: path))
            }
            return report
        } catch {
            try? FilePlace.remove(aside)
            throw error
        }
    }

    private static func refuseForeign(_ path: String) throws(ExportError) {
        let head = try ExportError.onDisk { () throws(FileError) -> [UInt8]? in
            guard let status = try FileStatus(of: path) else { return nil }
            guard status.kind == .file else { throw FileError(.write, path, .noFile) }
            var head: [UInt8] = []
            _ = try FileReader(path, range: 0..<16).readPieces { head += $0 }
            return head
        }
        guard let head else { return }
        guard head.isEmpty || head == Array("SQLite format 3\0".utf8) else { throw .foreign(path) }
        for journal in ["-wal", "-journal"] {
            let isThere = try ExportError.onDisk { () throws(FileError) in
                try FilePlace.kind(of: path + journal) != nil
            }
            if isThere { throw .inUse(path, by: path + journal) }
        }
    }

    private func fill(
        _ database: Database, _ years: [Int], _ month: (CivilDate) -> Void,
        _ isCancelled: () -> Bool
    ) throws(ExportError) -> Report {
        let withdrawals = try reading { (archive) throws(ArchiveError) in
            try archive.withdrawals()
        }
        func table(_ table: DataTable) throws(ExportError) -> ExportedTable {
            try ExportedTable(table, in: database, withdrawals)
        }
        let (windows, withheld) = (try table(.windows), try table(.withheld))
        let (top, trending, tail) = (try table(.top), try table(.trending), try table(.tail))
        let (related, links) = (try table(.related), try table(.links))
        var report = Report()
        for year in years {
            report.windows += try windows.add(
                reading { (archive) throws(ArchiveError) in try archive.windowLines(year: year) },
                of: nil)
            let (known, days) = try windowsAndDays(of: year)
            for (first, days) in days {
                if isCancelled() { throw .cancelled }
                month(first)
                for day in days {
                    report.rows +=
                        try top.add(lines(of: TopRow.self, ArchiveLayout.top(day)), of: known)
                        + trending.add(
                            lines(of: TopRow.self, ArchiveLayout.trending(day)), of: known)
                        + tail.add(lines(of: TailRow.self, ArchiveLayout.tail(day)), of: known)
                        + related.add(
                            lines(of: RelatedRow.self, ArchiveLayout.related(day)), of: known)
                        + links.add(lines(of: LinkRow.self, ArchiveLayout.links(day)), of: known)
                }
                _ = try withheld.add(lacking(first, days, withdrawals), of: known)
            }
        }
        try database.run(
            "CREATE INDEX top_tag ON top (tag, slot); CREATE INDEX trending_tag ON trending (tag, slot)"
        )
        try database.commit()
        return report
    }

    /// The windows of a year, and its days that have one by month.
    private func windowsAndDays(
        of year: Int
    ) throws(ExportError) -> (Set<[UInt8]>, [(CivilDate, [CivilDate])]) {
        let rows = try reading { (archive) throws(ArchiveError) in try archive.windows(year: year) }
        let days = Dictionary(grouping: Set(rows.map(\.slot.date)), by: \.firstOfMonth)
            .sorted { $0.key < $1.key }.map { ($0.key, $0.value.sorted()) }
        return (Set(rows.map { Array("\($0.slot),\($0.source)".utf8) }), days)
    }

    /// What lists of a month lack: by what is withdrawn here, or of a copy, as it says.
    private func lacking(
        _ month: CivilDate, _ days: [CivilDate], _ withdrawals: Withdrawals
    ) throws(ExportError) -> RowReader<WithheldRow>? {
        let file = ArchiveLayout.withheld(month)
        if withdrawals.isEmpty { return try lines(of: WithheldRow.self, file) }
        return try reading { (archive) throws(ArchiveError) in
            var rows: [WithheldRow] = []
            for day in days { rows += try archive.withheld(day, by: withdrawals) }
            return try archive.lines(of: rows, in: file)
        }
    }

    private func lines<Row: ArchiveRow>(
        of type: Row.Type, _ file: String
    ) throws(ExportError) -> RowReader<Row>? {
        try reading { (archive) throws(ArchiveError) in try archive.lines(of: type, in: file) }
    }

    private func reading<Result>(
        _ body: (ArchiveReader) throws(ArchiveError) -> Result
    ) throws(ExportError) -> Result {
        do throws(ArchiveError) { return try body(archive) } catch { throw .archive(error) }
    }
}
