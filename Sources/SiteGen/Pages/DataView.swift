/// The archive's files, to download.
struct DataView: PageView {
    static let template = "data"

    var title: String { "Data" }
    var summary: String { "The whole archive as CSV, and the latest lists as JSON." }
    let latest: Link
    let about: Link
    let years: [YearView]

    struct YearView: View {
        let year: String
        let windows: Link
        let days: [DayView]
    }

    struct DayView: View {
        let day: String
        let top: Link?
        let trending: Link?
        let tail: Link?
    }

    init(_ copies: ArchiveCopies, _ linker: Linker) {
        latest = linker.file(ArchiveCopies.folder + "/latest.json")
        about = linker.to(.about)
        years = copies.years.reversed().map { year in
            YearView(
                year: String(year.number), windows: linker.file(year.windows),
                days: year.days.reversed().map { day in
                    DayView(
                        day: day.date.description, top: day.top.map(linker.file),
                        trending: day.trending.map(linker.file), tail: day.tail.map(linker.file))
                })
        }
    }
}
