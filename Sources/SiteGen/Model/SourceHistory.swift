import Archive
import Calendar

/// Every window of one source, in order of time.
struct SourceHistory: Sendable {
    let name: String
    let windows: Windows

    /// Windows that are made when they are asked for.
    struct Windows: RandomAccessCollection, Sendable {
        let index: ArchiveIndex
        let numbers: [Int32]

        var startIndex: Int { 0 }
        var endIndex: Int { numbers.count }
        subscript(position: Int) -> RecordedWindow { index.window(numbers[position]) }

        /// The first position whose slot is not before this one.
        func position(of slot: Timestamp) -> Int {
            numbers.partitioningIndex {
                index.tables.windows[Int($0)].slot >= slot.secondsSinceEpoch
            }
        }
    }

    init(_ source: Int, of index: ArchiveIndex) {
        name = index.tables.name(ofSource: Int32(source))
        windows = Windows(index: index, numbers: index.windows(ofSource: source))
    }

    /// The window of a slot; nil for one that the archive does not know.
    func window(at slot: Timestamp) -> RecordedWindow? {
        let position = windows.position(of: slot)
        guard position < windows.count,
            windows.index.slot(ofWindow: windows.numbers[position]) == slot
        else { return nil }
        return windows[position]
    }

    /// The windows whose slot is in `[start, end)`.
    func windows(from start: Timestamp, to end: Timestamp) -> Slice<Windows> {
        let from = windows.position(of: start)
        return windows[from..<Swift.max(from, windows.position(of: end))]
    }

    /// The slots in `[start, end)` that have a window.
    func slots(from start: Timestamp, to end: Timestamp) -> [Timestamp] {
        let range = windows(from: start, to: end).indices
        return windows.numbers[range].map(windows.index.slot(ofWindow:))
    }

    /// The latest window that was read.
    var latestRead: RecordedWindow? {
        windows.numbers.last { windows.index.tables.windows[Int($0)].wasRead }
            .map(windows.index.window)
    }
}

extension History {
    /// What is withheld of the lists of the days on which sources were read last.
    func latestWithheld(in archive: ArchiveReader) throws(ArchiveError) -> [WithheldRow] {
        guard !withdrawn.isEmpty else { return [] }
        var rows: [WithheldRow] = []
        for date in Set(sources.compactMap { $0.latestRead?.row.slot.date }).sorted() {
            rows += try archive.withheld(date, by: withdrawn)
        }
        return rows
    }
}

/// A window row of the archive with its lists, without withdrawn hashtags, in order of rank.
struct RecordedWindow: Sendable {
    let number: Int32
    let index: ArchiveIndex

    /// What the tables have of it, without texts.
    var entry: WindowEntry { index.tables.windows[Int(number)] }

    /// The line of the archive, made anew each time as the lists are.
    var row: WindowRow { index.tables.row(ofWindow: number) }

    /// The popular list.
    var entries: [ListEntry] {
        let window = entry
        return (window.firstRow..<window.firstRow + window.popularCount).map(index.entry)
    }

    /// The trending list; nil if there were too few days to expect anything by.
    var trends: [ListEntry]? {
        let window = entry
        guard window.trendingCount >= 0 else { return nil }
        let first = window.firstRow + window.popularCount
        return (first..<first + window.trendingCount).map(index.entry)
    }

    /// False for a slot that passed without a run.
    var wasRead: Bool { entry.wasRead }
}

extension WindowRow {
    /// Whether counts of that coverage can be compared with others: a stream that broke off for a moment has missed hardly
    /// anyone.
    static func isNearlyWhole(_ coverage: Double) -> Bool { coverage >= 0.9 }
}
