import Archive

/// One kind of list of one source through time: how each hashtag moved from list to list.
struct ListTrack {
    /// The last list of each hashtag.
    private var seen: [ExactText: Timestamp] = [:]
    /// Ranks and streaks in the last list; nil before the first.
    private var last: [ExactText: (rank: Int, streak: Int)]?

    /// Takes the next list and returns its lines.
    mutating func append(_ list: [TopRow]) -> [ListEntry] {
        let entries = list.map { row in
            ListEntry(
                row: row, movement: movement(of: row),
                streak: (last?[ExactText(row.tag)]?.streak ?? 0) + 1,
                before: seen[ExactText(row.tag)])
        }
        last = Dictionary(
            entries.map { ($0.key, ($0.row.rank, $0.streak)) }, uniquingKeysWith: { one, _ in one })
        for entry in entries { seen[entry.key] = entry.row.slot }
        return entries
    }

    private func movement(of row: TopRow) -> Movement? {
        guard let last else { return nil }
        let key = ExactText(row.tag)
        guard let before = last[key]?.rank else { return seen[key] == nil ? .new : .back }
        if before == row.rank { return .same }
        return before > row.rank ? .up(before - row.rank) : .down(row.rank - before)
    }
}
