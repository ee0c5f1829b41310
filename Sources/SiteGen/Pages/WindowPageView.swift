import Archive
import Calendar
import Text

/// One window of all sources, for good.
struct WindowPageView: PageView {
    static let template = "window"

    let title: String
    let summary: String
    var isScripted: Bool { true }
    let slotTime: String
    let slotEnd: String
    /// `22 November 2026, 18:00–24:00`
    let slotLabel: String
    let trail: [PlaceView]
    let steps: StepsView?
    let lead: LeadView?
    /// Nil unless there are several.
    let merged: MergedView?
    let readings: [ReadingView]
    /// Where each of them begins; nil of one alone.
    let parts: TabsView?

    /// What is unusual about it.
    struct LeadView: View {
        /// Nil where nothing is.
        let tag: HashtagView?
        let finding: String
    }

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
        let readings = ReadingView.all(slot, hasCharts: true, site, linker)
        self.readings = readings
        let merged = MergedView(slot, site, linker)
        self.merged = merged
        parts = TabsView(partsOf: slot, merged, readings, linker)
        let windows = site.history.mergedSources.compactMap { $0.window(at: slot) }
        let leaders = site.leaders(in: windows).titles
        let story = site.stories(in: windows).first
        lead =
            windows.contains { $0.trends != nil }
            ? LeadView(
                tag: story.map { HashtagView($0.lead.row, site, linker) },
                finding: story.map {
                    site.finding($0.lead, among: site.history.mergedSources.count)
                }
                    ?? "A usual hour: no hashtag had many more people than usual.") : nil
        summary =
            "What people were talking about on \(title)"
            + (leaders.isEmpty ? "." : ", first of all \(leaders.joined(separator: ", ")).")
    }
}
