import Archive
import Text

/// One window of all sources, for good.
struct WindowPageView: PageView {
    static let template = "window"

    let title: String
    let summary: String
    let hasCharts: Bool
    let slotTime: String
    let slotEnd: String
    /// `22 November 2026, 18:00–24:00`
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
        slotEnd = site.history.schedule.slot(containing: slot).end.description
        slotLabel = site.moment(slot)
        title = "\(slotLabel) UTC"
        trail = [.archive, .year(date.year), .month(date), .day(date)]
            .map { PlaceView($0, linker) }
        steps = StepsView(
            earlier.map { PlaceView(window: $0, site, linker) },
            later.map { PlaceView(window: $0, site, linker) })
        readings = ReadingView.all(slot, hasCharts: true, site, linker)
        hasCharts = readings.contains { $0.chart != nil }
        let leaders = site.leaders(in: site.history.sources.compactMap { $0.window(at: slot) })
        summary =
            "What people were talking about on \(title)"
            + (leaders.isEmpty ? "." : ", first of all \(leaders.joined(separator: ", ")).")
    }
}

extension Site {
    /// What leads the windows, each hashtag once.
    func leaders(in windows: [RecordedWindow]) -> [String] {
        var seen: Set<ExactText> = []
        return windows.compactMap { $0.entries.first?.key }.filter { seen.insert($0).inserted }
            .map { spelling(of: $0.text).titled }
    }
}
