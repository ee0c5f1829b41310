import Archive

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
