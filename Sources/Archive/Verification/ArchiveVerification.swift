import Calendar
import Dispatch
import Synchronization
import Text

/// Checks every invariant of an archive, and recomputes every published list from the tails.
///
/// Reads some days at a time and keeps the tails of four weeks; the rows of all windows stay in memory.
/// Nothing is changed. An archive that is being written may look damaged: hold its lock.
public struct ArchiveVerification: Sendable {
    public let folder: String
    /// No slot may start later.
    public let now: Timestamp
    /// Days before this one are not looked at, but as a baseline of later ones; nil for all.
    public let since: CivilDate?
    /// Of the sources that have a schedule, how many seconds back missed slots are read.
    public let lookBacks: [String: Int]
    private let keys = KnownKeys()

    /// Days read side by side.
    private static let batch = 8

    public init(
        folder: String, now: Timestamp, since: CivilDate? = nil, lookBacks: [String: Int] = [:]
    ) {
        self.folder = folder
        self.now = now
        self.since = since
        self.lookBacks = lookBacks
    }

    /// What was looked at.
    public struct Extent: Hashable, Sendable {
        public var days = 0
        public var windows = 0
        /// Rows of all lists.
        public var rows = 0
    }

    /// Reports what is found, in the order of the days; windows files come first.
    public func run(_ report: (Finding) -> Void) -> Extent {
        let inventory = ArchiveInventory(folder: folder)
        inventory.findings.forEach(report)
        PublishedChecksums(folder: folder).findings.forEach(report)
        let withheld = WithheldLines(folder: folder)
        withheld.findings.forEach(report)
        let rules = rules(report)
        let windows = windows(of: inventory.years, rules, report)
        gaps(in: windows, rules).forEach(report)
        var history = BaselineHistory(windows, merged: merged(report), rules: rules)
        /// Sources of which a killed run has left a window.
        var stopped: Set<String> = []
        var extent = Extent()
        let dates = Set(windows.ofDay.keys).union(inventory.days).sorted().filter { date in
            since.map { date >= $0.advanced(by: -Baseline.farthest) } ?? true
        }
        for start in stride(from: 0, to: dates.count, by: Self.batch) {
            let batch = dates[start..<min(start + Self.batch, dates.count)]
            for (day, found) in read(Array(batch), windows, withheld) {
                if isChecked(day.date) {
                    extent.days += 1
                    extent.windows += windows.ofDay[day.date]?.count ?? 0
                    extent.rows += day.rowCount
                    // A killed run leaves one window, behind the last of its source; the next clears it.
                    let lost = day.orphans(windows).filter {
                        windows.hasLater($0) || !stopped.insert($0.source).inserted
                    }
                    day.findings(windows, lost: Set(lost)).forEach(report)
                    found.forEach(report)
                    scores(of: day, windows, history).forEach(report)
                }
                history.add(day)
            }
        }
        return extent
    }

    private func merged(_ report: (Finding) -> Void) -> Set<WindowKey> {
        let file = CheckedFile<ChangeRow>("\(folder)/\(ArchiveLayout.changes)")
        file.findings.forEach(report)
        return Set(file.rows.map(\.row).filter { $0.change == .merged }.map(\.key))
    }

    private func rules(_ report: (Finding) -> Void) -> ArchiveRules {
        let path = "\(folder)/\(ArchiveLayout.rules)"
        let file = CheckedFile<RulesRow>(path)
        file.findings.forEach(report)
        for entry in file.rows {
            let row = entry.row
            let isRight =
                switch row.setting {
                case .every:
                    Int(row.value).flatMap(Schedule.init(hours:)) != nil
                        && (row.since.secondOfDay == 0 || row == file.rows[0].row)
                case .top: (Int(row.value) ?? 0) > 0
                case .rules: !row.source.isEmpty && !row.value.isEmpty
                }
            if !isRight {
                report(
                    Finding(
                        .rules, path, line: entry.line,
                        "\(row.setting.rawValue): \(quoted(row.value)) from \(row.since) on cannot be"
                    ))
            }
        }
        return ArchiveRules(rows: file.rows.map(\.row))
    }

    /// Slots of sources with a schedule that passed without a window, since the archive keeps the schedule. A run that was
    /// killed, or that could not be sure of the time, leaves some for a day.
    private func gaps(in windows: WindowIndex, _ rules: ArchiveRules) -> [Finding] {
        guard let schedule = rules.schedule, let since = rules.scheduleSince else { return [] }
        return lookBacks.sorted { $0.key < $1.key }.flatMap { source, lookBack -> [Finding] in
            let present = windows.slots(of: source).filter { $0 >= since }
            guard let first = present.min(), let last = present.max() else { return [] }
            return schedule.slots(from: first, through: last).filter {
                !present.contains($0.start) && isChecked($0.start.date)
                    && $0.end + lookBack + 86_400 <= last
            }.map {
                Finding(
                    .gap, windowFile($0.start.date.year),
                    "\(quoted(source)) has no window for \($0.start), not even one that says so")
            }
        }
    }

    private func windows(
        of years: [Int], _ rules: ArchiveRules, _ report: (Finding) -> Void
    ) -> WindowIndex {
        var windows = WindowIndex()
        let first = since?.advanced(by: -Baseline.farthest).year ?? 0
        for year in years where year >= first {
            let path = windowFile(year)
            let file = CheckedFile<WindowRow>(path) { [folder] () throws(ArchiveError) in
                try ArchiveFile.windows(year: year, in: folder)
            }
            file.findings.forEach(report)
            let checks = WindowChecks(file: path, year: year, now: now, rules: rules)
            for entry in file.rows where isChecked(entry.row.slot.date) {
                checks.findings(of: entry).forEach(report)
            }
            for (again, first) in windows.add(file.rows, year: year) {
                let sentence = "the slot of this source has a window already, in line \(first)"
                report(Finding(.once, path, line: again, sentence))
            }
        }
        return windows
    }

    /// Reads days side by side, with what is found in each by itself, in the order of the dates.
    private func read(
        _ dates: [CivilDate], _ windows: WindowIndex, _ withheld: WithheldLines
    ) -> [(day: ArchiveDay, found: [Finding])] {
        let results = Mutex<[Int: (day: ArchiveDay, found: [Finding])]>([:])
        DispatchQueue.concurrentPerform(iterations: dates.count) { index in
            let day = ArchiveDay(
                dates[index], folder: folder, windows: windows, withheld: withheld)
            let found = isChecked(day.date) ? lists(of: day, windows) : []
            results.withLock { $0[index] = (day, found) }
        }
        let all = results.withLock { $0 }
        return dates.indices.compactMap { all[$0] }
    }

    private func lists(of day: ArchiveDay, _ windows: WindowIndex) -> [Finding] {
        (windows.ofDay[day.date] ?? []).flatMap { window in
            ListChecks(
                window: window, windowFile: windowFile(window.year), day: day, keys: keys
            ).findings + ContextChecks(window: window, day: day, keys: keys).findings
        }
    }

    /// A window is compared with earlier days alone, so its own day need not be in the history.
    private func scores(
        of day: ArchiveDay, _ windows: WindowIndex, _ history: BaselineHistory
    ) -> [Finding] {
        (windows.ofDay[day.date] ?? []).flatMap { window in
            ScoreChecks(
                window: window, windowFile: windowFile(window.year), day: day, history: history
            ).findings
        }
    }

    private func isChecked(_ date: CivilDate) -> Bool { since.map { date >= $0 } ?? true }

    private func windowFile(_ year: Int) -> String {
        "\(folder)/\(ArchiveLayout.windows(year: year))"
    }
}
