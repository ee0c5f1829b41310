import Calendar

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

/// A month as a table of weeks: the more people in a day's windows, the darker; gaps are visible as gaps.
struct CalendarView: View {
    let name: String
    let monthLink: Link
    let weeks: [WeekView]

    struct WeekView: View {
        let number: String
        /// Nil outside of the archive's span.
        let week: Link?
        let days: [CellView]
    }

    struct CellView: View {
        /// Empty before the first day of the month and after the last.
        let number: String
        /// Nil outside of the archive's span.
        let day: Link?
        /// `1` to `4`, or `none` where nothing was read.
        let heat: String
        /// Its slots, `complete`, `partial` or `missing`, where not all were read whole.
        let marks: [String]
        let label: String
    }

    init(_ month: CivilDate, heat: CalendarHeat, _ site: Site, _ linker: Linker) {
        name = Wording.month(month)
        monthLink = linker.to(.month(month))
        let (first, last) = (month.firstOfMonth, month.lastOfMonth)
        let span = site.history.first.date...site.history.last.date
        var weeks: [WeekView] = []
        var week = CalendarWeek(of: first)
        while week.monday <= last {
            weeks.append(
                WeekView(
                    number: String(week.number),
                    week: week.sunday >= span.lowerBound && week.monday <= span.upperBound
                        ? linker.to(.week(week)) : nil,
                    days: week.days.map { date in
                        guard date >= first, date <= last else { return Self.blank }
                        return Self.cell(date, heat, span, linker)
                    }))
            week = week.advanced(by: 1)
        }
        self.weeks = weeks
    }

    private static let blank = CellView(number: "", day: nil, heat: "", marks: [], label: "")

    private static func cell(
        _ date: CivilDate, _ heat: CalendarHeat, _ span: ClosedRange<CivilDate>, _ linker: Linker
    ) -> CellView {
        guard span.contains(date), let day = heat.days[date] else {
            return CellView(number: String(date.day), day: nil, heat: "", marks: [], label: "")
        }
        return CellView(
            number: String(date.day), day: linker.to(.day(date)), heat: heat.level(of: day),
            marks: day.isWhole ? [] : day.kinds, label: day.label)
    }
}
