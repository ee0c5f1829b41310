import Archive

/// A slot of the last 24 hours: how high the water stood, and who led.
struct TimelineSlotView: View {
    let link: Link
    let slotTime: String
    let clock: String
    let day: String
    let isGap: Bool
    let people: String
    /// How much was read, if not all.
    let shortfall: String?
    /// Height of the water and where its surface is, of 100.
    let level: String
    let surface: String
    let leaders: [HashtagView]

    init(_ slot: Timestamp, source: Int, most: Int, site: Site, linker: Linker) {
        let window = site.history.sources[source].window(at: slot)
        let isRead = window?.wasRead ?? false
        link =
            window == nil
            ? linker.to(.day(slot.date), anchor: Place.anchor(of: slot)) : linker.to(.window(slot))
        slotTime = slot.description
        clock = Wording.clock(slot)
        day = Wording.shortDay(slot.date)
        isGap = !isRead
        let accounts = window?.row.accounts ?? 0
        people = Wording.count(accounts, "person", "people")
        shortfall = window.flatMap {
            $0.row.status == .partial ? "\(Wording.percent($0.row.coverage)) read" : nil
        }
        let height = isRead ? 10 + 80 * Double(accounts) / Double(max(1, most)) : 0
        level = FixedPoint.text(height, decimals: 1)
        surface = FixedPoint.text(100 - height, decimals: 1)
        leaders = (window?.entries ?? []).prefix(3).map {
            HashtagView($0.row, site, linker)
        }
    }
}
