import Archive

/// The front page: the latest list of each source and the last 24 hours.
struct NowView: PageView {
    static let template = "now"

    var title: String { "Now" }
    let summary: String
    /// Its script also tells whether the data are late.
    var hasCharts: Bool { true }
    let description: String
    /// The first place of the first source that has a list.
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
        let slotLabel: String
    }

    init(_ site: Site, _ linker: Linker) {
        let history = site.history
        description = site.settings.description
        hasSeveralSources = history.sources.count > 1
        let next = history.schedule.slot(containing: history.last).next
        nextTime = next.start.description
        nextLabel = Wording.clockAndDay(next.start)
        let late = next.next.start + Self.patience
        lateTime = late.description
        lateLabel = Wording.clockAndDay(late)
        merged = MergedView(site, linker)
        sources = history.sources.indices.map { NowSourceView($0, site, linker) }
        headline = history.sources.indices.lazy.compactMap { Self.headline($0, site, linker) }.first
        let leaders = history.sources.compactMap { $0.latestRead?.entries.first?.row }
            .map { Spelling($0.spelling, key: $0.tag).isolated }
        summary =
            leaders.isEmpty
            ? description : "\(description) Now leading: \(leaders.joined(separator: ", "))."
    }

    /// Seconds after a slot's end in which its list is read, built and uploaded.
    private static let patience = 3600

    private static func headline(_ index: Int, _ site: Site, _ linker: Linker) -> HeadlineView? {
        let source = site.history.sources[index]
        guard let window = source.latestRead, let leader = window.entries.first?.row else {
            return nil
        }
        let slot = window.row.slot
        let size =
            site.settings.rankedByPosts
            ? "\(Wording.number(leader.posts)) of \(Wording.count(window.row.posts, "post", "posts")) hold"
            : "\(Wording.number(leader.accounts)) of "
                + "\(Wording.count(window.row.accounts, "person", "people")) wrote"
        return HeadlineView(
            tag: HashtagView(leader, site, linker),
            reason: "leads on \(source.name): \(size) it,",
            permalink: linker.to(.window(slot)), slotLabel: Wording.moment(slot))
    }
}
