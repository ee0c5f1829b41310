import Archive
import Calendar

/// The archive's files, to download, by year; what is in them, and by which rules.
struct DataView: PageView {
    static let template = "data"

    var title: String { "Data" }
    var summary: String { "The whole archive as CSV, and the latest lists as JSON." }
    let dataset: Island
    let latest: Link
    let schema: Link
    let package: Link
    let query: Link?
    let about: Link
    let licence: LicenceView
    let name: String
    let address: String
    let citation: Link
    let snippets: [SnippetView]
    let years: [YearView]
    let columns: [ColumnView]
    let baselineDays: String
    let fewestDays: String
    let farthestDays: String
    let longestTail: String
    let fewestPeople: String
    let lowestLift: String
    let lowestScore: String
    let places: String

    struct YearView: View {
        let year: String
        let windows: Link
        let months: [PlaceView]
    }

    struct SnippetView: View {
        let tool: String
        let code: String
    }

    struct ColumnView: View {
        let column: String
        let files: String
        let meaning: String
    }

    init(_ site: Site, _ copies: ArchiveCopies, _ linker: Linker) {
        let settings = site.settings
        dataset = Island(Self.dataset(site, copies))
        latest = linker.file(ArchiveCopies.folder + "/latest.json")
        schema = linker.file(ArchiveCopies.folder + "/latest.schema.json")
        package = linker.file(DataPackages.path)
        query = copies.datasette(siteURL: settings.url)
        about = linker.to(.about)
        licence = LicenceView(settings.dataLicence)
        name = settings.title
        address = settings.url.map { $0 + "/data/" } ?? "https://this.site.example/data/"
        citation = linker.file(ArchiveCopies.folder + "/CITATION.cff")
        snippets = DataSnippets(copies, base: address).all.map {
            SnippetView(tool: $0.tool, code: $0.code)
        }
        years = Dictionary(grouping: copies.months, by: \.first.year)
            .sorted { $0.key > $1.key }
            .map { year, months in
                YearView(
                    year: String(year), windows: linker.file(ArchiveCopies.windows(year: year)),
                    months: months.map { PlaceView(.dataMonth($0.first), linker) })
            }
        columns = DataColumn.all.map { column in
            let isOfAll = column.tables.count == DataTable.allCases.count
            return ColumnView(
                column: column.name,
                files: isOfAll ? "all" : column.tables.map(\.rawValue).joined(separator: ", "),
                meaning: column.meaning)
        }
        baselineDays = String(Baseline.days)
        fewestDays = String(Baseline.fewestDays)
        farthestDays = String(Baseline.farthest)
        longestTail = Wording.number(TailRow.longest)
        fewestPeople = String(Score.fewestAccounts)
        lowestLift = FixedPoint.text(Score.lowestLift, decimals: 0)
        lowestScore = FixedPoint.text(Score.lowestValue, decimals: 0)
        places = String(settings.top)
    }

    /// For search engines of data sets (https://schema.org/Dataset).
    private static func dataset(_ site: Site, _ copies: ArchiveCopies) -> JSONDocument {
        let (history, settings) = (site.history, site.settings)
        let linker = Linker(absolute: settings.url)
        func download(_ path: String, _ type: String) -> JSONDocument {
            .object([
                ("@type", .text("DataDownload")), ("encodingFormat", .text(type)),
                // Relative to the page.
                (
                    "contentUrl",
                    .text(
                        settings.url == nil
                            ? String(path.dropFirst(ArchiveCopies.folder.utf8.count + 1))
                            : linker.file(path).target)
                ),
            ])
        }
        let demonstration = history.isDemonstration ? "Demonstration data, invented. " : ""
        let hours = history.schedule.hours(at: history.last)
        var members: [(String, JSONDocument)] = [
            ("@context", .text("https://schema.org/")), ("@type", .text("Dataset")),
            ("name", .text("Hashtags of \(settings.title)")),
            (
                "description",
                .text(
                    demonstration + "How many people used which hashtag on social networks, every "
                        + (hours == 1 ? "hour" : "\(hours) hours")
                        + ", and what was trending. \(settings.description)"
                )
            ),
            ("isAccessibleForFree", .bool(true)),
            (
                "creator",
                .object([("@type", .text("Organization")), ("name", .text(settings.title))])
            ),
            (
                "temporalCoverage",
                .text("\(history.first.date)/\(history.last.date)")
            ),
            ("dateModified", .text(history.last.date.description)),
            ("keywords", .list(["hashtags", "trends", "social networks"].map(JSONDocument.text))),
            (
                "variableMeasured",
                .list(["accounts", "posts", "expected", "score"].map(JSONDocument.text))
            ),
            (
                "distribution",
                .list(
                    [
                        download(DataPackages.path, "application/json"),
                        download(ArchiveCopies.folder + "/latest.json", "application/json"),
                    ] + copies.years.map { download(ArchiveCopies.windows(year: $0), "text/csv") })
            ),
        ]
        if let url = settings.url { members.append(("url", .text(url + "/data/"))) }
        if let licence = LicenceView(settings.dataLicence).link {
            members.append(("license", .text(licence.target)))
        }
        return .object(members)
    }
}

/// The archive's files of a month, to download.
struct DataMonthView: PageView {
    static let template = "data-month"

    let title: String
    let summary: String
    let trail: [PlaceView]
    /// Whether the month is over; then there is a packed file of each table.
    let isClosed: Bool
    let packs: [PackView]
    let package: Link
    let sums: Link
    let days: [DayView]

    struct PackView: View {
        let table: String
        let pack: Link
    }

    struct FileView: View {
        let list: String
        let file: Link
    }

    struct DayView: View {
        let day: String
        let files: [FileView]
        let isEmpty: Bool
    }

    init(_ month: ArchiveCopies.Month, _ linker: Linker) {
        let name = Wording.month(month.first)
        title = "Data of \(name)"
        summary = "The archive of \(name) as CSV, files for each day."
        trail = [PlaceView(.data, linker)]
        isClosed = month.isClosed
        package = linker.file(month.isClosed ? month.package : DataPackages.path)
        sums = linker.file(month.sums)
        packs =
            !month.isClosed
            ? []
            : month.tables.map { table in
                PackView(table: table.rawValue, pack: linker.file(month.path(table)))
            }
        days = month.days.reversed().map { day in
            DayView(
                day: day.date.description,
                files: day.tables.map { table in
                    FileView(list: table.rawValue, file: linker.file(day.path(table)))
                },
                isEmpty: !day.isListed)
        }
    }
}
