import Archive
import Calendar
import Files
import Links
import Text

/// The archive's files as the site offers them, under `data/`: byte for byte, but for the lines of
/// withdrawn hashtags and addresses, which are shown nowhere.
struct ArchiveCopies: Sendable {
    static let folder = "data"
    static let authority = folder + "/" + ArchiveLayout.feed

    /// The days that have a window, in order.
    let days: [Day]
    /// Whether it is kept who the items of the feed are said to be of.
    let hasAuthority: Bool
    private let archive: String
    private let withdrawn: Withdrawals

    struct Day: Sendable {
        let date: CivilDate
        /// Paths in the site; nil if nothing was archived.
        let top: String?
        let trending: String?
        let tail: String?
        let related: String?
        let links: String?
    }

    /// The files of every day that has a window.
    init(_ stamps: ArchiveStamps, withdrawn: Withdrawals, in archive: String) {
        self.archive = archive
        self.withdrawn = withdrawn
        hasAuthority = (try? FileStatus(of: archive + "/" + ArchiveLayout.feed)) != nil
        func path(_ file: String, _ stamp: FileStamp) -> String? {
            stamp.byteCount > 0 ? Self.folder + "/" + file : nil
        }
        days = stamps.days.map { stamp in
            Day(
                date: stamp.date, top: path(ArchiveLayout.top(stamp.date), stamp.top),
                trending: path(ArchiveLayout.trending(stamp.date), stamp.trending),
                tail: path(ArchiveLayout.tail(stamp.date), stamp.tail),
                related: path(ArchiveLayout.related(stamp.date), stamp.related),
                links: path(ArchiveLayout.links(stamp.date), stamp.links))
        }
    }

    /// The windows of a year.
    static func windows(year: Int) -> String { folder + "/" + ArchiveLayout.windows(year: year) }

    /// What the site offers under a path: of a file whose columns hold keys and addresses, without the lines of
    /// withdrawn ones.
    func bytes(of path: String, columns: [String] = []) throws(SiteError) -> [UInt8] {
        let file = archive + path.dropFirst(Self.folder.utf8.count)
        let bytes = try SiteError.onDisk { () throws(FileError) in try WholeFile.read(file) }
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
    /// The days of a month that have files, in order.
    struct Month: Sendable {
        let first: CivilDate
        let days: [Day]

        var lastDay: CivilDate { days.last?.date ?? first }
    }

    var months: [Month] {
        Dictionary(grouping: days, by: \.date.firstOfMonth).sorted { $0.key < $1.key }
            .map { Month(first: $0.key, days: $0.value) }
    }
}

extension ArchiveCopies {
    /// Opens the windows of the last year and the lists of the last week in Datasette Lite, which reads them
    /// from where the site is; nil without a site URL.
    func datasette(siteURL url: String?) -> Link? {
        guard url != nil, let last = days.last else { return nil }
        let linker = Linker(absolute: url)
        let lists = days.suffix(7).flatMap { [$0.top, $0.trending].compactMap(\.self) }
        let queries = ([Self.windows(year: last.date.year)] + lists)
            .map { "csv=" + PercentEncoding.encode(linker.file($0).target) }
        return Link("https://lite.datasette.io/?" + queries.joined(separator: "&"))
    }
}
