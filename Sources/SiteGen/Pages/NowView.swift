import Archive
import Calendar
import Text

/// The front page: what is unusual now, what people write over all sources, and the last 24 hours.
struct NowView: PageView {
    static let template = "now"

    var title: String { "Now" }
    let summary: String
    var isScripted: Bool { true }
    /// The slot that the page is about.
    let permalink: Link
    let slotTime: String
    let slotEnd: String
    let slotLabel: String
    let headline: HeadlineView?
    /// In the place of a headline where there is none.
    let nothing: String
    let hasLive: Bool
    let due: DueView
    let tabs: TabsView
    let notices: [NoticeView]
    let list: NowListView?
    let tide: [TideView]

    /// A source that has not read what the page is about.
    struct NoticeView: View {
        let source: String
        let link: Link
        let reason: String
    }

    init(_ site: Site, _ linker: Linker) {
        let history = site.history
        let newest = history.lastRead
        hasLive = site.settings.hasLiveSources
        due = DueView(site)
        tabs = TabsView(nil, site, linker)
        let parts = history.mergedSources.filter { $0.window(at: newest)?.wasRead ?? false }
        permalink = linker.to(.window(newest))
        slotTime = newest.description
        slotEnd = history.schedule.slot(containing: newest).end.description
        slotLabel = site.moment(newest)
        headline = HeadlineView(parts, site, linker)
        nothing = parts.isEmpty ? "Nothing was recorded" : "No hashtag was counted"
        notices = history.mergedSources.filter { !($0.window(at: history.last)?.wasRead ?? false) }
            .map { source in
                NoticeView(
                    source: site.title(of: source.name),
                    link: linker.to(.source(name: source.name)),
                    reason: source.gap(
                        at: history.last, of: "\(site.moment(history.last)) UTC"))
            }
        list = NowListView(parts, site, linker)
        tide = TideView.all(site.days.latestSlots, of: history.mergedSources, site, linker)
        let leaders = site.leaders(in: parts.compactMap { $0.window(at: newest) }).titles
        let description = site.settings.description
        summary =
            leaders.isEmpty
            ? description : "\(description) Now leading: \(leaders.joined(separator: ", "))."
    }
}

/// When the next lists come, which the reader's clock tells from late ones.
struct DueView: View {
    let nextTime: String
    let nextLabel: String
    /// From then on the list of the next slot should be here, however it is read.
    let lateTime: String
    let lateLabel: String

    /// Seconds after a slot's end in which its list is read, built and uploaded.
    private static let patience = 3600

    init(_ site: Site) {
        let next = site.history.schedule.slot(containing: site.history.last).next
        nextTime = next.start.description
        nextLabel = "\(site.hours(next.start)) UTC on \(Wording.day(next.start.date))"
        let late = next.next.start + Self.patience
        lateTime = late.description
        lateLabel =
            late.date == next.start.date
            ? "\(Wording.clock(late)) UTC" : Wording.clockAndDay(late)
    }
}

/// What a stranger sees first: the strongest story of the newest slot that was read, or that the hour is a usual one.
struct HeadlineView: View {
    /// Nil where nothing is unusual.
    let tag: HashtagView?
    let finding: String
    let hasParts: Bool
    /// What the same people wrote.
    let parts: [EntryView.PartView]
    let hasLinks: Bool
    let links: [GivenLinkView]
    /// Where to report one; nil if the operator cannot be reached.
    let report: Link?
    /// What the drawing shows.
    let courseTitle: String
    let course: PlotView?
    /// In the place of a course where there is none to draw yet: the list that leads.
    let bars: BarsView?

    /// Nil if no hashtag was counted.
    init?(_ sources: [SourceHistory], _ site: Site, _ linker: Linker) {
        let slot = site.history.lastRead
        let windows = sources.compactMap { $0.window(at: slot) }
        let stories = site.stories(in: windows)
        guard
            let lead = stories.first?.lead
                ?? windows.lazy.compactMap({ $0.entries.first }).first,
            let window = windows.first(where: { $0.row.source == lead.row.source }),
            let source = sources.first(where: { $0.name == lead.row.source })
        else { return nil }
        let isKnown = windows.contains { $0.trends != nil }
        tag = stories.isEmpty && isKnown ? nil : HashtagView(lead.row, site, linker)
        let place = site.history.mergedSources.count > 1 ? " on \(site.title(of: source.name))" : ""
        let others = stories.first?.parts ?? []
        parts = others.prefix(5).map { EntryView.PartView($0, site, linker) }
        hasParts = !parts.isEmpty
        let name = site.spelling(of: lead.row.tag).titled
        if let story = stories.first {
            let given = site.contexts[window.number].links
            links = story.keys.flatMap { given[$0] ?? [] }
                .reduce(into: [Contexts.Given]()) { all, link in
                    if !all.contains(where: { $0.address.text == link.address.text }) {
                        all.append(link)
                    }
                }
                .prefix(3).map(GivenLinkView.init)
            finding =
                "\(Wording.count(lead.row.accounts, "person", "people")) wrote it\(place)"
                + Self.comparison(lead.row)
        } else {
            links = []
            let leads = Self.leading(lead, window, place, site)
            let end = site.history.schedule.slot(containing: slot).end
            let steady = site.history.index.keys(
                of: Evergreens(weekUpTo: end, in: site.history.index))
            finding =
                isKnown
                ? "No hashtag had many more people than usual. "
                    + (steady.contains(lead.key) ? "As so often, " : "") + "\(name) \(leads)"
                : "\(leads) \(Wording.unknown)"
        }
        hasLinks = !links.isEmpty
        report = site.settings.contactLink
        let sparks = Sparklines(of: source, until: lead.row.slot, in: site)
        courseTitle =
            "\(site.spelling(of: lead.row.tag).isolated)\(place)"
            + Self.courseFinding(lead.row, sparks, site)
        course = Self.course(lead.row, source, sparks, site)
        bars = course == nil ? BarsView(list: window, number: 1, site) : nil
    }

    /// `leads: 34 of 4,417 people wrote it.` It is the first of equals where others have as many.
    private static func leading(
        _ lead: ListEntry, _ window: RecordedWindow, _ place: String, _ site: Site
    ) -> String {
        let measure = site.measure(of: lead.row)
        let equals = window.entries.map(\.row)
            .filter { ExactText($0.tag) != lead.key && site.measure(of: $0) == measure }
        let company =
            switch equals.count {
            case 0: ""
            case 1: " with \(site.spelling(of: equals[0].tag).titled)"
            default: " with \(equals.count) others"
            }
        let size =
            site.settings.rankedByPosts
            ? "\(Wording.number(measure)) of \(Wording.count(window.row.posts, "post", "posts")) "
                + Wording.noun(measure, "has", "have")
            : "\(Wording.number(measure)) of "
                + "\(Wording.count(window.row.accounts, "person", "people")) wrote"
        return "leads\(place)\(company): \(size) \(equals.isEmpty ? "it" : "each")."
    }

    /// `, 9.1 times as many as usual at this hour.`
    private static func comparison(_ row: TopRow) -> String {
        guard let times = Wording.times(row) else {
            return ", and at this hour hardly anyone usually does."
        }
        return
            ", \(row.bounds == 0 ? "" : "at least ")\(times) times as many as usual at this hour."
    }

    /// `: the most people in 7 days`, or when it had the most; and where the drawing begins near the first count, for how
    /// long none was known before, since when this looks and anything was read.
    private static func courseFinding(_ row: TopRow, _ sparks: Sparklines, _ site: Site) -> String {
        let known = sparks.people(of: ExactText(row.tag)).enumerated().compactMap { place, people in
            people.map { (slot: sparks.slots[place], people: $0) }
        }
        guard known.count > 1, let start = sparks.slots.first,
            let peak = known.max(by: { ($0.people, $1.slot) < ($1.people, $0.slot) })
        else { return ", period by period" }
        let (first, isMost) = (known[0].slot, peak.people == row.accounts)
        let end = site.history.schedule.slot(containing: row.slot).end
        let finding =
            isMost
            ? ": the most people in \(Wording.span(seconds: end.seconds(since: start)))"
            : ": most people \(site.shortMoment(peak.slot))"
        let firstRead = zip(sparks.slots, sparks.isRead).first { $0.1 }?.0 ?? first
        guard beginning(of: row, sparks) > 0, firstRead < first else { return finding }
        return finding
            + "; none known in the \(Wording.span(seconds: first.seconds(since: firstRead))) before"
            + (!isMost && peak.slot == first ? "" : " \(site.shortMoment(first))")
    }

    /// Where the drawing begins: of a hashtag that came or came back lately a little before its first count, as its rise
    /// would be a few dots at the edge.
    private static func beginning(of row: TopRow, _ sparks: Sparklines) -> Int {
        let first = sparks.people(of: ExactText(row.tag)).firstIndex { $0 != nil } ?? 0
        return max(0, min(first - 2, sparks.slots.count - fewestPlaces))
    }

    private static let fewestPlaces = 6

    /// The last slots, as far as their counts are known; nil while there is but one.
    private static func course(
        _ row: TopRow, _ source: SourceHistory, _ sparks: Sparklines, _ site: Site
    ) -> PlotView? {
        let key = ExactText(row.tag)
        guard sparks.isRead.count(where: \.self) > 1, let start = sparks.slots.first,
            site.history.schedule.isEven(from: start, through: row.slot)
        else { return nil }
        let shown = beginning(of: row, sparks)...
        let slots = Array(sparks.slots[shown])
        var people: [Int: Int] = [:]
        for (place, count) in sparks.people(of: key)[shown].enumerated() { people[place] = count }
        func places(_ isSo: [Bool], _ value: Bool) -> Set<Int> {
            Set(isSo[shown].enumerated().compactMap { $0.element == value ? $0.offset : nil })
        }
        let course = PlotView.Course(
            times: slots, people: people, gaps: places(sparks.isRead, false),
            unusual: places(sparks.isUnusual(key), true),
            level: row.expected.map { ($0, Wording.usual(row) ?? "hardly anyone") }, mostPeaks: 2)
        let title = site.title(of: source.name)
        let name = site.spelling(of: row.tag)
        return PlotView(
            course, identifier: "chart-1",
            label: "People who wrote \(name.titled) on \(title) in the last "
                + Wording.count(slots.count, "period", "periods"),
            data: course.json(
                from: slots[0], step: site.history.schedule.slot(containing: start).seconds,
                named: title))
    }
}

extension Wording {
    /// How a hashtag trends: `9.1×`, `≥ 9.1×`, and `rare` where hardly anyone is usual.
    static func trend(_ row: TopRow) -> String {
        times(row).map { (row.bounds == 0 ? "" : "≥ ") + $0 + "×" } ?? "rare"
    }

    /// How many times as many people as usual: `9.1`, `6`, `12`; nil where hardly anyone is usual.
    static func times(_ row: TopRow) -> String? {
        guard let expected = row.expected, expected >= (row.bounds == 0 ? 0.5 : 1.5) else {
            return nil
        }
        let times = Double(row.accounts) / expected
        let text = FixedPoint.text(times, decimals: times < 9.95 ? 1 : 0)
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }
}
