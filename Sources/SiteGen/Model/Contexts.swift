import Archive
import Calendar
import Links
import Tasks
import Text

/// What people wrote and linked together with listed hashtags, of the windows that pages are made of.
struct Contexts: Sendable {
    /// By the number of the window.
    private var windows: [Int32: Window] = [:]

    /// Of one window.
    struct Window: Sendable {
        /// Trending hashtags that the same people wrote, of each story the strongest first.
        fileprivate(set) var stories: [[ExactText]] = []
        /// By the key of the hashtag; most people first.
        fileprivate(set) var links: [ExactText: [Given]] = [:]
        /// Of the hashtags whose last window it is (`ArchiveIndex.lastWindow`): what else was written with them, by lift.
        fileprivate(set) var others: [ExactText: [Other]] = [:]
    }

    /// An address, and how many people gave it.
    struct Given: Sendable {
        let address: LinkAddress
        let title: String
        let accounts: Int
    }

    /// Another hashtag, and how many people wrote both in one post.
    struct Other: Sendable {
        let key: String
        let accounts: Int
        /// How many times as often as chance would have it; nil where nobody knows how many wrote the other.
        let lift: Double?
    }

    /// Nothing is known.
    static let none = Contexts()

    private init() {}

    /// Of the windows whose pages may be different, and of those that the feed and the front page show.
    init(_ history: History, _ change: Change, in archive: ArchiveReader) throws(SiteError) {
        let told = Self.dates(history, change)
        // What calendars tell of other days are stories alone.
        let dates =
            told.map { ($0, false) }
            + Self.peaks(history, change).subtracting(told).sorted().map { ($0, true) }
        let results = Parallel.map(dates.count) { index in
            Result { () throws(ArchiveError) in
                try ContextDay(dates[index].0, storiesOnly: dates[index].1, history, in: archive)
                    .windows
            }
        }
        for result in results {
            do throws(ArchiveError) {
                windows.merge(try result.get()) { one, _ in one }
            } catch {
                throw .archive(error)
            }
        }
    }

    subscript(window: Int32) -> Window { windows[window] ?? Window() }

    private static func dates(_ history: History, _ change: Change) -> [CivilDate] {
        let index = history.index
        func date(_ window: Int32) -> CivilDate { index.slot(ofWindow: window).date }
        var dates = history.dates(ofWindowsIn: change)
        for source in history.sources {
            dates.formUnion(source.windows.suffix(History.feedLength).map(\.row.slot.date))
            if let latest = source.latestRead { dates.insert(latest.row.slot.date) }
        }
        for tag in change.tags {
            let row = index.tables.tags[Int(tag)].lastRow
            dates.insert(date(index.tables.rows[Int(row)].window))
        }
        return dates.sorted()
    }

    /// The days on which the biggest stories were that the pages of weeks, months and years tell; a week tells those of
    /// each of its days.
    private static func peaks(_ history: History, _ change: Change) -> Set<CivilDate> {
        // All is read then.
        guard !change.isEverything else { return [] }
        let (index, days) = (history.index, ArchiveDays(history: history))
        let week = change.firstDay.map { CalendarWeek(of: $0).days } ?? []
        return days.stretches(change).reduce(into: Set(week)) { dates, stretch in
            let runs = TrendRun.strongest(
                from: Timestamp(stretch.lowerBound), to: Timestamp(stretch.upperBound), in: index)
            dates.formUnion(runs.map { index.slot(ofRow: $0.peak).date })
        }
    }
}

/// What the archive knows of the context of one day's windows.
private struct ContextDay {
    private(set) var windows: [Int32: Contexts.Window] = [:]

    private struct Key: Hashable {
        let slot: Timestamp
        let source: ExactText
    }

    init(
        _ date: CivilDate, storiesOnly: Bool, _ history: History, in archive: ArchiveReader
    ) throws(ArchiveError) {
        let related = try archive.related(date)
        let links = storiesOnly ? [] : try archive.links(date)
        guard !related.isEmpty || !links.isEmpty else { return }
        let index = history.index
        let range =
            index.tables.firstWindow(
                from: Timestamp(date))..<index.tables.firstWindow(
                from: Timestamp(date.advanced(by: 1)))
        var numbers: [Key: Int32] = [:]
        for window in range {
            let entry = index.tables.windows[window]
            let source = index.tables.name(ofSource: entry.source)
            let slot = Timestamp(secondsSinceEpoch: entry.slot)
            numbers[Key(slot: slot, source: ExactText(source))] = Int32(window)
        }
        for row in links {
            // A row of no window is what a killed run left.
            guard let window = numbers[Key(slot: row.slot, source: ExactText(row.source))],
                let address = LinkAddress(row.url), !history.withdrawn.contains(address),
                !history.withdrawn.contains(ExactText(row.tag))
            else { continue }
            let given = Contexts.Given(address: address, title: row.title, accounts: row.accounts)
            windows[window, default: .init()].links[ExactText(row.tag), default: []].append(given)
        }
        var shown: [Int32: [RelatedRow]] = [:]
        for row in related {
            guard let window = numbers[Key(slot: row.slot, source: ExactText(row.source))],
                !history.withdrawn.contains(ExactText(row.tag)),
                !history.withdrawn.contains(ExactText(row.other))
            else { continue }
            shown[window, default: []].append(row)
        }
        for (window, rows) in shown {
            let trends = index.window(window).trends ?? []
            windows[window, default: .init()].stories = trends.map(\.row).joined(by: rows)
        }
        if !storiesOnly { try addOthers(shown, date, history, in: archive) }
    }

    /// The others of hashtags whose last window it is, as their pages tell them.
    private mutating func addOthers(
        _ related: [Int32: [RelatedRow]], _ date: CivilDate, _ history: History,
        in archive: ArchiveReader
    ) throws(ArchiveError) {
        let tables = history.index.tables
        var told: [Int32: [RelatedRow]] = [:]
        for (window, rows) in related {
            told[window] = rows.filter { row in
                guard let tag = tables.tag(row.tag) else { return false }
                return history.index.lastWindow(ofTag: tag) == window
            }
        }
        told = told.filter { !$0.value.isEmpty }
        guard !told.isEmpty else { return }
        let wanted = Set(
            told.values.joined().flatMap { [Array($0.tag.utf8), Array($0.other.utf8)] })
        var people: [Int32: [ExactText: Int]] = [:]
        for part in try archive.tails(date, of: { wanted.contains(Array($0)) }) {
            for window in told.keys
            where history.index.slot(ofWindow: window) == part.slot
                && tables.name(ofSource: tables.windows[Int(window)].source).utf8
                    .elementsEqual(part.source.utf8)
            {
                for row in part.rows {
                    people[window, default: [:]][ExactText(row.tag)] = row.accounts
                }
            }
        }
        for (window, rows) in told {
            let all = Double(tables.windows[Int(window)].accounts)
            for row in rows {
                let tag = ExactText(row.tag)
                var lift: Double?
                if let one = people[window]?[tag], let two = people[window]?[ExactText(row.other)] {
                    lift = Double(row.accounts) * all / (Double(one) * Double(two))
                }
                let other = Contexts.Other(key: row.other, accounts: row.accounts, lift: lift)
                windows[window]?.others[tag, default: []].append(other)
            }
            // What nobody knows the size of comes last.
            for (tag, others) in windows[window]?.others ?? [:] {
                windows[window]?.others[tag] = others.sorted { one, other in
                    (other.lift ?? 0, other.accounts, ExactText(one.key))
                        < (one.lift ?? 0, one.accounts, ExactText(other.key))
                }
            }
        }
    }
}
