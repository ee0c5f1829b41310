import Archive
import Calendar
import Text

/// The history of a hashtag.
struct TagView: PageView {
    static let template = "tag"

    let title: String
    let summary: String
    var isScripted: Bool { true }
    let trail: [PlaceView]
    let tag: String
    let bestRank: String
    let peak: String
    let peakLabel: String
    let peakLink: Link
    let windows: String
    let days: String
    let streak: String
    let first: EndView
    let last: EndView
    let elsewhere: [PlatformView]
    let hasSpellings: Bool
    let spellings: [CountView]
    let sources: [CountView]
    /// `day` or `week`, if not every window is shown.
    let unit: String?
    let hasSeveralSources: Bool
    let plots: [SourcePlotView]
    /// What of the drawings needs to be explained.
    let hasParts: Bool
    let hasBounds: Bool
    let hasBand: Bool
    let hasGaps: Bool
    /// What the charts show and more, as CSV.
    let series: Link
    /// The numbers of the charts, latest first: by window or day, with those before the latest folded away, or of a long
    /// history year by year.
    let recent: TagRowsView?
    let earlier: TagRowsView?
    let years: [TagYearView]
    /// The source of what else was written and linked with it; nil where only one listed it.
    let contextSource: String?
    let hasOthers: Bool
    /// What else was written with it in the last period that lists it, by lift.
    let others: [OtherView]
    let hasLinks: Bool
    /// The addresses that most people gave with it then.
    let links: [GivenLinkView]
    /// Where to report one; nil if the operator cannot be reached.
    let report: Link?

    /// Its history in one source.
    struct SourcePlotView: View {
        let source: String
        /// The colour of the source, 1 to 4.
        let tone: String
        /// What the drawing shows.
        let finding: String
        let plot: PlotView
    }

    /// The first or the last window.
    struct EndView: View {
        let time: String
        let label: String
        let link: Link
    }

    struct PlatformView: View {
        let name: String
        let address: Link
    }

    /// A hashtag that was written with it.
    struct OtherView: View {
        let name: String
        /// Nil if it had been in no list by then.
        let page: Link?
        let count: String
    }

    struct CountView: View {
        let name: String
        let count: String
    }

    init(_ history: TagHistory, _ site: Site, _ linker: Linker) {
        let all = history.allRows
        let spelling = history.spelling
        title = spelling.titled
        trail = [PlaceView(.tags, linker)]
        tag = spelling.text
        func end(_ slot: Timestamp) -> EndView {
            EndView(
                time: slot.description, label: site.longMoment(slot), link: linker.to(.window(slot))
            )
        }
        let (first, last) = (
            all.first?.slot ?? site.history.first, all.last?.slot ?? site.history.last
        )
        self.first = end(first)
        self.last = end(last)
        bestRank = history.bestRank.map { String($0) } ?? "only ever trending"
        let peakSlot = history.peak?.slot ?? first
        peak = Wording.number(history.peak?.accounts ?? 0)
        peakLabel = site.longMoment(peakSlot)
        peakLink = linker.to(.window(peakSlot))
        windows = "in " + Wording.count(history.windowCount, "period", "periods")
        days = Wording.count(history.dayCount, "day", "days")
        // Gaps between them are skipped.
        streak = Wording.count(
            site.history.longestStreak(of: history), "recorded period", "recorded periods")
        let spellings = history.spellings
        hasSpellings = spellings.count > 1
        self.spellings = spellings.prefix(12).map {
            CountView(
                name: Spelling($0.text, key: history.key.text).text,
                count: Wording.count($0.count, "time", "times"))
        }
        let sources = history.sources
        // Of its own alone: a page shall not change with a source that never listed it.
        hasSeveralSources = sources.count > 1
        self.sources = sources.map {
            CountView(
                name: site.title(of: $0.name), count: Wording.count($0.count, "period", "periods"))
        }
        elsewhere = Platform.all(of: sources.map(\.name), site.settings).map {
            PlatformView(name: $0.name, address: $0.address(of: history.key.text))
        }
        let told = site.history.index.window(site.history.index.lastWindow(ofTag: history.number))
        let context = site.contexts[told.number]
        contextSource = sources.count > 1 ? site.title(of: told.row.source) : nil
        others = (context.others[history.key] ?? []).prefix(12).map { other in
            let known = site.history.tags.listing(other.key, by: history.windowNumbers.last)
            return OtherView(
                name: known?.spelling.text ?? other.key,
                page: known.map { linker.to(.tag(slug: $0.slug)) },
                count: Wording.count(other.accounts, "person", "people"))
        }
        hasOthers = !others.isEmpty
        links = (context.links[history.key] ?? []).map(GivenLinkView.init)
        hasLinks = !links.isEmpty
        report = site.settings.contactLink
        summary =
            "\(title) was popular or trending \(windows) "
            + "from \(Wording.day(first.date)) to \(Wording.day(last.date)), "
            + "written by \(Wording.count(history.peak?.accounts ?? 0, "person", "people")) at its peak."
        let points = TagChart(history, site)
        unit = points.unit
        series = linker.file(TagSeries.path(slug: history.slug))
        plots = points.series.enumerated().map { number, series in
            let name = site.title(of: series.source)
            return SourcePlotView(
                source: name, tone: String(series.index % 4 + 1),
                finding: Self.finding(series, history, site),
                plot: PlotView(
                    series.course, identifier: "chart-\(number + 1)",
                    label: "People who wrote \(spelling.titled) on \(name), over time; "
                        + "the table has the same numbers",
                    data: series.json))
        }
        let courses = points.series.map(\.course)
        hasParts = courses.contains { !$0.parts.isEmpty }
        hasBounds = courses.contains { !$0.bounds.isEmpty }
        hasBand = courses.contains { !$0.usual.isEmpty }
        hasGaps = courses.contains { !$0.gaps.isEmpty }
        let isLong = points.step == .week
        (recent, earlier) =
            isLong ? (nil, nil) : TagRowsView.parts(of: points, history, site, linker)
        years =
            isLong
            ? TagYearView.all(points.rows, history, sources: sources.map(\.name), linker) : []
    }

    /// `812 people at most, 3 Nov 2026; unusual 4 times`
    private static func finding(
        _ series: TagChart.Series, _ history: TagHistory, _ site: Site
    ) -> String {
        let source = ExactText(series.source)
        let rows = history.allRows.filter { ExactText($0.source) == source }
        let most = rows.map(\.accounts).max() ?? 0
        let peak = rows.first { $0.accounts == most }?.slot ?? site.history.first
        let times = history.trendingRows.count { ExactText($0.source) == source }
        return "\(Wording.count(most, "person", "people")) at most, "
            + "\(Wording.shortDay(peak.date)) \(peak.date.year)"
            + (times > 0 ? "; unusual \(Wording.count(times, "time", "times"))" : "")
    }
}

/// Some of the windows in the history of a hashtag.
struct TagRowsView: View {
    /// What the table is called where it is not seen.
    let label: String
    let caption: String
    /// The days of its first and its last one, `from 1 July to 3 November 2026`.
    let span: String
    let rows: [TagRowView]

    /// A page with a few more is no longer than one with a fold.
    private static let (shown, most) = (28, 40)

    /// The latest, and the others if they are many.
    static func parts(
        of points: TagChart, _ history: TagHistory, _ site: Site, _ linker: Linker
    ) -> (recent: TagRowsView, earlier: TagRowsView?) {
        let rows = TagRowView.all(points.rows, history, site, linker)
        let count = rows.count > most ? shown : rows.count
        let days = points.rows.map(\.slot.date).dropLast(count)
        let recent = TagRowsView(
            label: "History",
            caption: points.unit.map {
                "The period with the most people in each \($0), latest first"
            }
                ?? "Every period of which its count was kept, latest first", span: "",
            rows: Array(rows[..<count]))
        guard let first = days.first, let last = days.last else { return (recent, nil) }
        let unit = points.unit ?? "period"
        return (
            recent,
            TagRowsView(
                label: "Earlier history", caption: "The \(unit)s before, latest first",
                span: "from \(Wording.day(first)) to \(Wording.day(last))",
                rows: Array(rows[count...]))
        )
    }
}

/// A window in the history of a hashtag.
struct TagRowView: View {
    let link: Link
    let slotTime: String
    let slotLabel: String
    let source: String
    let rank: String
    /// Times the usual: its place is that of a story, which has others.
    let trend: String
    let people: String
    let peopleNoun: String
    /// Of all people of the window.
    let share: String
    let usual: String
    let posts: String
    let postsNoun: String
    /// `none` of those that say nothing: their cells go where there is no room.
    let usualKind: String
    let rankKind: String
    let trendKind: String

    /// Latest first.
    static func all(
        _ rows: [TopRow], _ history: TagHistory, _ site: Site, _ linker: Linker
    ) -> [TagRowView] {
        let (popular, trending) = (byWindow(history.rows), byWindow(history.trendingRows))
        return rows.reversed().map { row in
            let (rank, trend) = (popular[Window(row)], trending[Window(row)])
            return TagRowView(
                link: linker.to(.window(row.slot)), slotTime: row.slot.description,
                slotLabel: site.longMoment(row.slot), source: site.title(of: row.source),
                rank: rank.map { String($0.rank) } ?? "–",
                trend: trend.map(Wording.trend) ?? "–",
                people: Wording.number(row.accounts),
                peopleNoun: Wording.noun(row.accounts, "person", "people"),
                share: site.share(of: row),
                usual: row.expected.map {
                    $0 < 0.5
                        ? "< 1"
                        : (row.bounds == 0 ? "" : "≤ ") + Wording.number(Int($0.rounded()))
                } ?? "–",
                posts: Wording.number(row.posts),
                postsNoun: Wording.noun(row.posts, "post", "posts"),
                usualKind: row.expected == nil ? "none" : "",
                rankKind: rank == nil ? "none" : "", trendKind: trend == nil ? "none" : "")
        }
    }

    private static func byWindow(_ rows: [TopRow]) -> [Window: TopRow] {
        Dictionary(rows.map { (Window($0), $0) }, uniquingKeysWith: { one, _ in one })
    }

    private struct Window: Hashable {
        let slot: Timestamp
        let source: ExactText

        init(_ row: TopRow) { (slot, source) = (row.slot, ExactText(row.source)) }
    }
}

/// A network on which a hashtag can be read.
enum Platform: Hashable {
    case bluesky
    /// Of many servers the one that a source reads: its address.
    case mastodon(server: String)
    case x

    /// Those that show a hashtag of these sources: of Mastodon's servers only what it was read from.
    static func all(of sources: [String], _ settings: SiteSettings) -> [Platform] {
        var servers: [String] = []
        for source in sources {
            if let server = settings.mastodonServers[source], !servers.contains(server) {
                servers.append(server)
            }
        }
        return [.bluesky] + servers.map(Platform.mastodon) + [.x]
    }

    var name: String {
        switch self {
        case .bluesky: "Bluesky"
        case .mastodon(let server): String(server.drop { $0 != "/" }.drop { $0 == "/" })
        case .x: "X"
        }
    }

    /// Its page for a hashtag.
    func address(of key: String) -> Link {
        let segment = PercentEncoding.encode(key)
        return switch self {
        case .bluesky: Link("https://bsky.app/hashtag/\(segment)")
        case .mastodon(let server): Link("\(server)/tags/\(segment)")
        case .x: Link("https://x.com/hashtag/\(segment)")
        }
    }
}
