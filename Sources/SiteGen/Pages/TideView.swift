import Archive
import Calendar

/// A slot among others of a day: how high the water stood, and what stood out of it.
struct TideView: View {
    let link: Link
    let slotTime: String
    /// `18:00–24:00`
    let hours: String
    let day: String
    let isGap: Bool
    /// Of each source that read it.
    let crowds: [CrowdView]
    /// Height of the water and where its surface is, of 100.
    let level: String
    let surface: String
    let hasStories: Bool
    let stories: [HashtagView]
    /// What most people wrote, where nothing was unusual.
    let leaders: [HashtagView]

    struct CrowdView: View {
        let people: String
        /// Nil where there is but one.
        let source: String?
        /// How much was read, if not all.
        let shortfall: String?
    }

    private init(
        _ slot: Timestamp, _ windows: [RecordedWindow], most: [Int32: Int], _ site: Site,
        _ linker: Linker
    ) {
        let known = site.history.sources.contains { $0.window(at: slot) != nil }
        link =
            known
            ? linker.to(.window(slot)) : linker.to(.day(slot.date), anchor: Place.anchor(of: slot))
        slotTime = slot.description
        hours = site.hours(slot)
        day = Wording.shortDay(slot.date)
        isGap = windows.isEmpty
        crowds = windows.map { window in
            CrowdView(
                people: Wording.count(window.row.accounts, "person", "people"),
                source: most.count > 1 ? site.title(of: window.row.source) : nil,
                shortfall: window.row.status == .partial
                    ? "\(Wording.percent(window.row.coverage)) read" : nil)
        }
        let shares = windows.map { window in
            Double(window.row.accounts) / Double(max(1, most[window.source] ?? 1))
        }
        let height =
            shares.isEmpty ? 0 : 10 + 80 * shares.reduce(0, +) / Double(shares.count)
        level = FixedPoint.text(height, decimals: 1)
        surface = FixedPoint.text(100 - height, decimals: 1)
        stories = site.stories(in: windows).prefix(3).map {
            HashtagView($0.lead.row, site, linker)
        }
        hasStories = !stories.isEmpty
        leaders =
            hasStories
            ? []
            : (windows.first?.entries ?? []).prefix(3).map { HashtagView($0.row, site, linker) }
    }

    /// The water of each source is measured by the most people that it had in one of the slots.
    static func all(
        _ slots: [Timestamp], of sources: [SourceHistory], _ site: Site, _ linker: Linker
    ) -> [TideView] {
        let windows = slots.map { slot in
            sources.compactMap { $0.window(at: slot) }.filter(\.wasRead)
        }
        var most: [Int32: Int] = [:]
        for window in windows.joined() {
            most[window.source] = max(most[window.source] ?? 0, window.row.accounts)
        }
        return zip(slots, windows).map { TideView($0, $1, most: most, site, linker) }
    }
}

extension RecordedWindow {
    /// The number of its source.
    fileprivate var source: Int32 { index.tables.windows[Int(number)].source }
}
