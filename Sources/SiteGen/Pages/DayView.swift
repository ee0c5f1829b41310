import Calendar

/// A day: what stood out, the course of it, and all of its windows.
struct DayView: PageView {
    static let template = "day"

    let title: String
    let summary: String
    var isScripted: Bool { true }
    let weekday: String
    let trail: [PlaceView]
    let steps: StepsView?
    /// What of the day is past, where more is to come.
    let soFar: String?
    let stories: StoriesView
    let tide: [TideView]
    let slots: [SlotView]

    struct SlotView: View {
        let anchor: String
        let slotTime: String
        /// `18:00–24:00`
        let hours: String
        /// Nil where no window was archived.
        let permalink: Link?
        /// What leads it.
        let leaders: [String]
        let merged: MergedView?
        let readings: [ReadingView]
    }

    init(_ date: CivilDate, _ site: Site, _ linker: Linker) {
        let history = site.history
        title = Wording.day(date)
        weekday = date.weekdayName
        trail = [.archive, .year(date.year), .month(date)].map { PlaceView($0, linker) }
        func step(_ days: Int) -> Place? {
            let day = date.advanced(by: days)
            return (history.first.date...history.last.date).contains(day) ? .day(day) : nil
        }
        steps = StepsView(step(-1), step(1), linker)
        soFar =
            history.isOver(Timestamp(date.advanced(by: 1)))
            ? nil : site.hours(history.last).suffix(5).description
        stories = StoriesView(day: date, site, linker)
        let days = site.days.slots(of: date)
        tide = TideView.all(days, of: history.mergedSources, site, linker)
        slots = days.map { slot in
            let windows = history.mergedSources.compactMap { $0.window(at: slot) }
            let leaders = site.leaders(in: windows)
            return SlotView(
                anchor: Place.anchor(of: slot), slotTime: slot.description,
                hours: site.hours(slot),
                permalink: windows.isEmpty ? nil : linker.to(.window(slot)),
                leaders: !windows.contains(where: \.wasRead)
                    ? ["not recorded"]
                    : leaders.rows.isEmpty
                        ? ["no hashtag was counted"]
                        : (leaders.isUnusual == false ? ["a usual hour:"] : []) + leaders.titles,
                merged: MergedView(slot, site, linker),
                readings: ReadingView.all(slot, site, linker))
        }
        let leader = site.biggestStory(of: date).map { ", first of all \($0.titled)" } ?? ""
        summary = "What people were talking about on \(title), from hour to hour\(leader)."
    }
}
