import Archive
import Text

/// All sources of the newest slot that was read in one list, each counting as much as any other.
struct MergedView: View {
    let slotTime: String
    let slotLabel: String
    let sources: [SourceView]
    let entries: [EntryView]
    /// The sources that take no part.
    let absent: [AbsentView]

    struct AbsentView: View {
        let absentName: String
        let reason: String
    }

    struct SourceView: View {
        let name: String
        let jump: Link
        let people: String
        let coverage: String
        /// The first of its trending hashtags; nil if no one could tell yet.
        let trending: RankingView?
    }

    struct EntryView: View {
        let rank: String
        let tag: String
        /// Nil for a hashtag that no source alone has listed.
        let tagLink: Link?
        let share: String
        /// Width of the bar, of 100.
        let bar: String
        let people: [PeopleView]
    }

    /// How many people of a source; of those alone that know.
    struct PeopleView: View {
        let count: String
        let source: String
    }

    /// Nil unless at least two sources have read the slot.
    init?(_ site: Site, _ linker: Linker) {
        guard let merged = MergedLists(site) else { return nil }
        let (history, newest, parts) = (site.history, merged.slot, merged.parts)
        slotTime = newest.description
        slotLabel = site.moment(newest)
        absent = history.sources.enumerated().filter { index, _ in
            !parts.contains { $0.index == index }
        }
        .map { AbsentView(absentName: site.title(of: $1.name), reason: $1.reason(at: newest)) }
        // Together as long as the list beside them.
        let places = (site.settings.top + parts.count - 1) / parts.count
        sources = parts.map { part in
            SourceView(
                name: site.title(of: part.name), jump: Link("#" + NowSourceView.anchor(part.index)),
                people: Wording.count(part.window.row.accounts, "person", "people"),
                coverage: Wording.percent(part.window.row.coverage),
                trending: RankingView(
                    trending: part.window, places: places, site: site, linker: linker))
        }
        let most = merged.entries.first?.meanShare ?? 0
        entries = merged.entries.enumerated().map { place, entry in
            EntryView(
                rank: String(place + 1), tag: site.spelling(of: entry.tag).text,
                tagLink: history.tags.tag(ExactText(entry.tag)).map {
                    linker.to(.tag(slug: $0.slug))
                },
                share: FixedPoint.text(100 * entry.meanShare, decimals: 2) + "%",
                bar: FixedPoint.text(100 * entry.meanShare / most, decimals: 1),
                people: parts.compactMap { part in
                    entry.accounts[part.name].map {
                        PeopleView(
                            count: Wording.number($0), source: site.title(of: part.name))
                    }
                })
        }
    }
}
