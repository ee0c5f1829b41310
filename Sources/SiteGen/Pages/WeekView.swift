import Calendar

/// A week: its days, and what stood out.
struct WeekView: PageView {
    static let template = "week"

    let title: String
    let summary: String
    let span: String
    let trail: [PlaceView]
    let steps: StepsView?
    let days: [DayView]
    let rollUp: RollUpView

    struct DayView: View {
        let name: String
        let link: Link
        /// Its slots, `complete`, `partial` or `missing`.
        let marks: [String]
        let label: String
        let leaders: [LeaderView]
    }

    struct LeaderView: View {
        let tag: HashtagView
        let people: String
    }

    init(_ week: CalendarWeek, _ site: Site, _ linker: Linker) {
        let (first, last) = (site.history.first.date, site.history.last.date)
        func step(_ weeks: Int) -> Place? {
            let week = week.advanced(by: weeks)
            return week.sunday >= first && week.monday <= last ? .week(week) : nil
        }
        title = "Week \(week.number) of \(week.year)"
        span = "\(Wording.shortDay(week.monday)) to \(Wording.day(week.sunday))"
        summary = "What people were talking about from \(span)."
        trail = [.archive, .year(week.year)].map { PlaceView($0, linker) }
        steps = StepsView(step(-1), step(1), linker)
        let heat = CalendarHeat(week.days, site)
        days = week.days.compactMap { date in
            heat.days[date].map { day in
                DayView(
                    name: "\(date.weekdayName), \(Wording.shortDay(date))",
                    link: linker.to(.day(date)),
                    marks: day.kinds, label: day.label,
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
            LeaderView(
                tag: HashtagView(item.entry.row, site, linker),
                people: Wording.number(item.figure))
        }
    }
}
