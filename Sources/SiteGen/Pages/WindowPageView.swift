import Calendar

/// One window of all sources, for good.
struct WindowPageView: PageView {
    static let template = "window"

    let title: String
    let summary: String
    let hasCharts: Bool
    let slotTime: String
    /// `22 November 2026, 18:00`
    let slotLabel: String
    let trail: [PlaceView]
    let steps: StepsView?
    let readings: [ReadingView]

    /// `earlier` and `later` are the slots next to it that have a window.
    init(
        _ slot: Timestamp, earlier: Timestamp?, later: Timestamp?, _ site: Site, _ linker: Linker
    ) {
        let date = slot.date
        slotTime = slot.description
        slotLabel = Wording.moment(slot)
        title = "\(slotLabel) UTC"
        trail = [.archive, .year(date.year), .month(date), .day(date)]
            .map { PlaceView($0, linker) }
        steps = StepsView(earlier.map(Place.window), later.map(Place.window), linker)
        readings = ReadingView.all(slot, hasCharts: true, site, linker)
        hasCharts = readings.contains { $0.chart != nil }
        let leaders = site.history.sources.compactMap { $0.window(at: slot)?.entries.first?.row }
            .map { Spelling($0.spelling, key: $0.tag).isolated }
        summary =
            leaders.isEmpty
            ? "What people were talking about on \(title)."
            : "What people were talking about on \(title), first of all \(leaders.joined(separator: ", "))."
    }
}
