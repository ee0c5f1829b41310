import Archive

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
    }

    init(_ month: ArchiveCopies.Month, _ linker: Linker) {
        let name = Wording.month(month.first)
        title = "Data of \(name)"
        summary = "The archive of \(name) as CSV, files for each day."
        trail = [PlaceView(.data, linker)]
        days = month.days.reversed().map { day in
            DayView(
                day: day.date.description, top: day.top.map(linker.file),
                trending: day.trending.map(linker.file), tail: day.tail.map(linker.file))
        }
    }
}
