import Archive

/// A year or a month: its calendar and what stood out.
struct CalendarPageView: PageView {
    static let template = "calendar"

    let title: String
    let summary: String
    let trail: [PlaceView]
    let steps: StepsView?
    /// Whether its one calendar is shown large.
    let isMonth: Bool
    let months: [CalendarView]
    let rollUp: RollUpView

    init(year number: Int, _ site: Site, _ linker: Linker) {
        let months = site.days.months.filter { $0.year == number }
        let years = site.history.first.date.year...site.history.last.date.year
        func step(_ year: Int) -> Place? { years.contains(year) ? .year(year) : nil }
        title = String(number)
        summary = "Every day of \(number) in the archive, with its gaps, and what stood out."
        trail = [PlaceView(.archive, linker)]
        steps = StepsView(step(number - 1), step(number + 1), linker)
        isMonth = false
        let dates = months.flatMap(\.daysOfMonth)
        let heat = CalendarHeat(dates, site)
        self.months = months.map { CalendarView($0, heat: heat, site, linker) }
        rollUp = RollUpView(
            from: dates.first ?? site.history.first.date,
            to: (dates.last ?? site.history.last.date).advanced(by: 1), site, linker)
    }

    init(month: CivilDate, _ site: Site, _ linker: Linker) {
        let (before, after) = (
            month.firstOfMonth.advanced(by: -1), month.lastOfMonth.advanced(by: 1)
        )
        title = Wording.month(month)
        summary = "Every day of \(title) in the archive, with its gaps, and what stood out."
        trail = [.archive, .year(month.year)].map { PlaceView($0, linker) }
        steps = StepsView(
            before >= site.history.first.date ? .month(before) : nil,
            after <= site.history.last.date ? .month(after) : nil, linker)
        isMonth = true
        let heat = CalendarHeat(month.daysOfMonth, site)
        months = [CalendarView(month, heat: heat, site, linker)]
        rollUp = RollUpView(from: month.firstOfMonth, to: after, site, linker)
    }
}
