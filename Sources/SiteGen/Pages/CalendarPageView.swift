import Archive

/// A year or a month: its calendar and what stood out.
struct CalendarPageView: PageView {
    static let template = "calendar"

    let title: String
    let summary: String
    let trail: [StepView]
    let earlier: StepView?
    let later: StepView?
    /// Whether its one calendar is shown large.
    let isMonth: Bool
    let months: [CalendarView]
    let rollUp: RollUpView

    init(year number: Int, _ site: Site, _ linker: Linker) {
        let months = site.days.months.filter { $0.year == number }
        let years = site.history.first.date.year...site.history.last.date.year
        func step(_ year: Int) -> StepView? {
            years.contains(year)
                ? StepView(label: String(year), link: linker.to(.year(year))) : nil
        }
        title = String(number)
        summary = "Every day of \(number) in the archive, with its gaps, and what stood out."
        trail = []
        earlier = step(number - 1)
        later = step(number + 1)
        isMonth = false
        let dates = months.flatMap(\.daysOfMonth)
        let heat = CalendarHeat(dates, site)
        self.months = months.map { CalendarView($0, heat: heat, site, linker) }
        rollUp = RollUpView(
            from: dates.first ?? site.history.first.date,
            to: (dates.last ?? site.history.last.date).advanced(by: 1), site, linker)
    }

    init(month: CivilDate, _ site: Site, _ linker: Linker) {
        let dates = month.daysOfMonth
        let span = site.history.first.date...site.history.last.date
        func step(_ date: CivilDate) -> StepView? {
            date.daysOfMonth.contains(where: span.contains)
                ? StepView(
                    label: "\(Wording.months[date.month - 1]) \(date.year)",
                    link: linker.to(.month(date))) : nil
        }
        title = "\(Wording.months[month.month - 1]) \(month.year)"
        summary = "Every day of \(title) in the archive, with its gaps, and what stood out."
        trail = [StepView(label: String(month.year), link: linker.to(.year(month.year)))]
        earlier = step(month.advanced(by: -month.day))
        later = step(month.advanced(by: dates.count - month.day + 1))
        isMonth = true
        months = [CalendarView(month, heat: CalendarHeat(dates, site), site, linker)]
        rollUp = RollUpView(
            from: month.advanced(by: 1 - month.day),
            to: month.advanced(by: dates.count - month.day + 1), site, linker)
    }
}

extension CivilDate {
    /// Every day of the month that this day is in.
    fileprivate var daysOfMonth: [CivilDate] {
        (1...Self.days(inMonth: month, of: year)).map { advanced(by: $0 - day) }
    }
}
