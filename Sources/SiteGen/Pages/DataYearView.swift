/// The archive's files of a year, to download.
struct DataYearView: PageView {
    static let template = "data-year"

    let title: String
    let summary: String
    let year: String
    let data: Link
    let windows: Link
    let days: [DayView]

    struct DayView: View {
        let day: String
        let top: Link?
        let trending: Link?
        let tail: Link?
    }

    init(_ year: ArchiveCopies.Year, _ linker: Linker) {
        self.year = String(year.number)
        title = "Data of \(year.number)"
        summary = "The archive of \(year.number) as CSV, a file for each day."
        data = linker.to(.data)
        windows = linker.file(year.windows)
        days = year.days.reversed().map { day in
            DayView(
                day: day.date.description, top: day.top.map(linker.file),
                trending: day.trending.map(linker.file), tail: day.tail.map(linker.file))
        }
    }
}
