import Archive

/// The archive's files as the site offers them, under `data/`: byte for byte, but for the lines of
/// withdrawn hashtags, which are shown nowhere.
struct ArchiveCopies: Sendable {
    static let folder = "data"

    let years: [Year]
    private let archive: String
    /// Withdrawn keys as they stand in a cell.
    private let withdrawn: Set<[UInt8]>

    struct Year: Sendable {
        let number: Int
        let windows: String
        var days: [Day]
    }

    struct Day: Sendable {
        let date: CivilDate
        /// Paths in the site; nil if nothing was archived.
        let top: String?
        let trending: String?
        let tail: String?
    }

    /// Finds the files of every day that has a window.
    init(of history: History, in archive: String) {
        self.archive = archive
        withdrawn = Set(
            history.withdrawn.compactMap { key in
                var encoder = CSVEncoder()
                encoder.text(key.text)
                var decoder = CSVDecoder(encoder.bytes)
                return decoder.next()?.cells.first.map(Array.init)
            })
        func path(_ file: String) -> String? {
            SiteFiles.size(archive + "/" + file) > 0 ? Self.folder + "/" + file : nil
        }
        let dates = Set(history.sources.flatMap { $0.windows.map(\.row.slot.date) }).sorted()
        var years: [Year] = []
        for date in dates {
            if years.last?.number != date.year {
                let windows = Self.folder + "/" + ArchiveLayout.windows(year: date.year)
                years.append(Year(number: date.year, windows: windows, days: []))
            }
            let day = Day(
                date: date, top: path(ArchiveLayout.top(date)),
                trending: path(ArchiveLayout.trending(date)), tail: path(ArchiveLayout.tail(date)))
            years[years.count - 1].days.append(day)
        }
        self.years = years
    }

    /// Every path in the site with the column, if any, that holds a key.
    var files: [(path: String, keyColumn: Int?)] {
        years.flatMap { year in
            [(year.windows, nil)]
                + year.days.flatMap { day in
                    [
                        day.top.map { ($0, TopRow.keyColumn) },
                        day.trending.map { ($0, TopRow.keyColumn) },
                        day.tail.map { ($0, TailRow.keyColumn) },
                    ]
                    .compactMap(\.self)
                }
        }
    }

    /// What the site offers under a path.
    func bytes(of path: String, keyColumn: Int?) throws(SiteError) -> [UInt8] {
        let file = archive + path.dropFirst(Self.folder.utf8.count)
        let bytes = try SiteFiles.read(file)
        guard let keyColumn, !withdrawn.isEmpty else { return bytes }
        var decoder = CSVDecoder(bytes)
        var kept: [UInt8] = []
        while let record = decoder.next() {
            let isWithdrawn =
                record.cells.count > keyColumn && withdrawn.contains(Array(record.cells[keyColumn]))
            if !isWithdrawn { kept += bytes[record.range] }
        }
        return kept
    }
}

extension TopRow {
    fileprivate static var keyColumn: Int? { columns.firstIndex(of: "tag") }
}

extension TailRow {
    fileprivate static var keyColumn: Int? { columns.firstIndex(of: "tag") }
}
