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
        /// `lasted 18 hours`
        let lasting: String
    }

    /// Of the days from `first` up to and without `end`.
    init(
        from first: CivilDate, to end: CivilDate, most: Int = 5, always: Evergreens,
        _ site: Site, _ linker: Linker
    ) {
        let index = site.history.index
        let span = (Timestamp(first), Timestamp(end))
        let tables = index.tables
        let windows = tables.windows[
            tables.firstWindow(from: span.0)..<tables.firstWindow(from: span.1)
        ].filter { index.isMerged(source: $0.source) }
        let hasSeveral = Set(windows.map(\.source)).count > 1
        stories = site.biggestStories(from: span.0, to: span.1, most: most).map { run, parts in
            let row = index.row(run.peak)
            let end = site.history.schedule.slot(containing: run.last).end
            return StoryView(
                tag: HashtagView(row, site, linker),
                reason: Wording.reason(index.entry(run.peak)), hasParts: !parts.isEmpty,
                parts: parts.map { HashtagView($0, site, linker) },
                moment: site.shortMoment(row.slot)
                    + (hasSeveral ? ", \(site.title(of: row.source))" : ""),
                window: linker.to(.window(row.slot)),
                lasting: "lasted \(Wording.span(seconds: end.seconds(since: run.first)))")
        }
        hasStories = !stories.isEmpty
        emptiness =
            !windows.contains(where: \.wasRead)
            ? "Nothing was recorded."
            : windows.contains { $0.trendingCount >= 0 }
                ? "Nothing unusual: no hashtag had many more people than usual."
                : Wording.unknown
        self.always = always.tags.prefix(8).map {
            HashtagView(site.history.tags.listing($0), linker)
        }
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
}

extension Site {
    /// How the hashtag of a day's biggest story is written; nil if nothing was unusual.
    func biggestStory(of date: CivilDate) -> Spelling? {
        let start = Timestamp(date)
        return TrendRun.strongest(from: start, to: start + 86_400, in: history.index, most: 1)
            .first.map { spelling(of: history.index.key(ofTag: $0.tag).text) }
    }
}
