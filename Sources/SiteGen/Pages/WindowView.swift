import Archive
import Calendar

/// What a source read of a slot; no window for a gap.
struct ReadingView: View {
    let sourceAnchor: String
    let source: String
    /// What it is an edition of; nil of other sources.
    let parent: String?
    /// What leads an edition, which is folded away.
    let leaders: [String]
    let window: WindowView?
    /// Nil also where no charts are drawn.
    let chart: BarsView?

    private init(
        _ slot: Timestamp, source index: Int, hasCharts: Bool, _ site: Site, _ linker: Linker
    ) {
        let source = site.history.sources[index]
        sourceAnchor = Place.anchor(of: slot, source: index)
        self.source = site.title(of: source.name)
        parent = site.parent(of: source, by: slot).map { site.title(of: $0.name) }
        let read = source.window(at: slot).flatMap { $0.wasRead ? $0 : nil }
        leaders =
            parent == nil
            ? [] : read.map { site.leaders(in: [$0]).titles } ?? ["not recorded"]
        window = read.map { WindowView($0, site: site, linker: linker) }
        chart = hasCharts ? read.flatMap { BarsView(list: $0, number: index + 1, site) } : nil
    }

    /// Of the sources that were due then, each before its editions: no page shall change with a source that comes later.
    static func all(
        _ slot: Timestamp, hasCharts: Bool = false, _ site: Site, _ linker: Linker
    ) -> [ReadingView] {
        let sources = site.history.sources
        /// The place of what an edition is read with.
        func place(_ index: Int) -> Int {
            let parent = site.parent(of: sources[index], by: slot)?.name
            return sources.firstIndex { $0.name == parent } ?? index
        }
        return sources.indices.filter { site.wasDue(sources[$0], at: slot) }
            .sorted {
                (place($0), place($0) == $0 ? 0 : 1, $0) < (place($1), place($1) == $1 ? 0 : 1, $1)
            }
            .map { ReadingView(slot, source: $0, hasCharts: hasCharts, site, linker) }
    }
}

extension Site {
    /// Whether a source had begun by then, and was not given up before.
    fileprivate func wasDue(_ source: SourceHistory, at slot: Timestamp) -> Bool {
        source.hasBegun(by: slot)
            && (settings.sources.contains(source.name)
                || source.windows.last.map { $0.row.slot >= slot } ?? false)
    }

    /// What an edition is read with, if that had begun by then.
    fileprivate func parent(of source: SourceHistory, by slot: Timestamp) -> SourceHistory? {
        parent(of: source).flatMap { $0.hasBegun(by: slot) ? $0 : nil }
    }
}

extension SourceHistory {
    /// Whether it has a window of this slot or an earlier one.
    func hasBegun(by slot: Timestamp) -> Bool {
        windows.first.map { $0.row.slot <= slot } ?? false
    }

    /// That there is nothing of a slot, and why if that is known: a sentence without its full stop.
    ///
    /// - Parameter moment: the slot, for people.
    func gap(at slot: Timestamp, of moment: String) -> String {
        guard let row = window(at: slot)?.row else {
            return hasBegun(by: slot)
                ? "\(moment) was not recorded" : "nothing has been recorded yet"
        }
        if row.status != .missing { return "nobody was counted in \(moment)" }
        let note = row.note ?? ""
        let reason =
            if note.isEmpty { "" } else if note.hasSuffix("?") { " (\(note))" } else { ": \(note)" }
        return "\(moment) was not recorded\(reason)"
    }
}

/// A window that was read, with its list.
struct WindowView: View {
    let permalink: Link
    let slotTime: String
    /// `22 November 2026, 18:00–24:00`
    let slotLabel: String
    let readFrom: String
    let readTo: String
    let duration: String
    /// `complete`, `partial` or `backfilled`: the name of its style.
    let status: String
    let statusLabel: String
    let coverage: String
    let people: String
    let posts: String
    let tagged: String
    let tags: String
    /// Records that did not count.
    let leftOut: String
    let leftOutNoun: String
    let reasons: [DropReasonView]
    /// Hashtags that were counted and may not be listed; nil if there are none.
    let held: String?
    /// What happened, in words.
    let remark: String?
    /// What it takes for a trending list.
    let unknown: String
    let popular: RankingView
    let trending: RankingView?
    let hasLinks: Bool
    let linked: [LinkedTagView]
    /// Where to report an address; nil if the operator cannot be reached.
    let report: Link?

    init(
        _ window: RecordedWindow, sparks: Sparklines? = nil, site: Site, linker: Linker
    ) {
        let row = window.row
        permalink = linker.to(.window(row.slot))
        slotTime = row.slot.description
        slotLabel = site.moment(row.slot)
        readFrom = Wording.clock(row.start)
        readTo = Wording.clock(row.end, endingDay: true)
        duration = Wording.duration(seconds: row.end.seconds(since: row.start))
        status = row.status.rawValue
        statusLabel = Self.label(of: row)
        coverage = Wording.percent(row.coverage)
        people = Wording.count(row.accounts, "person", "people")
        posts = Wording.count(row.posts, "post", "posts")
        tagged = Wording.number(row.tagged)
        tags = Wording.count(row.tags, "hashtag", "hashtags")
        leftOut = Wording.number(row.dropped)
        leftOutNoun = row.dropped == 1 ? "record" : "records"
        reasons = DropReasonView.all(row.reasons ?? DropReasons())
        held = row.held.flatMap { $0 > 0 ? Wording.number($0) : nil }
        remark = row.note.flatMap { $0.isEmpty ? nil : $0 }
        unknown = Wording.unknown
        popular = RankingView(popular: window, sparks: sparks, site: site, linker: linker)
        trending = RankingView(trending: window, sparks: sparks, site: site, linker: linker)
        linked = LinkedTagView.all(of: window, site, linker)
        hasLinks = !linked.isEmpty
        report = site.settings.contactLink
    }

    private static func label(of row: WindowRow) -> String {
        switch row.status {
        case .complete: "Complete"
        case .backfilled: "Complete, read later"
        case .partial: "Partial: \(Wording.percent(row.coverage)) read"
        case .missing: "Not recorded"
        }
    }
}

/// How many records of a window, or hashtags, did not count for one reason.
struct DropReasonView: View {
    let count: String
    let reason: String

    /// Most first, then by name; reasons that this version does not know as they are named.
    static func all(_ reasons: DropReasons) -> [DropReasonView] {
        reasons.counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { name, count in
            DropReasonView(
                count: Wording.number(count),
                reason: words[name].map { count == 1 ? $0.one : $0.many }
                    ?? name.split(separator: "_").joined(separator: " "))
        }
    }

    private static let words: [String: (one: String, many: String)] = [
        "bot": ("by a bot", "by bots"), "deleted": ("deleted", "deleted"),
        "invalid": ("unreadable", "unreadable"),
        "language": ("in another language", "in another language"),
        "max_tags": ("with too many hashtags", "with too many hashtags"),
        "mistimed": ("with an impossible time", "with an impossible time"),
        "removed_with_account": ("of a removed account", "of removed accounts"),
        "repost": ("repost", "reposts"),
        "sensitive": ("marked as sensitive", "marked as sensitive"),
        "tag_cashtag": ("cashtag", "cashtags"),
        "tag_control_or_hash": (
            "hashtag with control characters", "hashtags with control characters"
        ),
        "tag_digits": ("hashtag of digits alone", "hashtags of digits alone"),
        "tag_empty": ("hashtag of nothing", "hashtags of nothing"),
        "tag_too_long": ("hashtag too long", "hashtags too long"),
    ]
}
