import Archive

/// A source's section on the front page.
struct NowSourceView: View {
    let anchor: String
    let name: String
    let latest: WindowView?
    /// True if the newest slot of the archive is not this source's.
    let isBehind: Bool
    let behindLabel: String
    let chart: ChartView?
    let timeline: [TimelineSlotView]

    init(_ index: Int, _ site: Site, _ linker: Linker) {
        let source = site.history.sources[index]
        anchor = "source-\(index + 1)"
        name = source.name
        let window = source.latestRead
        latest = window.map { WindowView($0, source: index, site: site, linker: linker) }
        let newest = site.history.last
        isBehind = window.map { $0.row.slot < newest } ?? true
        behindLabel = "\(Wording.clock(newest)) UTC on \(Wording.day(newest.date))"
        chart = window.flatMap { window in
            guard !window.entries.isEmpty else { return nil }
            return ChartView(
                list: window, number: index + 1,
                label: "People and posts of each hashtag of the list, \(source.name), "
                    + "\(Wording.day(window.row.slot.date)) \(Wording.clock(window.row.slot)) UTC")
        }
        let slots = site.days.latestSlots
        let most = slots.compactMap { source.window(at: $0)?.row.accounts }.max() ?? 0
        timeline = slots.map {
            TimelineSlotView($0, source: index, most: most, site: site, linker: linker)
        }
    }
}
