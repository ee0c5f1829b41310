/// The archive's files, to download, by year.
struct DataView: PageView {
    static let template = "data"

    var title: String { "Data" }
    var summary: String { "The whole archive as CSV, and the latest lists as JSON." }
    let latest: Link
    let schema: Link
    let about: Link
    let years: [YearView]

    struct YearView: View {
        let year: String
        let yearLink: Link
        let windows: Link
    }

    init(_ copies: ArchiveCopies, _ linker: Linker) {
        latest = linker.file(ArchiveCopies.folder + "/latest.json")
        schema = linker.file(ArchiveCopies.folder + "/latest.schema.json")
        about = linker.to(.about)
        years = copies.years.reversed().map { year in
            YearView(
                year: String(year.number), yearLink: linker.to(.dataYear(year.number)),
                windows: linker.file(year.windows))
        }
    }
}
