import Calendar

/// All windows of a day.
struct DayView: PageView {
    static let template = "day"

    let title: String
    let summary: String
    let weekday: String
    let trail: [PlaceView]
    let steps: StepsView?
    let slots: [SlotView]

    struct SlotView: View {
        let anchor: String
        let jump: Link
        let slotTime: String
        let clock: String
        /// Nil where no window was archived.
        let permalink: Link?
        let readings: [ReadingView]
    }

    init(_ date: CivilDate, _ site: Site, _ linker: Linker) {
        let history = site.history
        title = Wording.day(date)
        weekday = date.weekdayName
        summary = "What people were talking about on \(title), window by window."
        trail = [.archive, .year(date.year), .month(date)].map { PlaceView($0, linker) }
        func step(_ days: Int) -> Place? {
            let day = date.advanced(by: days)
            return (history.first.date...history.last.date).contains(day) ? .day(day) : nil
        }
        steps = StepsView(step(-1), step(1), linker)
        slots = site.days.slots(of: date).map { slot in
            let anchor = Place.anchor(of: slot)
            return SlotView(
                anchor: anchor, jump: Link("#" + anchor), slotTime: slot.description,
                clock: Wording.clock(slot),
                permalink: history.sources.contains { $0.window(at: slot) != nil }
                    ? linker.to(.window(slot)) : nil,
                readings: ReadingView.all(slot, site, linker))
        }
    }
}
