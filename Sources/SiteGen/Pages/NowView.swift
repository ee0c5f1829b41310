import Archive

/// The front page: the latest list of each source and the last 24 hours.
struct NowView: PageView {
    static let template = "now"

    var title: String { "Now" }
    let summary: String
    let hasCharts: Bool
    let description: String
    let hasSeveralSources: Bool
    let nextTime: String
    let nextLabel: String
    let sources: [NowSourceView]

    init(_ site: Site, _ linker: Linker) {
        let history = site.history
        description = site.settings.description
        hasSeveralSources = history.sources.count > 1
        let next = history.schedule.slot(containing: history.last).next.start
        nextTime = next.description
        nextLabel = "\(Wording.clock(next)) UTC on \(Wording.day(next.date))"
        sources = history.sources.indices.map { NowSourceView($0, site, linker) }
        hasCharts = sources.contains { $0.chart != nil }
        let leaders = history.sources.compactMap { $0.latestRead?.entries.first?.row }
            .map { Spelling($0.spelling, key: $0.tag).isolated }
        summary =
            leaders.isEmpty
            ? description : "\(description) Now leading: \(leaders.joined(separator: ", "))."
    }
}
