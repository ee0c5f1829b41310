import Archive

/// A week: its days, and what stood out.
struct WeekView: PageView {
    static let template = "week"

    let title: String
    let summary: String
    let span: String
    let trail: [StepView]
    let earlier: StepView?
    let later: StepView?
    let days: [DayView]
    let rollUp: RollUpView

    struct DayView: View {
        let name: String
        let link: Link
        let heat: String
        let marks: [CalendarView.MarkView]
        let label: String
        let leaders: [LeaderView]
    }

    struct LeaderView: View {
        let tag: String
        let tagLink: Link
        let people: String
    }

    init(_ week: CalendarWeek, _ site: Site, _ linker: Linker) {
        let (first, last) = (site.history.first.date, site.history.last.date)
        func step(_ week: CalendarWeek) -> StepView? {
            week.sunday >= first && week.monday <= last
                ? StepView(label: "Week \(week.number)", link: linker.to(.week(week))) : nil
        }
        title = "Week \(week.number) of \(week.year)"
        span = "\(Wording.shortDay(week.monday)) to \(Wording.day(week.sunday))"
        summary = "What people were talking about from \(span)."
        trail = [StepView(label: String(week.year), link: linker.to(.year(week.year)))]
        earlier = step(week.advanced(by: -1))
        later = step(week.advanced(by: 1))
        let heat = CalendarHeat(week.days, site)
        days = week.days.compactMap { date in
            heat.days[date].map { day in
                DayView(
                    name: "\(Wording.weekday(date)), \(Wording.shortDay(date))",
                    link: linker.to(.day(date)), heat: heat.level(of: day),
                    marks: day.kinds.map(CalendarView.MarkView.init(kind:)), label: day.label,
                    leaders: Self.leaders(of: date, site, linker))
            }
        }
        rollUp = RollUpView(from: week.monday, to: week.sunday.advanced(by: 1), site, linker)
    }

    /// The three of the most people, added up over the day's windows.
    private static func leaders(
        of date: CivilDate, _ site: Site, _ linker: Linker
    ) -> [LeaderView] {
        let midnight = Timestamp(date)
        let windows = site.history.sources.lazy
            .flatMap { $0.windows(from: midnight, to: midnight + 86_400) }
        return RollUp(of: windows, places: 3).mostPeople.map { item in
            let row = item.entry.row
            return LeaderView(
                tag: Spelling(row.spelling, key: row.tag).text,
                tagLink: linker.to(.tag(slug: site.slug(of: row.tag))),
                people: Wording.number(item.figure))
        }
    }
}
