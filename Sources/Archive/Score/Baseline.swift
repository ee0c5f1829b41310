import Calendar
import Text

/// What the same slot of earlier days says a window should hold: the expected accounts of each tag.
public struct Baseline: Sendable {
    /// Recorded days that are looked at, the latest ones.
    public static let days = 7
    /// With fewer there is no expectation.
    public static let fewestDays = 3
    /// Days gone back at the most to find them.
    public static let farthest = 28

    /// One earlier window.
    struct Day: Sendable {
        /// Distinct authors of all its posts.
        let accounts: Int
        /// Accounts of each tag that its tail holds.
        let tail: [ExactText: Int]
        /// The most accounts that a tag below the tail can have had.
        let below: Int
        /// No tag, in the tail or below it, counts as fewer.
        let least: Int

        init(accounts: Int, tail: [ExactText: Int], below: Int) {
            (self.accounts, self.tail, self.below) = (accounts, tail, below)
            least = min(below, tail.values.min() ?? below)
        }
    }

    /// Nothing is known of earlier days.
    public static let unknown = Baseline(days: [])

    let days: [Day]
    private let accounts: Int

    init(days: [Day]) {
        self.days = days
        accounts = days.reduce(0) { $0 + $1.accounts }
    }

    /// Reads the baseline of one slot of one source: of days on which the slot was as long, and counted by the same
    /// rules.
    ///
    /// - Parameters:
    ///   - rules: The hash of the window's rules; nil where nobody knows.
    ///   - kept: What the archive keeps of schedule and rules.
    public init(
        of slot: Slot, source: String, rules: String? = nil, by kept: ArchiveRules = ArchiveRules(),
        in archive: ArchiveReader, windows: [WindowRow]
    ) throws(ArchiveError) {
        let recorded = Dictionary(
            windows.filter { $0.source == source && $0.accounts > 0 }.map { ($0.slot, $0) }
        ) { first, _ in first }
        try self.init(of: slot.start) { earlier throws(ArchiveError) in
            guard let window = recorded[earlier], kept.areAlike(slot.start, rules: rules, window)
            else { return nil }
            let tail = try archive.tail(earlier.date).filter {
                $0.slot == earlier && $0.source == source
            }
            return Day(window, tail: tail)
        }
    }

    /// Out of what `recorded` knows of the slots at the same time of earlier days.
    init<Failure: Error>(
        of start: Timestamp, recorded: (Timestamp) throws(Failure) -> Day?
    ) throws(Failure) {
        var days: [Day] = []
        for distance in 1...Self.farthest where days.count < Self.days {
            if let day = try recorded(start - distance * 86_400) { days.append(day) }
        }
        self.init(days: days)
    }

    /// Whether there are enough days to expect anything.
    public var isKnown: Bool { days.count >= Self.fewestDays }

    /// The accounts expected of a tag in a window of `total` accounts: N · ΣO/ΣN over the days.
    ///
    /// A tag below a day's tail is not zero but unknown: it counts as the most it can have been, so
    /// that nothing trends only because it was not written down. Nil if there are too few days.
    public func expected(_ tag: String, total: Int) -> Double? {
        guard isKnown else { return nil }
        let key = ExactText(tag)
        return share(days.reduce(0) { $0 + ($1.tail[key] ?? $1.below) }, of: total)
    }

    /// On how many of the days a tag was below the tail.
    func bounds(of tag: String) -> Int {
        let key = ExactText(tag)
        return days.count { $0.tail[key] == nil }
    }

    /// No tag has fewer expected accounts; nil if there are too few days.
    func leastExpected(total: Int) -> Double? {
        isKnown ? share(days.reduce(0) { $0 + $1.least }, of: total) : nil
    }

    private func share(_ observed: Int, of total: Int) -> Double {
        Double(total) * Double(observed) / Double(accounts)
    }
}

extension Baseline.Day {
    /// - Parameters:
    ///   - lacking: Lines that the tail had and that were withheld from this copy.
    ///   - fewest: Of a full tail that lacks lines, the fewest accounts that one of its lines had.
    init(
        _ window: WindowRow, tail: some Collection<TailRow>, lacking: Int = 0, fewest: Int? = nil
    ) {
        let counts = Dictionary(tail.lazy.map { (ExactText($0.tag), $0.accounts) }) { first, _ in
            first
        }
        // A full tail ends where it was cut; one that is not full lacks single accounts alone.
        let below =
            tail.count + lacking < TailRow.longest
            ? TailRow.fewestAccounts - 1 : fewest ?? tail.map(\.accounts).min() ?? 0
        self.init(accounts: window.accounts, tail: counts, below: below)
    }
}
