import Archive

/// A source's section on the front page.
struct NowSourceView: View {
    let anchor: String
    let jump: Link
    let name: String
    let latest: WindowView?
    /// True if the newest slot of the archive is not this source's.
    let isBehind: Bool
    let behindLabel: String
    let chart: ChartView?
    let bump: BumpView?
    let timeline: [TimelineSlotView]

    static func anchor(_ index: Int) -> String { "source-\(index + 1)" }

    init(_ index: Int, _ site: Site, _ linker: Linker) {
        let source = site.history.sources[index]
        anchor = Self.anchor(index)
        jump = Link("#" + anchor)
        name = source.name
        let window = source.latestRead
        latest = window.map { window in
            let sparks = Sparklines(of: source, until: window.row.slot, in: site)
            return WindowView(window, sparks: sparks, site: site, linker: linker)
        }
        let newest = site.history.last
        isBehind = window.map { $0.row.slot < newest } ?? true
        behindLabel = Wording.clockAndDay(newest)
        chart = window.flatMap { ChartView(list: $0, number: index + 1) }
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
            slots: slots, isRead: windows.map { $0?.wasRead ?? false }, source: source.name)
    }
}
