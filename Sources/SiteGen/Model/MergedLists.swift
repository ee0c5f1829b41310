import Archive
import Calendar
import Output
import Text

/// All sources of the newest slot that was read in one list, each counting as much as any other.
struct MergedLists {
    let slot: Timestamp
    /// The sources that take part, and the place of each among all.
    let parts: [(index: Int, name: String, window: RecordedWindow)]
    /// As many as a list has places, best first.
    let entries: [MergedRanking.Entry]

    /// Nil unless at least two sources have read the slot.
    init?(_ site: Site) {
        let newest = site.history.lastRead
        let parts = site.history.mergedSources.enumerated().compactMap { index, source in
            source.window(at: newest).flatMap { window in
                window.wasRead && window.row.accounts > 0
                    ? (index: index, name: source.name, window: window) : nil
            }
        }
        guard parts.count > 1 else { return nil }
        let ranking = MergedRanking(
            parts.map { Self.source($0.window, site) })
        (slot, self.parts) = (newest, parts)
        entries = Array(ranking.entries.prefix(site.settings.top))
    }

    /// A window of the newest slot that was read, as far as counts of it were kept.
    static func source(_ window: RecordedWindow, _ site: Site) -> MergedRanking.Source {
        MergedRanking.Source(
            window: window.row, top: (window.entries + (window.trends ?? [])).map(\.row),
            tail: site.tails.last[ExactText(window.row.source)] ?? [])
    }
}

extension Site {
    /// Whether there is a page of all sources together: of several, none of which has its name.
    var hasAll: Bool {
        history.mergedSources.count > 1 && !history.sources.contains { $0.name == SiteLayout.all }
    }
}
