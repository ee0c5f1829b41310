import Archive
import Calendar

/// How full the days of a calendar are, by quarters: the emptiest of its days are 1, the fullest 4.
struct CalendarHeat: Sendable {
    let days: [CivilDate: Day]
    /// People of the days that were read, in order.
    private let people: [Double]

    struct Day: Sendable {
        /// Of each slot the least that the sources have of it: `complete`, `partial` or `missing`.
        let kinds: [String]
        /// People of a window on average, over the windows read, summed over the sources.
        let people: Double

        var isWhole: Bool { kinds.allSatisfy { $0 == "complete" } }
        var isRead: Bool { kinds.contains { $0 != "missing" } }

        var label: String {
            let read = kinds.count { $0 != "missing" }
            let windows = "\(read) of \(Wording.count(kinds.count, "window", "windows"))"
            return isRead
                ? "\(windows), \(Wording.number(Int(people.rounded()))) people in each"
                : "not recorded"
        }
    }

    init(days: [CivilDate: Day]) {
        self.days = days
        people = days.values.filter(\.isRead).map(\.people).sorted()
    }

    func level(of day: Day) -> String {
        guard day.isRead else { return "none" }
        return String(1 + 4 * people.partitioningIndex { $0 >= day.people } / people.count)
    }
}

extension CalendarHeat {
    /// Of the dates within the archive's span.
    init(_ dates: [CivilDate], _ site: Site) {
        let span = site.history.first.date...site.history.last.date
        self.init(
            days: Dictionary(
                dates.filter(span.contains).map { ($0, Self.day($0, site)) },
                uniquingKeysWith: { one, _ in one }))
    }

    private static func day(_ date: CivilDate, _ site: Site) -> Day {
        let midnight = Timestamp(date)
        let people = site.history.sources.map { source in
            let read = source.windows(from: midnight, to: midnight + 86_400).filter(\.wasRead)
            return Double(read.map(\.row.accounts).reduce(0, +)) / Double(max(1, read.count))
        }
        return Day(
            kinds: site.days.slots(of: date).map { kind(of: $0, site) },
            people: people.reduce(0, +))
    }

    private static func kind(of slot: Timestamp, _ site: Site) -> String {
        let sources = site.history.sources.filter { $0.hasBegun(by: slot) }
        let windows = sources.compactMap { $0.window(at: slot) }.filter(\.wasRead)
        guard windows.count == sources.count else {
            return windows.isEmpty ? "missing" : "partial"
        }
        return windows.contains { $0.row.status == .partial } ? "partial" : "complete"
    }
}
