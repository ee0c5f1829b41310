import Archive
import Calendar
import Text

/// A source by itself: its latest lists, a week of ranks and the last 24 hours.
struct SourceView: PageView {
    static let template = "source"

    var title: String { name }
    let summary: String
    var hasCharts: Bool { true }
    let name: String
    let tabs: TabsView
    let latest: WindowView?
    /// Why the newest slot of the archive is not among them; nil if it is.
    let behind: BehindView?
    let chart: ChartView?
    let bump: BumpView?
    let tide: [TideView]

    struct BehindView: View {
        let reason: String
    }

    init(_ index: Int, _ site: Site, _ linker: Linker) {
        let source = site.history.sources[index]
        name = site.title(of: source.name)
        tabs = TabsView(source.name, site, linker)
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
        chart = window.flatMap { ChartView(list: $0, number: 1, site) }
        bump = window.flatMap { BumpView(week: $0, source, site, linker) }
        tide = TideView.all(site.days.latestSlots, of: [source], site, linker)
        let leaders = window.map { site.leaders(in: [$0]) } ?? []
        summary =
            "What people write on \(name)"
            + (leaders.isEmpty ? "." : ", first of all \(leaders.joined(separator: ", ")).")
    }
}

/// All sources together and each by itself, beside each other.
struct TabsView: View {
    /// False where there is but one source.
    let hasSeveral: Bool
    let tabs: [TabView]

    struct TabView: View {
        let name: String
        let link: Link
        let isCurrent: Bool
    }

    /// - Parameter current: The name of the source; nil for all together.
    init(_ current: String?, _ site: Site, _ linker: Linker) {
        let sources = site.history.sources
        let hasSeveral = sources.count > 1
        self.hasSeveral = hasSeveral
        tabs =
            [
                TabView(
                    name: hasSeveral ? "All together" : "Now", link: linker.to(.now),
                    isCurrent: current == nil)
            ]
            + sources.map { source in
                TabView(
                    name: hasSeveral ? site.title(of: source.name) : "All lists",
                    link: linker.to(.source(name: source.name)),
                    isCurrent: current.map { ExactText($0) == ExactText(source.name) } ?? false)
            }
    }
}
