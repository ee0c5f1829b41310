import Archive

/// The history of a hashtag.
struct TagView: PageView {
    static let template = "tag"

    let title: String
    let summary: String
    var hasCharts: Bool { true }
    let tag: String
    let firstTime: String
    let firstLabel: String
    let lastTime: String
    let lastLabel: String
    let bestRank: String
    let mostPeople: String
    let windows: String
    let days: String
    let isPeaks: Bool
    let hasSeveralSources: Bool
    let chart: ChartView
    let rows: [RowView]

    struct RowView: View {
        let link: Link
        let slotTime: String
        let slotLabel: String
        let source: String
        let rank: String
        let people: String
        let posts: String
    }

    init(_ history: TagHistory, _ site: Site, _ linker: Linker) {
        let rows = history.rows
        let spelling = history.spelling
        title = spelling.isolated
        tag = spelling.text
        let (first, last) = (
            rows.map(\.slot).min() ?? site.history.first,
            rows.map(\.slot).max() ?? site.history.last
        )
        firstTime = first.description
        lastTime = last.description
        firstLabel = Self.label(first)
        lastLabel = Self.label(last)
        bestRank = String(rows.map(\.rank).min() ?? 0)
        mostPeople = Wording.number(rows.map(\.accounts).max() ?? 0)
        windows = Wording.number(history.windowCount)
        days = Wording.number(Set(rows.map(\.slot.date)).count)
        hasSeveralSources = site.history.sources.count > 1
        summary =
            "\(title) was listed in \(Wording.count(history.windowCount, "window", "windows")) "
            + "from \(Wording.day(first.date)) to \(Wording.day(last.date)); best place \(bestRank)."
        let points = TagChart(history, site)
        isPeaks = points.isDaily
        chart = ChartView(
            identifier: "chart-1", label: "People who wrote \(title), over time",
            data: Island(points.json))
        self.rows = points.rows.reversed().map { row in
            RowView(
                link: linker.to(.window(row.slot)),
                slotTime: row.slot.description, slotLabel: Self.label(row.slot),
                source: row.source, rank: String(row.rank),
                people: Wording.number(row.accounts), posts: Wording.number(row.posts))
        }
    }

    private static func label(_ slot: Timestamp) -> String {
        "\(Wording.day(slot.date)), \(Wording.clock(slot))"
    }
}
