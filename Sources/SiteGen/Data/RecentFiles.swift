import Archive
import Output
import Text

extension ArchiveCopies {
    /// Days that are in the files for tools that take one file a table, and call it by its name: the newest that are over,
    /// so that the files change once a day.
    private static let recentDays = 7
    private static let recent = folder + "/recent"
    private static let recentWindows = recent + "/windows.csv"
    /// The popular and trending lists, which its first column tells apart.
    private static let recentLists = recent + "/lists.csv"

    /// A file of the windows and one of the lists of the last days.
    var recentFiles: [SiteFile] {
        let days = (days.count > 1 ? days.dropLast() : days[...]).suffix(Self.recentDays)
        return [
            SiteFile(path: Self.recentWindows) { () throws(SiteError) in
                var parts: [[UInt8]] = []
                for day in days {
                    let year = try bytes(of: .windows, ArchiveLayout.windows(year: day.date.year))
                    parts.append(
                        JoinedTables.lines(of: year, beginning: Array(day.date.description.utf8)))
                }
                return JoinedTables.joined(parts, header: DataTable.windows.header)
            },
            SiteFile(path: Self.recentLists) { () throws(SiteError) in
                var parts: [[UInt8]] = []
                for day in days {
                    for table in [DataTable.top, .trending] {
                        let file = try bytes(of: table, table.file(of: day.date))
                        parts.append(JoinedTables.prefixed(file, "list", table.rawValue))
                    }
                }
                return JoinedTables.joined(parts, header: ["list"] + DataTable.top.header)
            },
        ]
    }

    /// Opens both in Datasette Lite, which reads them from where the site is; nil without a site URL.
    func datasette(siteURL url: String?) -> Link? {
        guard url != nil else { return nil }
        let linker = Linker(absolute: url)
        let queries = [Self.recentWindows, Self.recentLists]
            .map { "csv=" + PercentEncoding.encode(linker.file($0).target) }
        return Link("https://lite.datasette.io/?" + queries.joined(separator: "&"))
    }
}

extension JoinedTables {
    /// With a column in front that has the same value in every line; both are plain.
    static func prefixed(_ text: [UInt8], _ column: String, _ value: String) -> [UInt8] {
        var decoder = CSVDecoder(text)
        var lines: [UInt8] = []
        while let record = decoder.next() {
            lines += (record.range.lowerBound == 0 ? column + "," : value + ",").utf8
            lines += text[record.range]
        }
        return lines
    }
}
