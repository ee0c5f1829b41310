import Archive

/// The years and months of the archive.
struct ArchiveView: PageView {
    static let template = "archive"

    var title: String { "Archive" }
    let summary: String
    let span: String
    let latest: Link
    let years: [YearView]

    struct YearView: View {
        let year: StepView
        let months: [StepView]
    }

    init(_ site: Site, _ linker: Linker) {
        let (first, last) = (site.history.first.date, site.history.last.date)
        span = "\(Wording.day(first)) to \(Wording.day(last))"
        summary = "Every list from \(span)."
        latest = linker.to(.window(site.history.last))
        let months = site.days.months
        years = (first.year...last.year).reversed().map { year in
            YearView(
                year: StepView(label: String(year), link: linker.to(.year(year))),
                months: months.filter { $0.year == year }.map { month in
                    StepView(
                        label: Wording.months[month.month - 1], link: linker.to(.month(month)))
                })
        }
    }
}
