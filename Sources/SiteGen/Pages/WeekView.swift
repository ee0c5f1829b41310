import Calendar

/// A week: its days, and what stood out.
struct WeekView: PageView {
    static let template = "week"

    let title: String
    let summary: String
    let span: String
    let isUnfinished: Bool
    let trail: [PlaceView]
    let steps: StepsView?
    let days: [DayView]
    /// Why some of them cannot be judged; nil if all can, or the page has said so of the week.
    let unknown: String?
    let rollUp: RollUpView

    struct DayView: View {
        let name: String
        let link: Link
        /// Its slots, `complete`, `partial` or `missing`.
        let marks: [String]
        let label: String
        /// The biggest stories, and how many people wrote of each at its peak.
        let leaders: [LeaderView]
        /// Why there is none; nil if there is one.
        let emptiness: String?
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
        isUnfinished = !site.history.isOver(Timestamp(week.sunday.advanced(by: 1)))
        summary = "What people were talking about from \(span)."
        // At the turn of the year a week can be of a year of which nothing else is there.
        let year = min(max(week.year, first.year), last.year)
        trail = [.archive, .year(year)].map { PlaceView($0, linker) }
        steps = StepsView(step(-1), step(1), linker)
        let rollUp = RollUpView(
            from: week.monday, to: week.sunday.advanced(by: 1), site, linker)
        self.rollUp = rollUp
        var hasUnknown = false
        let heat = CalendarHeat(week.days, site)
        days = week.days.compactMap { date in
            heat.days[date].map { day in
                let leaders = Self.leaders(of: date, site, linker)
                let emptiness =
                    leaders.isEmpty ? site.emptiness(from: date, to: date.advanced(by: 1)) : nil
                hasUnknown = hasUnknown || emptiness == .unknown
                return DayView(
                    name: "\(date.weekdayName), \(Wording.shortDay(date))",
                    link: linker.to(.day(date)),
                    marks: day.kinds, label: day.label + (day.isUnfinished ? ", so far" : ""),
                    leaders: leaders, emptiness: emptiness.map(Self.words))
            }
        }
        unknown =
            hasUnknown && rollUp.stories.emptiness != Wording.unknown ? Wording.unknown : nil
    }

    /// Of a day among others: what holds for several of them is said in full once.
    private static func words(_ emptiness: Emptiness) -> String {
        switch emptiness {
        case .unknown: "Too early to say what was unusual."
        case .usual: "Nothing unusual."
        case .unrecorded, .partly: emptiness.sentence
        }
    }

    private static func leaders(
        of date: CivilDate, _ site: Site, _ linker: Linker
    ) -> [LeaderView] {
        let start = Timestamp(date)
        return site.biggestStories(from: start, to: start + 86_400, most: 3).map { run, _ in
            let row = site.history.index.row(run.peak)
            return LeaderView(
                tag: HashtagView(row, site, linker), people: Wording.number(row.accounts))
        }
    }
}
