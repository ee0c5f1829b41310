import Archive

/// A window row of the archive with its lists, without withdrawn hashtags, in order of rank.
struct RecordedWindow: Sendable {
    let row: WindowRow
    let number: Int32
    let index: ArchiveIndex

    /// The popular list, made anew each time.
    var entries: [ListEntry] {
        let window = index.tables.windows[Int(number)]
        return (window.firstRow..<window.firstRow + window.popularCount).map(index.entry)
    }

    /// The trending list; nil if there were too few days to expect anything by.
    var trends: [ListEntry]? {
        let window = index.tables.windows[Int(number)]
        guard window.trendingCount >= 0 else { return nil }
        let first = window.firstRow + window.popularCount
        return (first..<first + window.trendingCount).map(index.entry)
    }

    /// False for a slot that passed without a run.
    var wasRead: Bool { row.status != .missing }
}
