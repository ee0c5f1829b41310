import Archive
import Calendar
import Files
import Output
import Text

/// What programs find the data by: a Frictionless Data Package (https://specs.frictionlessdata.io) of each month that is
/// closed, with a list of checksums, and one that has all else and names the others.
struct DataPackages: Sendable {
    let copies: ArchiveCopies
    let settings: SiteSettings
    /// Start of the newest slot.
    let last: Timestamp
    let isDemonstration: Bool

    static let path = ArchiveCopies.folder + "/datapackage.json"

    /// The files that may be different.
    func files(_ change: Change, over known: FileList?) -> [SiteFile] {
        let months = copies.months(changedBy: change, over: known).filter(\.isClosed)
        let schemas = DataTable.allCases.map { table in
            SiteFile(path: table.schemaPath) { () throws(SiteError) in
                Array((table.schema(of: table.header).encoded + "\n").utf8)
            }
        }
        let notes = DataNotes(settings: settings, isDemonstration: isDemonstration)
        return (change.isEverything ? schemas + notes.files : [])
            + months.map { month in
                SiteFile(path: month.sums, round: 1) { (known) throws(SiteError) in
                    sums(of: month, known)
                }
            }
            + months.map { month in
                SiteFile(path: month.package, round: 1) { (known) throws(SiteError) in
                    Array((try package(of: month, known).encoded + "\n").utf8)
                }
            }
            + [
                SiteFile(path: Self.path, round: 2) { (known) throws(SiteError) in
                    Array((try whole(known).encoded + "\n").utf8)
                }
            ]
    }

    /// A line for each file of a month, as `sha256sum` writes and checks them within `data/`.
    private func sums(of month: ArchiveCopies.Month, _ known: SiteFile.Known) -> [UInt8] {
        var lines = ""
        for path in month.paths {
            guard let file = known(path) else { continue }
            lines += "\(file.digest.hex)  \(Self.place(of: path))\n"
        }
        return Array(lines.utf8)
    }

    /// The packed files of a closed month.
    private func package(
        of month: ArchiveCopies.Month, _ known: SiteFile.Known
    ) throws(SiteError) -> JSONDocument {
        var resources: [JSONDocument] = []
        for table in month.tables {
            resources += resource(
                table, "\(table.rawValue)-\(month.name)", month.path(table),
                columns: try copies.columns(of: table, in: month), known)
        }
        return document(
            name: "hashtags-\(month.name)", title: "\(settings.title), \(month.name)",
            newest: Timestamp(month.lastDay), resources: resources + withheld(in: month, known),
            more: [("checksums", .text(Self.place(of: month.sums)))])
    }

    private func withheld(in month: ArchiveCopies.Month, _ known: SiteFile.Known) -> [JSONDocument]
    {
        resource(
            .withheld, "withheld-\(month.name)",
            ArchiveCopies.folder + "/" + ArchiveLayout.withheld(month.first),
            columns: DataTable.withheld.header, known)
    }

    /// The windows of all years, the days of months that are not closed, and where the package and the checksums of
    /// each other month are.
    private func whole(_ known: SiteFile.Known) throws(SiteError) -> JSONDocument {
        var resources: [JSONDocument] = []
        for year in copies.years { resources += try windows(of: year, known) }
        for month in copies.months where !month.isClosed {
            for day in month.days {
                for table in day.tables {
                    resources += resource(
                        table, "\(table.rawValue)-\(day.date)", day.path(table),
                        columns: try copies.columns(of: table, on: day.date), known)
                }
            }
            resources += withheld(in: month, known)
        }
        let packages = copies.months.filter(\.isClosed).map { month in
            JSONDocument.object(
                [
                    ("name", .text(month.name)), ("path", .text(Self.place(of: month.package))),
                ] + Self.bytes(of: month.package, known) + [
                    (
                        "files",
                        .list(month.tables.map { .text(Self.place(of: month.path($0))) })
                    ),
                    ("checksums", .text(Self.place(of: month.sums))),
                    (
                        "checksumsHash",
                        known(month.sums).map { .text("sha256:\($0.digest.hex)") } ?? .null
                    ),
                ])
        }
        return document(
            name: "hashtags", title: settings.title, newest: last,
            resources: resources,
            more: [
                ("packages", .list(packages)),
                (
                    "series",
                    .object([
                        ("path", .text("../" + TagSeries.path(slug: "{slug}"))),
                        ("schema", .text(Self.place(of: DataTable.series.schemaPath))),
                    ])
                ),
            ])
    }

    private func windows(of year: Int, _ known: SiteFile.Known) throws(SiteError) -> [JSONDocument]
    {
        resource(
            .windows, "windows-\(padded(year, 4))", ArchiveCopies.windows(year: year),
            columns: try copies.columns(of: .windows, ArchiveLayout.windows(year: year)), known)
    }

    private func document(
        name: String, title: String, newest: Timestamp, resources: [JSONDocument],
        more: [(String, JSONDocument)]
    ) -> JSONDocument {
        let licence = LicenceView(settings.dataLicence)
        let demonstration = isDemonstration ? "Demonstration data: the numbers are invented. " : ""
        var members: [(String, JSONDocument)] = [
            ("profile", .text("data-package")), ("name", .text(name)), ("title", .text(title)),
            (
                "description",
                .text(
                    demonstration + "How many people used which hashtag, and what was trending. "
                        + settings.description)
            ),
            ("version", .text(version(newest.date))),
            ("created", .text(newest.description)),
        ]
        if let url = settings.url { members.append(("homepage", .text(url + "/data/"))) }
        var terms: [(String, JSONDocument)] = [("name", .text(settings.dataLicence))]
        if let link = licence.link { terms.append(("path", .text(link.target))) }
        members += [
            ("demonstration", .bool(isDemonstration)),
            ("licenses", .list([.object(terms)])),
            (
                "contributors",
                .list([.object([("title", .text(settings.title)), ("role", .text("publisher"))])])
            ),
            ("resources", .list(resources)),
        ]
        return .object(members + more)
    }

    /// Of a file; none if the site has no such file.
    private func resource(
        _ table: DataTable, _ name: String, _ path: String, columns: [String],
        _ known: SiteFile.Known
    ) -> [JSONDocument] {
        guard known(path) != nil else { return [] }
        return [
            .object(
                [
                    ("profile", .text("tabular-data-resource")), ("name", .text(name)),
                    ("description", .text(table.meaning)),
                    ("path", .text(Self.place(of: path))), ("format", .text("csv")),
                    ("mediatype", .text("text/csv")), ("encoding", .text("utf-8")),
                ] + (path.hasSuffix(".gz") ? [("compression", JSONDocument.text("gz"))] : [])
                    + Self.bytes(of: path, known) + [
                        (
                            "schema",
                            columns == table.header
                                ? .text(Self.place(of: table.schemaPath))
                                : table.schema(of: columns)
                        )
                    ])
        ]
    }

    private static func bytes(of path: String, _ known: SiteFile.Known) -> [(String, JSONDocument)]
    {
        guard let file = known(path) else { return [] }
        return [
            ("bytes", .number(file.byteCount)), ("hash", .text("sha256:\(file.digest.hex)")),
        ]
    }

    /// Relative to `data/`.
    private static func place(of path: String) -> String {
        String(path.dropFirst(ArchiveCopies.folder.utf8.count + 1))
    }

    /// By its last day: grows as the data do.
    private func version(_ day: CivilDate) -> String { "\(day.year).\(day.month).\(day.day)" }
}
