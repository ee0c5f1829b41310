import Archive

/// All windows of a day.
struct DayView: PageView {
    static let template = "day"

    let title: String
    let summary: String
    let weekday: String
    let year: String
    let yearLink: Link
    let month: String
    let monthLink: Link
    let earlier: NeighbourView?
    let later: NeighbourView?
    let slots: [SlotView]

    struct NeighbourView: View {
        let label: String
        let link: Link
    }

    struct SlotView: View {
        let anchor: String
        let jump: Link
        let slotTime: String
        let clock: String
        let readings: [ReadingView]
    }

    /// What a source read of a slot; no window for a gap.
    struct ReadingView: View {
        let sourceAnchor: String
        let source: String
        let window: WindowView?
    }

    init(_ date: CivilDate, _ site: Site, _ linker: Linker) {
        let history = site.history
        title = Wording.day(date)
        weekday = Wording.weekday(date)
        summary = "What people were talking about on \(title), window by window."
        year = String(date.year)
        yearLink = linker.to(.year(date.year))
        month = Wording.months[date.month - 1]
        monthLink = linker.to(.month(date))
        func neighbour(_ day: CivilDate) -> NeighbourView? {
            guard (history.first.date...history.last.date).contains(day) else { return nil }
            return NeighbourView(label: Wording.day(day), link: linker.to(.day(day)))
        }
        earlier = neighbour(date.advanced(by: -1))
        later = neighbour(date.advanced(by: 1))
        slots = site.days.slots(of: date).map { slot in
            let anchor = Place.anchor(of: slot)
            return SlotView(
                anchor: anchor, jump: Link("#" + anchor), slotTime: slot.description,
                clock: Wording.clock(slot),
                readings: history.sources.indices.map { index in
                    let source = history.sources[index]
                    return ReadingView(
                        sourceAnchor: Place.anchor(of: slot, source: index), source: source.name,
                        window: source.window(at: slot).flatMap { window in
                            guard window.wasRead else { return nil }
                            return WindowView(window, source: index, site: site, linker: linker)
                        })
                })
        }
    }
}
