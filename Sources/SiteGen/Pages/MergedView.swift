import Archive
import Calendar
import Output
import Text

/// All sources of a slot in one list, each counting as much as any other.
struct MergedView: View {
    let anchor: String
    let permalink: Link
    let slotTime: String
    let slotLabel: String
    /// `Bluesky and Mastodon`
    let sources: String
    let entries: [EntryView]

    /// What all sources together are called, among the sources of a page.
    static let title = "All together"

    struct EntryView: View {
        let rank: String
        let tag: String
        /// Nil for a hashtag that no source alone has listed.
        let tagLink: Link?
        /// Of the people of a source, on average.
        let share: String
        /// Width of the bar, of 100.
        let bar: String
        let people: [NowEntryView.CountView]
    }

    /// Nil unless two sources or more have read the slot.
    init?(_ slot: Timestamp, _ site: Site, _ linker: Linker) {
        let merged = site.merged[slot]
        guard let most = merged.first?.meanShare, most > 0 else { return nil }
        anchor = Place.anchorOfAll(of: slot)
        permalink = linker.to(.window(slot), anchor: anchor)
        slotTime = slot.description
        slotLabel = site.moment(slot)
        let parts = site.history.mergedSources.filter { $0.window(at: slot)?.isMerged ?? false }
        sources = Wording.list(parts.map { site.title(of: $0.name) })
        // Of a hashtag that some list has later on, this page knows nothing.
        let last = parts.compactMap { $0.window(at: slot)?.number }.max()
        entries = merged.enumerated().map { place, entry in
            let known = site.history.tags.listing(entry.tag, by: last)
            return EntryView(
                rank: String(place + 1), tag: known?.spelling.text ?? entry.tag,
                tagLink: known.map { linker.to(.tag(slug: $0.slug)) },
                share: FixedPoint.text(100 * entry.meanShare, decimals: 2) + "%",
                bar: FixedPoint.text(100 * entry.meanShare / most, decimals: 1),
                people: parts.compactMap { source in
                    entry.accounts[source.name].map {
                        NowEntryView.CountView(
                            count: Wording.number($0), source: site.title(of: source.name))
                    }
                })
        }
    }
}

/// All sources together by themselves: the page of their latest lists.
struct MergedPageView: PageView {
    static let template = "all"

    var title: String { MergedView.title }
    let summary: String
    let name: String
    let tabs: TabsView
    let stories: [StoryView]
    let hasStories: Bool
    let latest: MergedView?
    let tide: [TideView]

    struct StoryView: View {
        let tag: HashtagView
        let reason: String
        let source: String
        let hasParts: Bool
        let parts: [HashtagView]
    }

    init(_ site: Site, _ linker: Linker) {
        let (history, slot) = (site.history, site.history.lastRead)
        let windows = history.mergedSources.compactMap { $0.window(at: slot) }
        name = MergedView.title
        tabs = TabsView(SiteLayout.all, site, linker)
        stories = site.stories(in: windows).prefix(site.settings.top).map { story in
            StoryView(
                tag: HashtagView(story.lead.row, site, linker),
                reason: Wording.reason(story.lead), source: site.title(of: story.lead.row.source),
                hasParts: !story.parts.isEmpty,
                parts: story.parts.map { HashtagView($0.row, site, linker) })
        }
        hasStories = !stories.isEmpty
        latest = MergedView(slot, site, linker)
        tide = TideView.all(site.days.latestSlots, of: history.mergedSources, site, linker)
        let leaders = site.leaders(in: windows).titles
        summary =
            "What people write over all sources"
            + (leaders.isEmpty ? "." : ", first of all \(leaders.joined(separator: ", ")).")
    }
}
