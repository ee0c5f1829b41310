import Calendar

/// The tails of the last weeks, as baselines of the windows after them.
struct BaselineHistory {
    /// What a window was, or can have been, compared with.
    struct Choice {
        let baseline: Baseline
        /// An earlier window that the archive got, or got anew, after this one was scored.
        let superseding: ArchivedWindow?
        /// No tail among the days has lines that cannot be read.
        let isWhole: Bool
    }

    private let windows: WindowIndex
    /// Nil where the tail has lines that cannot be read.
    private var days: [WindowKey: Baseline.Day?] = [:]

    /// Windows that came from another machine's archive.
    let merged: Set<WindowKey>

    /// What held of windows when.
    private let rules: ArchiveRules

    init(
        _ windows: WindowIndex, merged: Set<WindowKey> = [], rules: ArchiveRules = ArchiveRules()
    ) {
        (self.windows, self.merged, self.rules) = (windows, merged, rules)
    }

    /// Takes in a day's tails, and forgets those too old for any later day.
    mutating func add(_ day: ArchiveDay) {
        let oldest = Timestamp(day.date.advanced(by: -Baseline.farthest))
        days = days.filter { $0.key.slot >= oldest }
        for window in windows.ofDay[day.date] ?? [] {
            guard let baseline = day.baseline(of: window.key) else { continue }
            days[window.key] = .some(day.tail.isWhole ? baseline : nil)
        }
    }

    /// The baseline out of the windows that were archived before this one, as far as their order
    /// tells.
    ///
    /// Each year's file has its own order. Of the year before, the lines from `end` on are taken
    /// not to have been there yet.
    func choice(for window: ArchivedWindow, before end: Int = .max) -> Choice {
        var superseding: ArchivedWindow?
        var isWhole = true
        let hash = rules.rules(of: window.row)
        let baseline = Baseline(of: window.row.slot) { earlier -> Baseline.Day? in
            let key = WindowKey(slot: earlier, source: window.row.source)
            guard let other = windows[key],
                rules.areAlike(window.row.slot, rules: hash, other.row)
            else { return nil }
            let isOfSameYear = other.year == window.year
            let isLater = isOfSameYear && other.line > window.line
            if isLater || !isOfSameYear && other.isOutOfOrder { superseding = superseding ?? other }
            guard !isLater, isOfSameYear || other.line < end, let day = days[key] else {
                return nil
            }
            if day == nil { isWhole = false }
            return day
        }
        return Choice(baseline: baseline, superseding: superseding, isWhole: isWhole)
    }

    /// Lines of the year before at which its file may have ended when the window was scored.
    func earlierEnds(for window: ArchivedWindow) -> [Int] {
        (1...Baseline.farthest).compactMap { distance in
            let slot = window.row.slot - distance * 86_400
            let other = windows[WindowKey(slot: slot, source: window.row.source)]
            return other.flatMap { $0.year == window.year ? nil : $0.line }
        }.sorted(by: >)
    }
}
