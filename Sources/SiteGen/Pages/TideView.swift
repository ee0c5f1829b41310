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
    /// The sources that should have; how many where they are many.
    let missing: [String]
    /// Height of the water and where its surface is, of 100.
    let level: String
    let surface: String
    let isUnusual: Bool
    /// False where nobody could tell.
    let isUsual: Bool
    let leaders: [HashtagView]
    /// Whether it was read, and no hashtag counted.
    let isEmpty: Bool

    struct CrowdView: View {
        let people: String
        /// Nil where there is but one.
        let source: String?
        /// How much was read, if not all.
        let shortfall: String?
    }

    private init(
        _ slot: Timestamp, of sources: [SourceHistory], isOneOfSeveral: Bool, most: [Int32: Int],
        _ site: Site, _ linker: Linker
    ) {
        let windows = sources.compactMap { $0.window(at: slot) }.filter(\.wasRead)
        link = site.link(to: slot, linker)
        slotTime = slot.description
        hours = site.hours(slot)
        day = Wording.shortDay(slot.date)
        isGap = windows.isEmpty
        crowds = windows.map { window in
            CrowdView(
                people: Wording.count(window.row.accounts, "person", "people"),
                source: isOneOfSeveral ? site.title(of: window.row.source) : nil,
                shortfall: window.row.status == .partial
                    ? "\(Wording.percent(window.row.coverage)) read" : nil)
        }
        let unread = sources.filter { !($0.window(at: slot)?.wasRead ?? false) }
        missing =
            unread.count > 2
            ? ["\(unread.count) sources"] : unread.map { site.title(of: $0.name) }
        let shares = windows.map { window in
            Double(window.row.accounts) / Double(max(1, most[window.source] ?? 1))
        }
        let height =
            shares.isEmpty ? 0 : 10 + 80 * shares.reduce(0, +) / Double(shares.count)
        level = FixedPoint.text(height, decimals: 1)
        surface = FixedPoint.text(100 - height, decimals: 1)
        let leaders = site.leaders(in: windows)
        isUnusual = leaders.isUnusual == true
        isUsual = leaders.isUnusual == false
        self.leaders = leaders.rows.map { HashtagView($0, site, linker) }
        isEmpty = leaders.rows.isEmpty
    }

    /// The water of each source is measured by the most people that it had in one of the slots.
    static func all(
        _ slots: [Timestamp], of sources: [SourceHistory], _ site: Site, _ linker: Linker
    ) -> [TideView] {
        let due = slots.map { slot in sources.filter { site.isDue($0, at: slot) } }
        var most: [Int32: Int] = [:]
        for (slot, sources) in zip(slots, due) {
            for window in sources.compactMap({ $0.window(at: slot) }) where window.wasRead {
                most[window.source] = max(most[window.source] ?? 0, window.row.accounts)
            }
        }
        let isOneOfSeveral = Set(due.joined().map(\.name)).count > 1
        return zip(slots, due).map {
            TideView($0, of: $1, isOneOfSeveral: isOneOfSeveral, most: most, site, linker)
        }
    }
}

extension Site {
    /// Whether a slot should have been read of a source: it has a window of it, or had begun and is still configured.
    fileprivate func isDue(_ source: SourceHistory, at slot: Timestamp) -> Bool {
        source.window(at: slot) != nil
            || settings.sources.contains(source.name) && source.hasBegun(by: slot)
    }
}

extension RecordedWindow {
    /// The number of its source.
    fileprivate var source: Int32 { index.tables.windows[Int(number)].source }
}
