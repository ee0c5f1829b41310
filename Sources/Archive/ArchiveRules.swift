import Calendar

/// What `window.every`, `window.top` and the rules of counting were when: a change of the configuration holds from a time
/// on, and what was read before stays as it was meant. An archive that keeps nothing of it is taken by the configuration.
public struct ArchiveRules: Hashable, Sendable {
    public let rows: [RulesRow]

    public init(rows: [RulesRow] = []) { self.rows = rows }

    /// The first line is of what was before it too.
    public func schedule(or configured: Schedule) -> Schedule {
        schedule ?? configured
    }

    /// Nil where the archive keeps none.
    public var schedule: Schedule? {
        let turns = rows.filter { $0.setting == .every }
        return turns.dropFirst().reduce(turns.first.flatMap { Schedule(hours: Int($0.value) ?? 0) })
        {
            $0?.turning(to: Int($1.value) ?? 0, at: $1.since) ?? $0
        }
    }

    /// Since when the archive keeps its schedule.
    public var scheduleSince: Timestamp? { rows.first { $0.setting == .every }?.since }

    /// The places of the lists of a slot.
    public func top(at slot: Timestamp, or configured: Int) -> Int {
        let tops = rows.filter { $0.setting == .top }
        let row = Self.latest(of: tops, at: slot) ?? tops.first
        return row.flatMap { Int($0.value) } ?? configured
    }

    /// The most that any list can have had.
    public func mostPlaces(or configured: Int) -> Int {
        max(configured, rows.filter { $0.setting == .top }.compactMap { Int($0.value) }.max() ?? 0)
    }

    /// What was last said of the rules of a source.
    public func lastRules(of source: String) -> RulesRow? {
        rows.last { $0.setting == .rules && $0.source == source }
    }

    /// The hash of the rules that a window was counted by; nil where nobody knows. Its file may have been begun before it
    /// had the column.
    public func rules(of window: WindowRow) -> String? {
        if let rules = window.rules { return rules }
        return Self.latest(
            of: rows.filter { $0.setting == .rules && $0.source == window.source }, at: window.slot
        )?.hash
    }

    /// Whether a window can be compared with that of the same time of an earlier day: both were as long, and counted by
    /// the same rules as far as that is known.
    ///
    /// - Parameter rules: Those of the window; nil where nobody knows.
    public func areAlike(_ slot: Timestamp, rules: String?, _ earlier: WindowRow) -> Bool {
        if let schedule, schedule.hours(at: slot) != schedule.hours(at: earlier.slot) {
            return false
        }
        guard let rules, let other = self.rules(of: earlier) else { return true }
        return rules == other
    }

    /// By `since`, and of equal ones the last written.
    private static func latest(of rows: [RulesRow], at slot: Timestamp) -> RulesRow? {
        rows.filter { $0.since <= slot }.reduce(nil as RulesRow?) { best, row in
            best.map { $0.since <= row.since } ?? true ? row : best
        }
    }

    /// The lines that bring it in step with what is configured at `now`: `top` from the next slot on, `every` from the
    /// next midnight UTC on. The first ones of an archive say what its windows show.
    public func turns(
        to configured: Schedule, top: Int, now: Timestamp, windows: [WindowRow]
    ) -> [RulesRow] {
        var added: [RulesRow] = []
        if schedule == nil {
            let (known, since) =
                Self.schedule(of: windows) ?? (configured, configured.slot(containing: now).start)
            added.append(RulesRow(.every, "\(known.hours)", since: since))
        }
        if !rows.contains(where: { $0.setting == .top }) {
            let since = added.first?.since ?? configured.slot(containing: now).start
            added.append(RulesRow(.top, "\(top)", since: since))
        }
        let known = ArchiveRules(rows: rows + added)
        let running = known.schedule(or: configured)
        if known.rows.last(where: { $0.setting == .top })?.value != "\(top)" {
            added.append(
                RulesRow(.top, "\(top)", since: running.slot(containing: now).end))
        }
        if running.hours != configured.hours {
            let midnight = Timestamp(now.date.advanced(by: 1))
            added.append(RulesRow(.every, "\(configured.hours)", since: midnight))
        }
        return added
    }

    /// What the distances of the windows' slots show, if they do, and since when.
    private static func schedule(of windows: [WindowRow]) -> (Schedule, since: Timestamp)? {
        let slots = Set(windows.map(\.slot)).sorted()
        let distances = zip(slots, slots.dropFirst()).map { $1.seconds(since: $0) }
        guard let first = slots.first, let least = distances.min(),
            distances.count(where: { $0 == least }) > distances.count / 2, least % 3600 == 0,
            let schedule = Schedule(hours: least / 3600),
            slots.allSatisfy({ schedule.slot(startingAt: $0) != nil })
        else { return nil }
        return (schedule, first)
    }
}
