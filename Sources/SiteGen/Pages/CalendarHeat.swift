import Archive
import Calendar
import Text

/// How full the days of a calendar are, by quarters: the emptiest of its days are 1, the fullest 4.
struct CalendarHeat: Sendable {
    let days: [CivilDate: Day]
    /// How full the days are that were read, in order.
    private let fullness: [Double]

    struct Day: Sendable {
        /// Of each slot the least that the sources have of it: `complete`, `partial` or `missing`.
        let kinds: [String]
        /// People of a window on average, of the most there were on one of the calendar's days, 0 to 1; the mean of the
        /// sources that read it.
        let fullness: Double
        /// What each source read.
        let label: String
        /// True while more slots of it are to come.
        let isUnfinished: Bool

        var isWhole: Bool { !isUnfinished && kinds.allSatisfy { $0 == "complete" } }
        var isRead: Bool { kinds.contains { $0 != "missing" } }
    }

    init(days: [CivilDate: Day]) {
        self.days = days
        fullness = days.values.filter(\.isRead).map(\.fullness).sorted()
    }

    func level(of day: Day) -> String {
        guard day.isRead else { return "none" }
        return String(
            1 + 4 * fullness.partitioningIndex { $0 >= day.fullness } / fullness.count)
    }
}

extension CalendarHeat {
    /// Of the dates within the archive's span.
    init(_ dates: [CivilDate], _ site: Site) {
        let span = site.history.first.date...site.history.last.date
        let readings = Dictionary(
            dates.filter(span.contains).map { ($0, Self.readings(of: $0, site)) },
            uniquingKeysWith: { one, _ in one })
        var most: [ExactText: Double] = [:]
        for reading in readings.values.joined() {
            most[reading.source] = max(most[reading.source] ?? 0, reading.people ?? 0)
        }
        self.init(
            days: Dictionary(
                uniqueKeysWithValues: readings.map { date, readings in
                    let shares = readings.compactMap { reading in
                        reading.people.map { $0 / max(1, most[reading.source] ?? 1) }
                    }
                    return (
                        date,
                        Day(
                            kinds: site.days.slots(of: date).map { Self.kind(of: $0, site) },
                            fullness: shares.reduce(0, +) / Double(max(1, shares.count)),
                            label: Self.label(of: readings, on: date, site),
                            isUnfinished: !site.history.isOver(Timestamp(date.advanced(by: 1))))
                    )
                }))
    }

    /// What a source read of a day.
    private struct Reading {
        let source: ExactText
        let readCount: Int
        let slotCount: Int
        /// Of a window, on average; nil if none was read.
        let people: Double?
    }

    /// Of the sources that had begun by then.
    private static func readings(of date: CivilDate, _ site: Site) -> [Reading] {
        let slots = site.days.slots(of: date)
        let midnight = Timestamp(date)
        return site.history.mergedSources.compactMap { source in
            let begun = slots.filter { source.hasBegun(by: $0) }
            guard !begun.isEmpty else { return nil }
            let read = source.windows(from: midnight, to: midnight + 86_400).filter(\.wasRead)
            let people = Double(read.map(\.row.accounts).reduce(0, +)) / Double(max(1, read.count))
            return Reading(
                source: ExactText(source.name), readCount: read.count, slotCount: begun.count,
                people: read.isEmpty ? nil : people)
        }
    }

    private static func label(of readings: [Reading], on date: CivilDate, _ site: Site) -> String {
        let parts = readings.map { reading in
            let name = readings.count > 1 ? site.title(of: reading.source.text) + ": " : ""
            guard let people = reading.people else { return name + "not recorded" }
            return name
                + "\(reading.readCount) of \(Wording.count(reading.slotCount, "period", "periods")) "
                + "read, \(Wording.number(Int(people.rounded()))) people in one on average"
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
