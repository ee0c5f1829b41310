import Archive
import Calendar
import Files
import Links
import Output
import Text

/// The archive's files as the site offers them, under `data/`: byte for byte, but for the lines of withdrawn
/// hashtags and addresses, which are shown nowhere; and each month in one packed file of each table.
struct ArchiveCopies: Sendable {
    static let folder = SiteLayout.data

    /// The days that have a window, in order.
    let days: [Day]
    /// Whether it is kept who the items of the feed are said to be of.
    let hasAuthority: Bool
    /// The names of what else the archive has beside its folders.
    let records: [String]
    let archive: String
    let withdrawn: Withdrawals

    struct Day: Sendable {
        let date: CivilDate
        /// Whether any hashtag was listed. The files of other days hold their header alone.
        let isListed: Bool
        /// Those of which it has a file.
        let tables: [DataTable]

        /// The path of one of its lists in the site.
        func path(_ table: DataTable) -> String {
            ArchiveCopies.folder + "/" + table.file(of: date)
        }
    }

    /// The files of every day that has a window.
    init(_ stamps: ArchiveStamps, withdrawn: Withdrawals, in archive: String) {
        self.archive = archive
        self.withdrawn = withdrawn
        hasAuthority = (try? FileStatus(of: archive + "/" + ArchiveLayout.feed)) != nil
        records = ArchiveLayout.records.filter { name in
            (try? FilePlace.kind(of: "\(archive)/\(name)")) == .file
        }
        // A day before the first that has any was counted when there was no such table.
        let since = [
            DataTable.related: stamps.days.first { $0.related.byteCount > 0 }?.date,
            .links: stamps.days.first { $0.links.byteCount > 0 }?.date,
        ]
        days = stamps.days.map { day in
            let contexts = DataTable.contexts.filter { table in
                since[table].flatMap(\.self).map { $0 <= day.date } ?? false
            }
            return Day(
                date: day.date, isListed: day.top.byteCount > 0,
                tables: DataTable.lists + contexts)
        }
    }

    /// The windows of a year.
    static func windows(year: Int) -> String { folder + "/" + ArchiveLayout.windows(year: year) }

    var years: [Int] { Set(days.map(\.date.year)).sorted() }

    /// What the site offers of a file of the archive: its header alone if there is none.
    func bytes(of table: DataTable, _ file: String) throws(SiteError) -> [UInt8] {
        let bytes = try SiteError.onDisk { () throws(FileError) in
            try WholeFile.readIfPresent(archive + "/" + file)
        }
        guard let bytes, !bytes.isEmpty else { return table.emptyFile }
        let columns = table.header
        let keys = columns.indices.filter { ["tag", "other"].contains(columns[$0]) }
        let address = columns.firstIndex(of: "url")
        guard !keys.isEmpty, !withdrawn.isEmpty else { return bytes }
        var decoder = CSVDecoder(bytes)
        var kept: [UInt8] = []
        while let record = decoder.next() {
            let isWithdrawn =
                keys.contains {
                    $0 < record.count && withdrawn.contains(ExactText(record.text($0)))
                }
                || address.flatMap { $0 < record.count ? LinkAddress(record.text($0)) : nil }
                    .map(withdrawn.contains) ?? false
            if !isWithdrawn { kept += bytes[record.range] }
        }
        return kept
    }
}

extension ArchiveCopies {
    /// The files that may be different; of those that never change again, the ones the site lacks.
    func files(_ change: Change, over known: FileList?) -> [SiteFile] {
        let changed = days.filter { change.reaches($0.date) }
        let windows = Set(changed.map(\.date.year)).sorted().map { year in
            copy(of: .windows, ArchiveLayout.windows(year: year))
        }
        let lists = changed.flatMap { day in
            day.tables.map { copy(of: $0, $0.file(of: day.date)) }
        }
        let others = (hasAuthority ? [ArchiveLayout.feed] : []) + records
        let whole = others.map { name in
            SiteFile(path: "\(Self.folder)/\(name)") { () throws(SiteError) in
                try SiteError.onDisk { () throws(FileError) in
                    try WholeFile.read("\(archive)/\(name)")
                }
            }
        }
        return windows + lists + recentFiles + whole
            + months(changedBy: change, over: known).flatMap(files)
    }

    private func copy(of table: DataTable, _ file: String) -> SiteFile {
        SiteFile(path: Self.folder + "/" + file) { () throws(SiteError) in
            try bytes(of: table, file)
        }
    }
}
