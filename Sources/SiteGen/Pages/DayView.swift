import Archive

/// All windows of a day.
struct DayView: PageView {
    static let template = "day"

    let title: String
    let summary: String
    let weekday: String
    let trail: [StepView]
    let earlier: StepView?
    let later: StepView?
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
        weekday = Wording.weekday(date)
        summary = "What people were talking about on \(title), window by window."
        trail = [
            StepView(label: String(date.year), link: linker.to(.year(date.year))),
            StepView(label: Wording.months[date.month - 1], link: linker.to(.month(date))),
        ]
        func neighbour(_ day: CivilDate) -> StepView? {
            guard (history.first.date...history.last.date).contains(day) else { return nil }
            return StepView(label: Wording.day(day), link: linker.to(.day(day)))
        }
        earlier = neighbour(date.advanced(by: -1))
        later = neighbour(date.advanced(by: 1))
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
