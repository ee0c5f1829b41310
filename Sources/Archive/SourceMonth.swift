import Calendar

/// How a source fared in the thirty days up to the end of the newest slot: what `tidemark status` and the site say.
public struct SourceMonth: Sendable {
    /// The slots in which it was due, oldest first, with those beside the schedule; what no run read may have no row.
    public let slots: [(slot: Timestamp, row: WindowRow?)]

    private static let days = 30

    /// - Parameters:
    ///   - windows: the slots of the source's first window and its last; nil if it has none.
    ///   - newest: the newest slot of all sources.
    ///   - rows: its windows in the slots of a range.
    public init(
        of windows: ClosedRange<Timestamp>?, isConfigured: Bool, newest: Timestamp,
        _ schedule: Schedule, _ rows: (Range<Timestamp>) -> [WindowRow]
    ) {
        let end = schedule.slot(containing: newest).end
        let range = end - Self.days * 86_400..<end
        let known = Dictionary(rows(range).map { ($0.slot, $0) }) { $1 }
        let due = schedule.slotsDue(
            of: windows, isConfigured: isConfigured, newest: newest, in: range)
        slots = Set(due + known.keys).sorted().map { ($0, known[$0]) }
    }

    public func count(_ statuses: WindowStatus...) -> Int {
        slots.count { statuses.contains($0.row?.status ?? .missing) }
    }
}

extension Schedule {
    /// The slots of a range in which a source was due that has windows from one slot to another: from its first on; of one
    /// that is configured no longer up to its last, of others up to the newest of all sources.
    public func slotsDue(
        of windows: ClosedRange<Timestamp>?, isConfigured: Bool, newest: Timestamp,
        in range: Range<Timestamp>
    ) -> [Timestamp] {
        guard let windows else { return [] }
        let from = max(windows.lowerBound, range.lowerBound)
        let through = min(isConfigured ? newest : windows.upperBound, range.upperBound - 1)
        guard from <= through else { return [] }
        return slots(from: from, through: through).map(\.start)
    }
}
