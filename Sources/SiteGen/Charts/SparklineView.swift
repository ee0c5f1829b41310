import Calendar
import Text

/// The last slots of a hashtag as a small line: it breaks where the count is unknown, and slots that
/// were not recorded are shaded.
struct SparklineView: View {
    /// The same in words.
    let title: String
    /// Width of the drawing; it is 24 high.
    let width: String
    /// Path data: the line, and as far as there are any its last point and the shades.
    let line: String
    let end: String?
    let gaps: String?
    /// The slots in which it was unusual.
    let events: String?

    private static let step = 4

    /// One element a slot, oldest first: the number of people, nil where it is unknown.
    init(_ people: [Int?], isRead: [Bool], isUnusual: [Bool]) {
        let most = people.compactMap(\.self).max() ?? 0
        width = String(people.count * Self.step)
        func point(_ index: Int, _ count: Int) -> String {
            "\(index * Self.step + Self.step / 2) \(22 - 20 * count / max(1, most))"
        }
        var line = ""
        for (index, count) in people.enumerated() {
            guard let count else { continue }
            let goesOn = index > 0 && people[index - 1] != nil
            let isAlone = !goesOn && (index + 1 == people.count || people[index + 1] == nil)
            line += (goesOn ? "L" : "M") + point(index, count) + (isAlone ? "h0" : "")
        }
        self.line = line
        end = people.last.flatMap(\.self).map { "M\(point(people.count - 1, $0))h0" }
        let gaps = isRead.indices.filter { !isRead[$0] }
            .map { "M\($0 * Self.step) 0h\(Self.step)v24h-\(Self.step)z" }
        self.gaps = gaps.isEmpty ? nil : gaps.joined()
        let events = people.enumerated().compactMap { index, count in
            isUnusual[index] ? count.map { "M\(point(index, $0))h0" } : nil
        }
        self.events = events.isEmpty ? nil : events.joined()
        title = Self.title(
            of: people.compactMap(\.self), of: people.count, isRead: isRead,
            unusual: events.count)
    }

    private static func title(
        of known: [Int], of slots: Int, isRead: [Bool], unusual: Int
    ) -> String {
        let most = known.max() ?? 0
        let range = Set([known.min() ?? 0, most]).sorted().map(Wording.number)
        let missing = isRead.count { !$0 }
        return [
            "The last \(Wording.count(slots, "period", "periods")): known in \(known.count)",
            known.isEmpty
                ? nil
                : "\(range.joined(separator: " to ")) "
                    + Wording.noun(most, "person", "people"),
            unusual > 0 ? "unusual in \(unusual)" : nil,
            missing > 0 ? "\(missing) not recorded" : nil,
        ]
        .compactMap(\.self).joined(separator: ", ")
    }
}

/// What the sparklines of a window's lists are drawn from: the last slots of its source.
struct Sparklines: Sendable {
    /// Oldest first; the others go with them.
    let slots: [Timestamp]
    let isRead: [Bool]
    private let source: SourceHistory
    private let listed: [ExactText: [Int: Int]]
    /// The slots in which a hashtag trended.
    private let trending: [ExactText: Set<Int>]
    private let tails: RecentTails

    /// The slots up to `last`, that one included, and no further back than the archive.
    init(of source: SourceHistory, until last: Timestamp, in site: Site) {
        self.source = source
        tails = site.tails
        slots = site.history.schedule.slots(RecentTails.length, through: last).map(\.start)
            .filter { $0 >= site.history.first }
        let windows = slots.map { source.window(at: $0) }
        isRead = windows.map { $0?.wasRead ?? false }
        var listed: [ExactText: [Int: Int]] = [:]
        var trending: [ExactText: Set<Int>] = [:]
        for (index, window) in windows.enumerated() {
            for entry in window?.trends ?? [] { trending[entry.key, default: []].insert(index) }
            for entry in (window?.entries ?? []) + (window?.trends ?? []) {
                listed[entry.key, default: [:]][index] = entry.row.accounts
            }
        }
        (self.listed, self.trending) = (listed, trending)
    }

    /// How many people wrote a hashtag in each slot; nil where nobody knows.
    func people(of tag: ExactText) -> [Int?] {
        slots.indices.map { index in
            guard isRead[index] else { return nil }
            return listed[tag]?[index] ?? tails.people(of: tag, at: slots[index], in: source.name)
        }
    }

    func isUnusual(_ tag: ExactText) -> [Bool] {
        slots.indices.map { trending[tag]?.contains($0) ?? false }
    }

    /// Nil while but one slot was read.
    func view(of tag: ExactText) -> SparklineView? {
        guard isRead.count(where: \.self) > 1 else { return nil }
        return SparklineView(people(of: tag), isRead: isRead, isUnusual: isUnusual(tag))
    }
}
