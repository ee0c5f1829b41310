import Archive
import Calendar
import Output
import Text

/// What people wrote in the newest slot, over all sources that read it: first what is unusual, then what is popular,
/// and apart what is popular nearly always.
struct NowListView: View {
    let slotTime: String
    let slotLabel: String
    let window: Link
    /// The whole list over all sources; nil of one alone.
    let all: Link?
    let hasSeveral: Bool
    let hasUnusual: Bool
    let unusual: [NowEntryView]
    /// Why there is nothing unusual.
    let usualness: String
    let hasPopular: Bool
    let popular: [NowEntryView]
    let hasAlways: Bool
    let always: [HashtagView]
    /// Whether no hashtag was counted.
    let isEmpty: Bool

    /// Rows of each kind at the most: three screens are enough for a front page.
    private static let (mostUnusual, mostPopular) = (6, 8)

    /// Of the sources that read the newest slot; nil if nobody was counted.
    init?(_ sources: [SourceHistory], _ site: Site, _ linker: Linker) {
        let (history, slot) = (site.history, site.history.lastRead)
        let parts = sources.compactMap { source in
            source.window(at: slot).flatMap { $0.row.accounts > 0 ? (source, $0) : nil }
        }
        guard !parts.isEmpty else { return nil }
        let windows = parts.map(\.1)
        let ranking = MergedRanking(windows.map { MergedLists.source($0, site) })
        // One source alone has its own order.
        let ranked =
            windows.count > 1
            ? ranking.entries.map { ExactText($0.tag) } : windows[0].entries.map(\.key)
        let merged = Dictionary(
            ranking.entries.map { (ExactText($0.tag), $0) }, uniquingKeysWith: { one, _ in one })
        let end = history.schedule.slot(containing: slot).end
        let evergreens = Evergreens(weekUpTo: end, in: history.index)
        let stories = site.stories(in: windows)
        let told = Set(stories.flatMap(\.keys))
        let steady = evergreens.tags.filter { !told.contains(history.index.key(ofTag: $0)) }
            .prefix(8)
        // What the line of them has no room for stays in the list.
        let apart = told.union(steady.map(history.index.key(ofTag:)))
        let places = ranked.prefix(site.settings.top).enumerated()
            .filter { !apart.contains($0.element) }
            .prefix(Self.mostPopular)
        let sparks = parts.map { Sparklines(of: $0.0, until: slot, in: site) }
        let rows = NowEntryView.Rows(
            windows: windows, merged: merged, sparks: sparks, site: site, linker: linker)
        slotTime = slot.description
        slotLabel = site.moment(slot)
        window = linker.to(.window(slot))
        all = site.hasAll ? linker.to(.source(name: SiteLayout.all)) : nil
        hasSeveral = windows.count > 1
        let best = stories.first?.score ?? 0
        unusual = stories.prefix(Self.mostUnusual).map {
            NowEntryView($0, bar: $0.score / max(best, .leastNormalMagnitude), rows)
        }
        hasUnusual = !unusual.isEmpty
        usualness =
            windows.contains { $0.trends != nil }
            ? "Nothing: no hashtag had many more people than usual."
            : Wording.unknown
        let sizes = places.map { place in
            windows.count > 1
                ? merged[place.element]?.meanShare ?? 0
                : Double(site.measure(of: windows[0].entries[place.offset].row))
        }
        let most = max(sizes.max() ?? 0, .leastNormalMagnitude)
        popular = zip(places, sizes).map { place, size in
            NowEntryView(
                popular: place.element, place: place.offset + 1, bar: size / most, rows)
        }
        hasPopular = !popular.isEmpty
        always = steady.map { HashtagView(history.tags.listing($0), linker) }
        hasAlways = !always.isEmpty
        isEmpty = ranked.isEmpty
    }
}

/// A line of the front page's list.
struct NowEntryView: View {
    /// Its place, or how many times as many people as usual: `9.1×`.
    let rank: String
    let tag: String
    /// Nil for a hashtag that no source alone has listed.
    let tagLink: Link?
    let note: String
    let hasParts: Bool
    let parts: [EntryView.PartView]
    let people: [CountView]
    /// Of the people of a source, on average.
    let share: String
    /// Width of the bar, of 100: what the list is ranked by.
    let bar: String
    let moved: EntryView.MovementView?
    let spark: SparklineView?

    /// How many people of a source; of those alone that know.
    struct CountView: View {
        let count: String
        /// Nil where there is but one.
        let source: String?
    }

    /// What the lines are made of.
    struct Rows {
        let windows: [RecordedWindow]
        let merged: [ExactText: MergedRanking.Entry]
        let sparks: [Sparklines]
        let site: Site
        let linker: Linker
    }

    init(_ story: Story, bar: Double, _ rows: Rows) {
        let row = story.lead.row
        let source = rows.windows.firstIndex { $0.row.source == row.source } ?? 0
        let place = rows.windows.count > 1 ? " on \(rows.site.title(of: row.source))" : ""
        self.init(
            story.lead.key, rank: Wording.trend(row), note: Wording.reason(story.lead) + place,
            bar: bar, moved: story.movement, parts: story.parts, spark: source, rows)
    }

    init(popular key: ExactText, place: Int, bar: Double, _ rows: Rows) {
        // Told as the source has it that lists it best.
        let best = rows.windows.enumerated()
            .compactMap { index, window in
                window.entries.first { $0.key == key }.map { (index, $0) }
            }
            .min { ($0.1.row.rank, $0.0) < ($1.1.row.rank, $1.0) }
        let site = rows.site
        let source = rows.windows.count > 1 ? best.map { site.title(of: $0.1.row.source) } : nil
        let stay = best.map { Wording.stay($0.1, site) } ?? ""
        self.init(
            key, rank: String(place),
            note: stay.isEmpty ? "" : stay + (source.map { " on \($0)" } ?? ""),
            bar: bar, moved: best?.1.movement, parts: [], spark: best?.0, rows)
    }

    private init(
        _ key: ExactText, rank: String, note: String, bar: Double, moved: Movement?,
        parts: [ListEntry], spark: Int?, _ rows: Rows
    ) {
        let (site, linker) = (rows.site, rows.linker)
        self.rank = rank
        tag = site.spelling(of: key.text).text
        tagLink =
            site.history.tags.holds(key.text)
            ? linker.to(.tag(slug: site.slug(of: key.text))) : nil
        self.note = note
        self.parts = parts.map { EntryView.PartView($0, site, linker) }
        hasParts = !parts.isEmpty
        let entry = rows.merged[key]
        people = rows.windows.compactMap { window in
            entry?.accounts[window.row.source].map {
                CountView(
                    count: Wording.number($0),
                    source: rows.windows.count > 1 ? site.title(of: window.row.source) : nil)
            }
        }
        let share = entry?.meanShare ?? 0
        self.share = FixedPoint.text(100 * share, decimals: 2) + "%"
        self.bar = FixedPoint.text(100 * bar, decimals: 1)
        self.moved = moved.map(EntryView.MovementView.init)
        self.spark = spark.flatMap { rows.sparks[$0].view(of: key) }
    }
}
