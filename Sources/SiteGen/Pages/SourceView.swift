import Archive
import Calendar
import Output
import Text

/// A source by itself: its latest lists, a week of ranks and the last 24 hours.
struct SourceView: PageView {
    static let template = "source"

    var title: String { name }
    let summary: String
    var isScripted: Bool { true }
    let name: String
    let tabs: TabsView
    let editions: TabsView?
    let latest: WindowView?
    /// Why the newest slot of the archive is not among them; nil if it is.
    let behind: BehindView?
    let chart: BarsView?
    let bump: BumpView?
    let tide: [TideView]

    struct BehindView: View {
        let reason: String
    }

    init(_ index: Int, _ site: Site, _ linker: Linker) {
        let source = site.history.sources[index]
        name = site.title(of: source.name)
        tabs = TabsView(site.parent(of: source)?.name ?? source.name, site, linker)
        editions = TabsView(editionsOf: source, site, linker)
        let window = source.latestRead
        latest = window.map { window in
            let sparks = Sparklines(of: source, until: window.row.slot, in: site)
            return WindowView(window, sparks: sparks, site: site, linker: linker)
        }
        let newest = site.history.last
        behind =
            window?.row.slot == newest
            ? nil
            : BehindView(reason: source.gap(at: newest, of: "\(site.moment(newest)) UTC"))
        chart = window.flatMap { BarsView(list: $0, number: 1, site) }
        bump = window.flatMap { BumpView(week: $0, source, site, linker) }
        tide = TideView.all(site.days.latestSlots, of: [source], site, linker)
        let leaders = window.map { site.leaders(in: [$0]).titles } ?? []
        summary =
            "What people write on \(name)"
            + (leaders.isEmpty ? "." : ", first of all \(leaders.joined(separator: ", ")).")
    }
}

/// All sources together and each by itself, beside each other.
struct TabsView: View {
    /// What they lead to.
    let label: String
    let tabs: [TabView]

    struct TabView: View {
        let name: String
        let link: Link
        let isCurrent: Bool
    }

    /// - Parameter current: The name of the source, or that of all; nil for the front page.
    init(_ current: String?, _ site: Site, _ linker: Linker) {
        let sources = site.history.mergedSources
        let hasSeveral = sources.count > 1
        let isAll = current == SiteLayout.all
        label = "Sources"
        tabs =
            [
                TabView(
                    name: hasSeveral ? MergedView.title : "Now",
                    link: linker.to(isAll ? .source(name: SiteLayout.all) : .now),
                    isCurrent: isAll || current == nil)
            ]
            + sources.map { source in
                TabView(
                    source, named: hasSeveral ? nil : "All lists", in: current, site, linker)
            }
    }

    /// The parts of a slot's page; nil if there is but one.
    init?(
        partsOf slot: Timestamp, _ merged: MergedView?, _ readings: [ReadingView], _ linker: Linker
    ) {
        guard readings.count > 1 else { return nil }
        let parts =
            (merged.map { [(MergedView.title, $0.anchor)] } ?? [])
            + readings.map { ($0.source, $0.sourceAnchor) }
        label = "On this page"
        tabs = parts.map { name, anchor in
            TabView(
                name: name, link: linker.to(.window(slot), anchor: anchor), isCurrent: false)
        }
    }

    /// A source and its editions; nil if it has none, and is none.
    init?(editionsOf source: SourceHistory, _ site: Site, _ linker: Linker) {
        let parent = site.parent(of: source) ?? source
        let editions = site.history.sources.filter { site.parent(of: $0)?.name == parent.name }
        guard !editions.isEmpty else { return nil }
        label = "Editions"
        tabs = ([parent] + editions).map { TabView($0, in: source.name, site, linker) }
    }
}

extension TabsView.TabView {
    fileprivate init(
        _ source: SourceHistory, named name: String? = nil, in current: String?, _ site: Site,
        _ linker: Linker
    ) {
        self.init(
            name: name ?? site.title(of: source.name), link: linker.to(.source(name: source.name)),
            isCurrent: current.map { ExactText($0) == ExactText(source.name) } ?? false)
    }
}

extension Site {
    /// What an edition is read with; nil for other sources.
    func parent(of source: SourceHistory) -> SourceHistory? {
        guard !history.mergedSources.contains(where: { $0.name == source.name }) else { return nil }
        return history.sources.first { $0.name == settings.editions[source.name] }
    }
}
