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
        let windows: Link
        let months: [PlaceView]
    }

    init(_ copies: ArchiveCopies, _ linker: Linker) {
        latest = linker.file(ArchiveCopies.folder + "/latest.json")
        schema = linker.file(ArchiveCopies.folder + "/latest.schema.json")
        about = linker.to(.about)
        years = Dictionary(grouping: copies.months, by: \.first.year)
            .sorted { $0.key > $1.key }
            .map { year, months in
                YearView(
                    year: String(year), windows: linker.file(ArchiveCopies.windows(year: year)),
                    months: months.map { PlaceView(.dataMonth($0.first), linker) })
            }
    }
}

/// The archive's files of a month, to download.
struct DataMonthView: PageView {
    static let template = "data-month"

    let title: String
    let summary: String
    let trail: [PlaceView]
    let days: [DayView]

    struct DayView: View {
        let day: String
        let top: Link?
        let trending: Link?
        let tail: Link?
        let related: Link?
        let links: Link?
    }

    init(_ month: ArchiveCopies.Month, _ linker: Linker) {
        let name = Wording.month(month.first)
        title = "Data of \(name)"
        summary = "The archive of \(name) as CSV, files for each day."
        trail = [PlaceView(.data, linker)]
        days = month.days.reversed().map { day in
            DayView(
                day: day.date.description, top: day.top.map(linker.file),
                trending: day.trending.map(linker.file), tail: day.tail.map(linker.file),
                related: day.related.map(linker.file), links: day.links.map(linker.file))
        }
    }
}
