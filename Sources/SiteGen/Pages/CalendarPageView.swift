import Archive

/// A year or a month: its calendar, so that every day is one step away.
struct CalendarPageView: PageView {
    static let template = "calendar"

    let title: String
    let summary: String
    let year: String
    /// Nil on the page of the year itself.
    let yearLink: Link?
    let earlier: Link?
    let earlierLabel: String
    let later: Link?
    let laterLabel: String
    let months: [CalendarView]

    init(year number: Int, _ site: Site, _ linker: Linker) {
        title = String(number)
        summary = "Every day of \(number) in the archive, with its gaps."
        year = title
        yearLink = nil
        let years = site.history.first.date.year...site.history.last.date.year
        earlierLabel = String(number - 1)
        laterLabel = String(number + 1)
        earlier = years.contains(number - 1) ? linker.to(.year(number - 1)) : nil
        later = years.contains(number + 1) ? linker.to(.year(number + 1)) : nil
        months = site.days.months.filter { $0.year == number }
            .map { CalendarView($0, site, linker) }
    }

    init(month: CivilDate, _ site: Site, _ linker: Linker) {
        let calendar = CalendarView(month, site, linker)
        title = calendar.name
        summary = "Every day of \(title) in the archive, with its gaps."
        year = String(month.year)
        yearLink = linker.to(.year(month.year))
        let months = site.days.months
        let before = months.last { $0 < month }
        let after = months.first { $0 > month }
        earlier = before.map { linker.to(.month($0)) }
        later = after.map { linker.to(.month($0)) }
        earlierLabel = before.map { Wording.months[$0.month - 1] } ?? ""
        laterLabel = after.map { Wording.months[$0.month - 1] } ?? ""
        self.months = [calendar]
    }
}
