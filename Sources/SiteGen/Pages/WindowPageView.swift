import Archive

/// One window of all sources, for good.
struct WindowPageView: PageView {
    static let template = "window"

    let title: String
    let summary: String
    let hasCharts: Bool
    let slotTime: String
    let clock: String
    let day: String
    let trail: [StepView]
    let earlier: StepView?
    let later: StepView?
    let sections: [SectionView]

    struct SectionView: View {
        let reading: ReadingView
        let chart: ChartView?
    }

    /// `earlier` and `later` are the slots next to it that have a window.
    init(
        _ slot: Timestamp, earlier: Timestamp?, later: Timestamp?, _ site: Site, _ linker: Linker
    ) {
        let (history, date) = (site.history, slot.date)
        day = Wording.day(date)
        clock = Wording.clock(slot)
        slotTime = slot.description
        title = "\(day), \(clock) UTC"
        trail = [
            StepView(label: String(date.year), link: linker.to(.year(date.year))),
            StepView(label: Wording.months[date.month - 1], link: linker.to(.month(date))),
            StepView(label: Wording.shortDay(date), link: linker.to(.day(date))),
        ]
        func step(_ slot: Timestamp) -> StepView {
            StepView(
                label: "\(Wording.shortDay(slot.date)), \(Wording.clock(slot))",
                link: linker.to(.window(slot)))
        }
        self.earlier = earlier.map(step)
        self.later = later.map(step)
        sections = history.sources.indices.filter { history.sources[$0].hasBegun(by: slot) }.map {
            index in
            SectionView(
                reading: ReadingView(slot, source: index, site, linker),
                chart: history.sources[index].window(at: slot).flatMap {
                    ChartView(list: $0, number: index + 1)
                })
        }
        hasCharts = sections.contains { $0.chart != nil }
        let leaders = history.sources.compactMap { $0.window(at: slot)?.entries.first?.row }
            .map { Spelling($0.spelling, key: $0.tag).isolated }
        summary =
            leaders.isEmpty
            ? "What people were talking about on \(title)."
            : "What people were talking about on \(title), first of all \(leaders.joined(separator: ", "))."
    }
}
