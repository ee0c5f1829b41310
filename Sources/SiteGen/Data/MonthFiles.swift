import Archive
import Calendar
import Files
import Glibc
import Output

extension ArchiveCopies {
    /// The days of a month that have a window, in order.
    struct Month: Sendable {
        let first: CivilDate
        let days: [Day]
        /// Whether its days get no new windows any more: then it is offered in one packed file of each table too.
        let isClosed: Bool
        /// Whether the archive has no later month of its year.
        let isLastOfYear: Bool

        var lastDay: CivilDate { days.last?.date ?? first }
        /// Those of which it has files.
        var tables: [DataTable] {
            [.windows]
                + (DataTable.lists + DataTable.contexts).filter { table in
                    days.contains { $0.tables.contains(table) }
                }
        }
        /// `2026-10`
        var name: String { String(first.description.prefix(7)) }

        /// The path of its packed file of a table.
        func path(_ table: DataTable) -> String {
            SiteLayout.monthFile(of: table.rawValue, name) ?? ""
        }

        /// What programs find its files by, once it is closed; until then they are in that of all.
        var package: String { "\(ArchiveCopies.folder)/datapackage-\(name).json" }
        /// The checksums of its files, once it is closed.
        var sums: String { "\(ArchiveCopies.folder)/sha256sums-\(name).txt" }

        /// Every file of its data that the site can have.
        var paths: [String] {
            tables.map(path) + days.flatMap { $0.tables.map($0.path) }
                + [ArchiveCopies.folder + "/" + ArchiveLayout.withheld(first)]
                + (isLastOfYear ? [ArchiveCopies.windows(year: first.year)] : [])
        }
    }

    /// The months whose files may be different; and those that were closed since the site was made.
    func months(changedBy change: Change, over known: FileList?) -> [Month] {
        months.filter { month in
            change.reaches(month.lastDay)
                || month.isClosed && known?.file(month.path(.windows)) == nil
        }
    }

    /// Of a month that ends, windows are read late for up to this many days: as long as no source that can be replayed
    /// looks back further, unless it is told to.
    private static let settlingDays = 2

    var months: [Month] {
        let last = days.last?.date
        let months = Dictionary(grouping: days, by: \.date.firstOfMonth).sorted { $0.key < $1.key }
        let ends = Dictionary(grouping: months.map(\.key), by: \.year).mapValues { $0.max() }
        return months.map { first, days in
            let closing = first.lastOfMonth.advanced(by: 1 + Self.settlingDays)
            return Month(
                first: first, days: days, isClosed: last.map { $0 >= closing } ?? false,
                isLastOfYear: ends[first.year] == first)
        }
    }

    /// What a month has beside the files of its days: packed ones, once it is closed, and what of it is withheld.
    func files(of month: Month) -> [SiteFile] {
        var files: [SiteFile] = []
        if month.isClosed {
            files = month.tables.map { table in
                SiteFile(path: month.path(table)) { () throws(SiteError) in
                    try packed(table, of: month)
                }
            }
        }
        if !withdrawn.isEmpty {
            files.append(
                SiteFile(path: Self.folder + "/" + ArchiveLayout.withheld(month.first)) {
                    () throws(SiteError) in
                    try withheld(in: month)
                })
        }
        return files
    }

    /// How many lines of each list are left out.
    private func withheld(in month: Month) throws(SiteError) -> [UInt8] {
        var encoder = CSVEncoder()
        encoder.header(WithheldRow.header)
        let reader = ArchiveReader(folder: archive)
        for day in month.days {
            let rows: [WithheldRow]
            do throws(ArchiveError) {
                rows = try reader.withheld(day.date, by: withdrawn)
            } catch {
                throw .archive(error)
            }
            for row in rows { encoder.row(row) }
        }
        return encoder.bytes
    }

    /// The columns of a file of the site.
    func columns(of table: DataTable, _ file: String) throws(SiteError) -> [String] {
        // Those without columns that came later all have the same.
        guard [.windows, .top, .trending].contains(table) else { return table.header }
        var decoder = CSVDecoder(try bytes(of: table, file))
        return decoder.next()?.map { String(decoding: $0, as: UTF8.self) } ?? []
    }

    func columns(of table: DataTable, on date: CivilDate) throws(SiteError) -> [String] {
        try columns(of: table, table.file(of: date))
    }

    /// Of the packed file: those of all its days.
    func columns(of table: DataTable, in month: Month) throws(SiteError) -> [String] {
        if table == .windows {
            return try columns(of: table, ArchiveLayout.windows(year: month.first.year))
        }
        var all: [String] = []
        for day in month.days where day.tables.contains(table) {
            for name in try columns(of: table, on: day.date) where !all.contains(name) {
                all.append(name)
            }
        }
        return all
    }

    private func packed(_ table: DataTable, of month: Month) throws(SiteError) -> [UInt8] {
        let parts: [[UInt8]]
        if table == .windows {
            let year = try bytes(of: table, ArchiveLayout.windows(year: month.first.year))
            parts = [JoinedTables.lines(of: year, beginning: Array(month.name.utf8))]
        } else {
            parts = try month.days.filter { $0.tables.contains(table) }.map {
                (day) throws(SiteError) in
                try bytes(of: table, table.file(of: day.date))
            }
        }
        let path = month.path(table)
        guard let bytes = Gzip.compress(JoinedTables.joined(parts, header: table.header)) else {
            throw .file(FileError(.write, path, .system(ENOMEM)))
        }
        return bytes
    }
}

/// Files of one table as one, whose header names the columns of all.
enum JoinedTables {
    /// - Parameter header: Of a table without files.
    static func joined(_ texts: [[UInt8]], header: [String]) -> [UInt8] {
        var columns: [String] = []
        for text in texts {
            var decoder = CSVDecoder(text)
            for name in decoder.next()?.map({ String(decoding: $0, as: UTF8.self) }) ?? []
            where !columns.contains(name) { columns.append(name) }
        }
        var encoder = CSVEncoder()
        encoder.header(columns.isEmpty ? header : columns)
        var joined = encoder.bytes
        for text in texts {
            var decoder = CSVDecoder(text)
            guard let first = decoder.next() else { continue }
            let whole = text.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
            let names = first.map { String(decoding: $0, as: UTF8.self) }
            if names == columns {
                joined += text[first.range.upperBound..<max(whole, first.range.upperBound)]
                continue
            }
            // Begun before there was a column: its cell is empty.
            let places = columns.map { names.firstIndex(of: $0) }
            encoder = CSVEncoder()
            while let record = decoder.next(), record.range.upperBound <= whole {
                for place in places {
                    encoder.text(place.flatMap { $0 < record.count ? record.text($0) : nil } ?? "")
                }
                encoder.endLine()
            }
            joined += encoder.bytes
        }
        return joined
    }

    /// The header and the lines that begin so.
    static func lines(of text: [UInt8], beginning prefix: [UInt8]) -> [UInt8] {
        var decoder = CSVDecoder(text)
        var kept: [UInt8] = []
        while let record = decoder.next() {
            if record.range.lowerBound == 0 || text[record.range].starts(with: prefix) {
                kept += text[record.range]
            }
        }
        return kept
    }
}
