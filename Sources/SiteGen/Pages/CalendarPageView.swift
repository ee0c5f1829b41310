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
    /// Whether there are days without a colour of which some was read.
    let hasParts: Bool
    let rollUp: RollUpView
    /// True while more of it is to come.
    let isUnfinished: Bool

    init(year number: Int, _ site: Site, _ linker: Linker) {
        let months = site.days.months.filter { $0.year == number }
        let years = site.history.first.date.year...site.history.last.date.year
        func step(_ year: Int) -> Place? { years.contains(year) ? .year(year) : nil }
        let yearEnd = CivilDate(year: number + 1, month: 1, day: 1).map { Timestamp($0) }
        title = String(number)
        isUnfinished = yearEnd.map { !site.history.isOver($0) } ?? false
        summary = "Every day of \(number) in the archive, with its gaps, and what stood out."
        trail = [PlaceView(.archive, linker)]
        steps = StepsView(step(number - 1), step(number + 1), linker)
        isMonth = false
        let dates = months.flatMap(\.daysOfMonth)
        let heat = CalendarHeat(dates, site)
        hasParts = heat.hasParts
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
        isUnfinished = !site.history.isOver(Timestamp(after))
        summary = "Every day of \(title) in the archive, with its gaps, and what stood out."
        trail = [.archive, .year(month.year)].map { PlaceView($0, linker) }
        steps = StepsView(
            before >= site.history.first.date ? .month(before) : nil,
            after <= site.history.last.date ? .month(after) : nil, linker)
        isMonth = true
        let heat = CalendarHeat(month.daysOfMonth, site)
        hasParts = heat.hasParts
        months = [CalendarView(month, isLarge: true, heat: heat, site, linker)]
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
        /// `1` to `4`, `part` where no window was read nearly whole, or `none` where nothing was read.
        let heat: String
        /// Its slots, `complete`, `partial` or `missing`, where not all were read whole.
        let marks: [String]
        /// Of a day of which more is to come: ` so-far`; else empty.
        let progress: String
        /// The biggest story of the day, with `#`; empty if there was none, and where there is no room.
        let story: String
        let label: String
    }

    /// - Parameter isLarge: Whether there is room for the biggest stories of its days.
    init(
        _ month: CivilDate, isLarge: Bool = false, heat: CalendarHeat, _ site: Site,
        _ linker: Linker
    ) {
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
                        return Self.cell(date, isLarge: isLarge, heat, site, linker)
                    }))
            week = week.advanced(by: 1)
        }
        self.weeks = weeks
    }

    private static let blank = CellView(
        number: "", day: nil, heat: "", marks: [], progress: "", story: "", label: "")

    private static func cell(
        _ date: CivilDate, isLarge: Bool, _ heat: CalendarHeat, _ site: Site, _ linker: Linker
    ) -> CellView {
        guard let day = heat.days[date] else {
            return CellView(
                number: String(date.day), day: nil, heat: "", marks: [], progress: "", story: "",
                label: "")
        }
        let story = site.biggestStory(of: date)
        return CellView(
            number: String(date.day), day: linker.to(.day(date)), heat: heat.level(of: day),
            marks: day.isWhole ? [] : day.kinds, progress: day.isUnfinished ? " so-far" : "",
            story: isLarge ? story?.titled ?? "" : "",
            label: (story.map { "\($0.titled) stood out, " } ?? "") + day.label
                + (day.isUnfinished ? ", so far" : ""))
    }
}
