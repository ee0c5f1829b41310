import Archive
import Calendar

/// The front page: the latest list of each source and the last 24 hours.
struct NowView: PageView {
    static let template = "now"

    var title: String { "Now" }
    let summary: String
    /// Its script also tells whether the data are late.
    var hasCharts: Bool { true }
    let description: String
    /// Of the description.
    let language: String
    /// The first place of the newest slot that was read, of the first source that read it.
    let headline: HeadlineView?
    let hasSeveralSources: Bool
    let nextTime: String
    let nextLabel: String
    /// From then on the list of the next slot should be here, however it is read.
    let lateTime: String
    let lateLabel: String
    /// Nil unless the newest slot was read of several sources.
    let merged: MergedView?
    let sources: [NowSourceView]

    struct HeadlineView: View {
        let tag: HashtagView
        let reason: String
        let permalink: Link
        let slotTime: String
        let slotEnd: String
        let slotLabel: String
    }

    init(_ site: Site, _ linker: Linker) {
        let history = site.history
        description = site.settings.description
        language = site.settings.language
        hasSeveralSources = history.sources.count > 1
        let next = history.schedule.slot(containing: history.last).next
        nextTime = next.start.description
        nextLabel = "\(site.hours(next.start)) UTC on \(Wording.day(next.start.date))"
        let late = next.next.start + Self.patience
        lateTime = late.description
        lateLabel = Wording.clockAndDay(late)
        merged = MergedView(site, linker)
        sources = history.sources.indices.map { NowSourceView($0, site, linker) }
        headline =
            history.sources.lazy.filter { $0.latestRead?.row.slot == history.lastRead }
            .compactMap { Self.headline($0, site, linker) }.first
        let leaders = site.leaders(in: history.sources.compactMap(\.latestRead))
        summary =
            leaders.isEmpty
            ? description : "\(description) Now leading: \(leaders.joined(separator: ", "))."
    }

    /// Seconds after a slot's end in which its list is read, built and uploaded.
    private static let patience = 3600

    private static func headline(
        _ source: SourceHistory, _ site: Site, _ linker: Linker
    ) -> HeadlineView? {
        guard let window = source.latestRead, let leader = window.entries.first?.row else {
            return nil
        }
        let slot = window.row.slot
        let size =
            site.settings.rankedByPosts
            ? "\(Wording.number(leader.posts)) of \(Wording.count(window.row.posts, "post", "posts")) have"
            : "\(Wording.number(leader.accounts)) of "
                + "\(Wording.count(window.row.accounts, "person", "people")) wrote"
        return HeadlineView(
            tag: HashtagView(leader, site, linker),
            reason: "leads on \(site.title(of: source.name)): \(size) it,",
            permalink: linker.to(.window(slot)), slotTime: slot.description,
            slotEnd: site.history.schedule.slot(containing: slot).end.description,
            slotLabel: site.moment(slot))
    }
}

/// A source's section on the front page.
struct NowSourceView: View {
    let anchor: String
    let jump: Link
    let name: String
    let latest: WindowView?
    /// True if the newest slot of the archive is not this source's.
    let isBehind: Bool
    let behindLabel: String
    /// Why, in words.
    let behindReason: String
    let chart: ChartView?
    let bump: BumpView?
    let timeline: [TimelineSlotView]

    static func anchor(_ index: Int) -> String { "source-\(index + 1)" }

    init(_ index: Int, _ site: Site, _ linker: Linker) {
        let source = site.history.sources[index]
        anchor = Self.anchor(index)
        jump = Link("#" + anchor)
        name = site.title(of: source.name)
        let window = source.latestRead
        latest = window.map { window in
            let sparks = Sparklines(of: source, until: window.row.slot, in: site)
            return WindowView(window, sparks: sparks, site: site, linker: linker)
        }
        let newest = site.history.last
        isBehind = window.map { $0.row.slot < newest } ?? true
        behindLabel = "\(site.moment(newest)) UTC"
        behindReason = source.reason(at: newest)
        chart = window.flatMap { ChartView(list: $0, number: index + 1, site) }
        bump = window.flatMap { Self.bump($0, source, site, linker) }
        let slots = site.days.latestSlots
        let most = slots.compactMap { source.window(at: $0)?.row.accounts }.max() ?? 0
        timeline = slots.map {
            TimelineSlotView($0, source: index, most: most, site: site, linker: linker)
        }
    }

    /// The last week, up to the window.
    private static func bump(
        _ window: RecordedWindow, _ source: SourceHistory, _ site: Site, _ linker: Linker
    ) -> BumpView? {
        let (history, last) = (site.history, window.row.slot)
        let slots = stride(from: 7 * 86_400, to: 0, by: -history.schedule.seconds)
            .map { last - $0 + history.schedule.seconds }.filter { $0 >= history.first }
        let windows = slots.map { source.window(at: $0) }
        guard windows.count(where: { $0?.wasRead ?? false }) > 1, !window.entries.isEmpty else {
            return nil
        }
        let ranks = windows.map { window in
            Dictionary(
                (window?.entries ?? []).map { ($0.key, $0.row.rank) },
                uniquingKeysWith: { one, _ in one })
        }
        return BumpView(
            window.entries.map { entry in
                BumpView.Track(
                    tag: HashtagView(entry.row, site, linker), rank: entry.row.rank,
                    ranks: ranks.map { $0[entry.key] })
            },
            slots: slots, isRead: windows.map { $0?.wasRead ?? false },
            source: site.title(of: source.name),
            history.schedule)
    }
}

/// A slot of the last 24 hours: how high the water stood, and who led.
struct TimelineSlotView: View {
    let link: Link
    let slotTime: String
    /// `18:00–24:00`
    let hours: String
    let day: String
    let isGap: Bool
    let people: String
    /// How much was read, if not all.
    let shortfall: String?
    /// Height of the water and where its surface is, of 100.
    let level: String
    let surface: String
    let leaders: [HashtagView]

    init(_ slot: Timestamp, source: Int, most: Int, site: Site, linker: Linker) {
        let window = site.history.sources[source].window(at: slot)
        let isRead = window?.wasRead ?? false
        link =
            window == nil
            ? linker.to(.day(slot.date), anchor: Place.anchor(of: slot)) : linker.to(.window(slot))
        slotTime = slot.description
        hours = site.hours(slot)
        day = Wording.shortDay(slot.date)
        isGap = !isRead
        let accounts = window?.row.accounts ?? 0
        people = Wording.count(accounts, "person", "people")
        shortfall = window.flatMap {
            $0.row.status == .partial ? "\(Wording.percent($0.row.coverage)) read" : nil
        }
        let height = isRead ? 10 + 80 * Double(accounts) / Double(max(1, most)) : 0
        level = FixedPoint.text(height, decimals: 1)
        surface = FixedPoint.text(100 - height, decimals: 1)
        leaders = (window?.entries ?? []).prefix(3).map {
            HashtagView($0.row, site, linker)
        }
    }
}
