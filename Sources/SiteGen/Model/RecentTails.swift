import Archive
import Calendar
import Text

/// What the stored tails of the last slots know of a few hashtags, for the front page: a list holds ten
/// counts, its tail a thousand.
struct RecentTails: Sendable {
    /// Slots looked back on.
    static let length = 28

    /// The tails of the newest slot that was read, by source, without withdrawn hashtags.
    let last: [ExactText: [TailRow]]
    private let people: [Key: Int]

    /// Nothing is known.
    static let none = RecentTails(last: [:], people: [:])

    private init(last: [ExactText: [TailRow]], people: [Key: Int]) {
        (self.last, self.people) = (last, people)
    }

    /// Of the hashtags in the latest lists, over the last slots of each source.
    init(_ history: History, in archive: ArchiveReader) throws(SiteError) {
        let lists = history.sources.compactMap(\.latestRead)
        let wanted = Set(lists.flatMap { ($0.entries + ($0.trends ?? [])).map(\.key) })
        let slots = history.schedule.slots(
            Self.length + 1, through: lists.map(\.row.slot).min() ?? history.last)
        let first = slots.first?.start ?? history.first
        let newest = history.lastRead
        var people: [Key: Int] = [:]
        var last: [ExactText: [TailRow]] = [:]
        for day in max(first, history.first).date.daysSinceEpoch...history.last.date.daysSinceEpoch
        {
            let rows: [TailRow]
            do throws(ArchiveError) {
                rows = try archive.tail(CivilDate(daysSinceEpoch: day))
            } catch {
                throw .archive(error)
            }
            for row in rows {
                let (tag, source) = (ExactText(row.tag), ExactText(row.source))
                if row.slot == newest, !history.withdrawn.contains(tag) {
                    last[source, default: []].append(row)
                }
                if wanted.contains(tag) {
                    people[Key(slot: row.slot, source: source, tag: tag)] = row.accounts
                }
            }
        }
        self.init(last: last, people: people)
    }

    func people(of tag: ExactText, at slot: Timestamp, in source: String) -> Int? {
        people[Key(slot: slot, source: ExactText(source), tag: tag)]
    }

    private struct Key: Hashable {
        let slot: Timestamp
        let source: ExactText
        let tag: ExactText
    }
}
