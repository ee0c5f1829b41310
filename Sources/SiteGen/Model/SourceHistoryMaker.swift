import Archive

/// Collects the windows of a source in order of time and tells how each hashtag moved.
struct SourceHistoryMaker {
    private(set) var windows: [RecordedWindow] = []
    private var seen: Set<ExactText> = []
    /// Ranks in the last list; nil before the first.
    private var ranks: [ExactText: Int]?

    mutating func append(_ row: WindowRow, _ list: [TopRow]) {
        windows.append(
            RecordedWindow(
                row: row, entries: list.map { ListEntry(row: $0, movement: movement(of: $0)) }))
        guard row.status != .missing else { return }
        ranks = Dictionary(
            list.map { (ExactText($0.tag), $0.rank) }, uniquingKeysWith: { first, _ in first })
        seen.formUnion(list.map { ExactText($0.tag) })
    }

    private func movement(of row: TopRow) -> Movement? {
        guard let ranks else { return nil }
        let key = ExactText(row.tag)
        guard let before = ranks[key] else { return seen.contains(key) ? .back : .new }
        if before == row.rank { return .same }
        return before > row.rank ? .up(before - row.rank) : .down(row.rank - before)
    }
}
