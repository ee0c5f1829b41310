import Archive
import Calendar
import Text

/// How full the days of a calendar are, by quarters: the emptiest of its days are 1, the fullest 4.
///
/// Like is compared with like: each window with those of the same source and hour on the calendar's other days, so that
/// a day is not fuller for what was missed of it.
struct CalendarHeat: Sendable {
    let days: [CivilDate: Day]
    /// How full the days are of which it can be told, in order.
    private let fullness: [Double]

    struct Day: Sendable {
        /// Of each slot the least that the sources have of it: `complete`, `partial` or `missing`.
        let kinds: [String]
        /// How many times as many people its windows have as there are in that source at that hour on average; the mean
        /// of those that were read nearly whole, nil if none was.
        let fullness: Double?
        /// What each source read.
        let label: String
        /// True while more slots of it are to come.
        let isUnfinished: Bool

        var isWhole: Bool { !isUnfinished && kinds.allSatisfy { $0 == "complete" } }
        var isRead: Bool { kinds.contains { $0 != "missing" } }
    }

    init(days: [CivilDate: Day]) {
        self.days = days
        fullness = days.values.compactMap(\.fullness).sorted()
    }

    /// Whether there are days of which some was read, but nothing that could be compared.
    var hasParts: Bool { days.values.contains { level(of: $0) == "part" } }

    func level(of day: Day) -> String {
        guard let own = day.fullness else { return day.isRead ? "part" : "none" }
        return String(1 + 4 * fullness.partitioningIndex { $0 >= own } / fullness.count)
    }
}

extension CalendarHeat {
    /// Of the dates within the archive's span.
    init(_ dates: [CivilDate], _ site: Site) {
        let span = site.history.first.date...site.history.last.date
        let readings = Dictionary(
            dates.filter(span.contains).map { ($0, Self.readings(of: $0, site)) },
            uniquingKeysWith: { one, _ in one })
        var usual: [Hour: (people: Double, count: Double)] = [:]
        for row in readings.values.joined().flatMap(\.wholes) {
            let (people, count) = usual[Hour(row, site)] ?? (0, 0)
            usual[Hour(row, site)] = (people + Double(row.accounts), count + 1)
        }
        self.init(
            days: Dictionary(
                uniqueKeysWithValues: readings.map { date, readings in
                    let shares = readings.flatMap(\.wholes).compactMap { row in
                        usual[Hour(row, site)].map {
                            Double(row.accounts) * $0.count / max(1, $0.people)
                        }
                    }
                    return (
                        date,
                        Day(
                            kinds: site.days.slots(of: date).map { Self.kind(of: $0, site) },
                            fullness: shares.isEmpty
                                ? nil : shares.reduce(0, +) / Double(shares.count),
                            label: Self.label(of: readings, on: date, site),
                            isUnfinished: !site.history.isOver(Timestamp(date.advanced(by: 1))))
                    )
                }))
    }

    /// Windows that can be compared.
    private struct Hour: Hashable {
        let source: ExactText
        let second: Int
        /// The length of the slot, which a schedule may change.
        let hours: Int

        init(_ row: WindowRow, _ site: Site) {
            (source, second) = (ExactText(row.source), row.slot.secondOfDay)
            hours = site.history.schedule.hours(at: row.slot)
        }
    }

    /// What a source read of a day.
    private struct Reading {
        let source: String
        let read: [WindowRow]
        let slotCount: Int

        var wholes: [WindowRow] { read.filter { WindowRow.isNearlyWhole($0.coverage) } }
    }

    /// Of the sources that had begun by then.
    private static func readings(of date: CivilDate, _ site: Site) -> [Reading] {
        let slots = site.days.slots(of: date)
        let midnight = Timestamp(date)
        return site.history.mergedSources.compactMap { source in
            let begun = slots.filter { source.hasBegun(by: $0) }
            guard !begun.isEmpty else { return nil }
            let windows = source.windows(from: midnight, to: midnight + 86_400)
            return Reading(
                source: source.name, read: windows.filter(\.wasRead).map(\.row),
                slotCount: begun.count)
        }
    }

    private static func label(of readings: [Reading], on date: CivilDate, _ site: Site) -> String {
        let parts = readings.map { reading in
            let name = readings.count > 1 ? site.title(of: reading.source) + ": " : ""
            let (read, slots) = (reading.read, reading.slotCount)
            guard !read.isEmpty else { return name + "not recorded" }
            let people = Double(read.map(\.accounts).reduce(0, +)) / Double(read.count)
            return name
                + "\(read.count) of \(Wording.count(slots, "period", "periods")) read, "
                + Wording.count(Int(people.rounded()), "person", "people")
                + (read.count > 1 ? " in a period on average" : " in it")
        }
        return parts.isEmpty ? "not recorded" : parts.joined(separator: "; ")
    }

    private static func kind(of slot: Timestamp, _ site: Site) -> String {
        let sources = site.history.mergedSources.filter { $0.hasBegun(by: slot) }
        let windows = sources.compactMap { $0.window(at: slot) }.filter(\.wasRead)
        guard windows.count == sources.count else {
            return windows.isEmpty ? "missing" : "partial"
        }
        return windows.contains { $0.row.status == .partial } ? "partial" : "complete"
    }
}
