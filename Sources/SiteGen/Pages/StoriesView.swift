import Archive
import Calendar
import Text

/// The biggest stories of a stretch of time, and what is there whatever happens.
struct StoriesView: View {
    let hasStories: Bool
    /// What is said where there is none.
    let emptiness: String
    let stories: [StoryView]
    let hasAlways: Bool
    let always: [HashtagView]

    struct StoryView: View {
        let tag: HashtagView
        /// Why it is one, at its peak.
        let reason: String
        let hasParts: Bool
        /// What the same people wrote then.
        let parts: [HashtagView]
        /// `22 Nov, 18:00–24:00, Bluesky`
        let moment: String
        let window: Link
        /// `lasted 18 hours`; `18 hours so far`, and `lasted at least 18 hours` up to the end of the stretch.
        let lasting: String
    }

    /// Of the days from `first` up to and without `end`.
    init(
        from first: CivilDate, to end: CivilDate, most: Int = 5, always: Evergreens,
        _ site: Site, _ linker: Linker
    ) {
        let index = site.history.index
        let span = (Timestamp(first), Timestamp(end))
        let windows = index.mergedWindows(from: span.0, to: span.1)
        let isOver = site.history.isOver(span.1)
        let hasSeveral = Set(windows.map(\.source)).count > 1
        stories = site.biggestStories(from: span.0, to: span.1, most: most).map { run, parts in
            let row = index.row(run.peak)
            return StoryView(
                tag: HashtagView(row, site, linker),
                reason: Wording.reason(index.entry(run.peak)), hasParts: !parts.isEmpty,
                parts: parts.map { HashtagView($0, site, linker) },
                moment: site.shortMoment(row.slot)
                    + (hasSeveral ? ", \(site.title(of: row.source))" : ""),
                window: linker.to(.window(row.slot)),
                lasting: Self.lasting(run, among: windows, isOver: isOver, site))
        }
        hasStories = !stories.isEmpty
        emptiness = hasStories ? "" : site.emptiness(from: first, to: end).sentence
        self.always =
            windows.contains(where: \.wasRead)
            ? always.tags.prefix(8).map { HashtagView(site.history.tags.listing($0), linker) } : []
        hasAlways = !self.always.isEmpty
    }

    /// Of a day: what is there whatever happens was so in the week up to its end.
    init(day date: CivilDate, _ site: Site, _ linker: Linker) {
        let end = date.advanced(by: 1)
        self.init(
            from: date, to: end,
            always: Evergreens(weekUpTo: Timestamp(end), in: site.history.index),
            site, linker)
    }

    /// A run that is there in the last list of the stretch that its source made may go on.
    private static func lasting(
        _ run: TrendRun, among windows: [WindowEntry], isOver: Bool, _ site: Site
    ) -> String {
        let tables = site.history.index.tables
        let source = tables.windows[Int(tables.rows[Int(run.peak)].window)].source
        let newest = windows.last { $0.source == source && $0.wasRead }?.slot ?? .min
        let end = site.history.schedule.slot(containing: run.last).end
        let span = Wording.span(seconds: end.seconds(since: run.first))
        if run.last.secondsSinceEpoch < newest { return "lasted \(span)" }
        return isOver ? "lasted at least \(span)" : "\(span) so far"
    }
}

extension ArchiveIndex {
    /// The windows whose slots are in `[start, end)`, of the sources that are told together.
    fileprivate func mergedWindows(from start: Timestamp, to end: Timestamp) -> [WindowEntry] {
        tables.windows[tables.firstWindow(from: start)..<tables.firstWindow(from: end)]
            .filter { isMerged(source: $0.source) }
    }
}

/// Why days have no story: no more than is known.
enum Emptiness: Equatable {
    case unrecorded
    /// Nobody knows what was usual.
    case unknown
    /// Nothing in some of all periods, and of the others nobody knows.
    case partly(Int, of: Int)
    case usual

    var sentence: String {
        switch self {
        case .unrecorded: "Nothing was recorded."
        case .unknown: Wording.unknown
        case .partly(let known, let all):
            "Nothing unusual in the "
                + (known == 1 ? "only one" : Wording.number(known))
                + " of \(Wording.number(all)) periods that can be judged."
        case .usual: "Nothing unusual: no hashtag had many more people than usual."
        }
    }
}

extension Site {
    /// Of the days from `first` up to and without `end`, where they have no story.
    func emptiness(from first: CivilDate, to end: CivilDate) -> Emptiness {
        let read = history.index.mergedWindows(from: Timestamp(first), to: Timestamp(end))
            .filter(\.wasRead)
        if read.isEmpty { return .unrecorded }
        let known = Set(read.filter { $0.trendingCount >= 0 }.map(\.slot)).count
        if known == 0 { return .unknown }
        let all = (first.daysSinceEpoch..<end.daysSinceEpoch)
            .map { days.slots(of: CivilDate(daysSinceEpoch: $0)).count }.reduce(0, +)
        return known < all ? .partly(known, of: all) : .usual
    }

    /// How the hashtag of a day's biggest story is written; nil if nothing was unusual.
    func biggestStory(of date: CivilDate) -> Spelling? {
        let start = Timestamp(date)
        return TrendRun.strongest(from: start, to: start + 86_400, in: history.index, most: 1)
            .first.map { spelling(of: history.index.key(ofTag: $0.tag).text) }
    }
}
