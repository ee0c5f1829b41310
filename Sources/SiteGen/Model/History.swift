import Archive
import Calendar
import Text

/// The archive as the pages need it; every page is a function of it.
struct History: Sendable {
    /// The built-in demonstration source: its numbers are invented.
    static let demonstrationSource = "sample"
    /// Windows in the feed; more would make every poll dearer and no reader wiser.
    static let feedLength = 40

    let index: ArchiveIndex
    /// Configured sources first, in their order; then those that only the archive knows, by name.
    let sources: [SourceHistory]
    /// Those that are told where several are told together: all but editions.
    let mergedSources: [SourceHistory]
    let schedule: Schedule
    /// Start of the first and of the last slot in the archive.
    let first: Timestamp
    let last: Timestamp
    /// The slots of all windows, in order, each once.
    let slots: [Timestamp]
    let tags: TagHistories
    let withdrawn: Withdrawals

    var isDemonstration: Bool { sources.contains { $0.name == Self.demonstrationSource } }

    /// Of tables that hold a window.
    init(_ tables: ArchiveTables, withdrawn: Withdrawals, settings: SiteSettings) {
        let names = Set(tables.sources.indices.map { ExactText(tables.name(ofSource: Int32($0))) })
        // What is read with a source that the archive does not know stands for itself.
        let editions = Set(
            settings.editions.filter { names.contains(ExactText($0.value)) }.map {
                ExactText($0.key)
            })
        index = ArchiveIndex(tables, without: editions)
        self.withdrawn = withdrawn
        schedule = settings.schedule
        slots = tables.slots(from: Timestamp(secondsSinceEpoch: .min))
        first = slots.first ?? Timestamp(secondsSinceEpoch: 0)
        last = slots.last ?? first
        tags = TagHistories(index: index)
        let known = tables.sources.indices.map { [index] in SourceHistory($0, of: index) }
        let configured = settings.sources.compactMap { name in
            known.first { ExactText($0.name) == ExactText(name) }
        }
        let others = known.filter { source in
            !settings.sources.contains { ExactText($0) == ExactText(source.name) }
        }
        sources = configured + others.sorted { ExactText($0.name) < ExactText($1.name) }
        mergedSources = sources.filter { !editions.contains(ExactText($0.name)) }
    }

    /// The newest slot that some source read; the last one if none ever was.
    var lastRead: Timestamp { mergedSources.compactMap(\.latestRead).map(\.row.slot).max() ?? last }

    /// The versions of Tidemark that counted, each with the first slot of its turn, in order.
    var versions: [(version: String, first: Timestamp)] {
        let tables = index.tables
        var found: [(text: Int32, slot: Int64)] = []
        for window in tables.windows where window.wasRead && window.version != found.last?.text {
            if let last = found.last, tables.texts[last.text] == tables.texts[window.version] {
                continue
            }
            found.append((window.version, window.slot))
        }
        return found.map { (tables.texts[$0.text], Timestamp(secondsSinceEpoch: $0.slot)) }
    }

    /// Whether every slot that ends by then is past.
    func isOver(_ end: Timestamp) -> Bool { schedule.slot(containing: last).end >= end }

    /// The slots in `[start, end]` of which some source read something, in order.
    func readSlots(from start: Timestamp, through end: Timestamp) -> [Timestamp] {
        let windows = index.tables.windows
        let first = windows.partitioningIndex { $0.slot >= start.secondsSinceEpoch }
        var slots: [Timestamp] = []
        for window in windows[first...] {
            guard window.slot <= end.secondsSinceEpoch else { break }
            let slot = Timestamp(secondsSinceEpoch: window.slot)
            if window.wasRead, slots.last != slot { slots.append(slot) }
        }
        return slots
    }
}

/// The days from the first slot of the archive to the last, and the slots of each.
struct ArchiveDays: Sendable {
    let history: History

    /// Every day, also those without a window, in order.
    var all: [CivilDate] {
        (history.first.date.daysSinceEpoch...history.last.date.daysSinceEpoch)
            .map(CivilDate.init(daysSinceEpoch:))
    }

    /// The last that what need not be fresh is made of, so that it changes once a day: the one before the last; the
    /// last where there is no other.
    var lastOver: CivilDate { max(history.first.date, history.last.date.advanced(by: -1)) }

    /// The slots due on a day within the archive's span and those archived beside the schedule.
    func slots(of date: CivilDate) -> [Timestamp] {
        let due = history.schedule.slots(of: date).map(\.start)
            .filter { $0 >= history.first && $0 <= history.last }
        let midnight = Timestamp(date)
        let archived = history.sources.flatMap { source in
            source.slots(from: midnight, to: midnight + 86_400)
        }
        return Set(due + archived).sorted()
    }

    /// The latest slots, oldest first, that together make up 24 hours.
    var latestSlots: [Timestamp] {
        let schedule = history.schedule
        let end = schedule.slot(containing: history.last).end
        return schedule.slots(from: max(history.first, end - 86_400), through: history.last)
            .map(\.start)
    }
}

extension ArchiveDays {
    /// The years, months and weeks whose pages may be different. As one is new, so is what leads to it: a change begins on
    /// the last day that was there, if not before.
    func stretches(_ change: Change) -> [Range<CivilDate>] {
        let (first, last) = (history.first.date, history.last.date)
        var stretches: [Range<CivilDate>] = []
        for year in first.year...last.year where change.reaches(year: year) {
            if let start = CivilDate(year: year, month: 1, day: 1),
                let end = CivilDate(year: year + 1, month: 1, day: 1)
            {
                stretches.append(start..<end)
            }
        }
        for month in months where change.reaches(month.lastOfMonth) {
            stretches.append(month..<month.lastOfMonth.advanced(by: 1))
        }
        var week = CalendarWeek(of: first)
        while week.monday <= last {
            if change.reaches(week.sunday) {
                stretches.append(week.monday..<week.sunday.advanced(by: 1))
            }
            week = week.advanced(by: 1)
        }
        return stretches
    }

    /// The first day of every month, in order.
    var months: [CivilDate] {
        var months: [CivilDate] = []
        var day = history.first.date.firstOfMonth
        while day <= history.last.date {
            months.append(day)
            day = day.lastOfMonth.advanced(by: 1)
        }
        return months
    }
}

/// What every page is made from.
struct Site: Sendable {
    let history: History
    let settings: SiteSettings
    var tails = RecentTails.none
    var tagTails = TagTails.none
    var contexts = Contexts.none
    var merged = MergedSlots.none
    /// Who the items of the feed are said to be of; nil if there is no feed.
    var authority: String?
    /// The feed that stands, of an earlier build; nil if there is none.
    var feedBefore: [UInt8]?
    /// How many lines the latest lists of each source lack, as their hashtags were withdrawn.
    var withheld: [WithheldRow] = []

    var days: ArchiveDays { ArchiveDays(history: history) }

    /// What ranks decide by first.
    func measure(of row: TopRow) -> Int { settings.rankedByPosts ? row.posts : row.accounts }

    /// A line's share of all people of its window, `2.31%`; `–` where nobody was counted.
    func share(of row: TopRow) -> String {
        let source = history.sources.first { ExactText($0.name) == ExactText(row.source) }
        guard let all = source?.window(at: row.slot)?.row.accounts, all > 0 else { return "–" }
        return FixedPoint.text(100 * Double(row.accounts) / Double(all), decimals: 2) + "%"
    }

    /// What pages call a source.
    func title(of source: String) -> String { settings.sourceTitles[source] ?? source }

    func slug(of tag: String) -> String { Slug.segment(for: tag) }
}
