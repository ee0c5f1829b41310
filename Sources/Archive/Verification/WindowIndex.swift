import Calendar

/// A window row, and where in the order of archiving it stands.
struct ArchivedWindow: Sendable {
    let row: WindowRow
    /// The year of its file.
    let year: Int
    let line: Int
    /// A later slot of the source stands before it: it was filled in, or read again, afterwards.
    let isOutOfOrder: Bool

    var key: WindowKey { WindowKey(slot: row.slot, source: row.source) }
}

/// Every window row of an archive.
struct WindowIndex: Sendable {
    private(set) var windows: [WindowKey: ArchivedWindow] = [:]
    /// By day of the slot, in the order they were archived in.
    private(set) var ofDay: [CivilDate: [ArchivedWindow]] = [:]

    /// By source.
    private var latestSlot: [String: Timestamp] = [:]

    subscript(key: WindowKey) -> ArchivedWindow? { windows[key] }

    /// The slots of the windows of a source.
    func slots(of source: String) -> Set<Timestamp> {
        Set(windows.keys.lazy.filter { $0.source == source }.map(\.slot))
    }

    /// Whether the source has a window of a later slot.
    func hasLater(_ key: WindowKey) -> Bool {
        latestSlot[key.source].map { key.slot < $0 } ?? false
    }

    /// Adds one file's rows; gives those whose slot and source are there already.
    mutating func add(_ rows: [Numbered<WindowRow>], year: Int) -> [(again: Int, first: Int)] {
        var latest: [String: Timestamp] = [:]
        var repeated: [(again: Int, first: Int)] = []
        for entry in rows {
            let slot = entry.row.slot
            let last = latest[entry.row.source] ?? slot
            latest[entry.row.source] = max(last, slot)
            let window = ArchivedWindow(
                row: entry.row, year: year, line: entry.line, isOutOfOrder: slot < last)
            if let first = windows[window.key] {
                repeated.append((again: entry.line, first: first.line))
            } else {
                windows[window.key] = window
                latestSlot[entry.row.source] = max(slot, latestSlot[entry.row.source] ?? slot)
                ofDay[slot.date, default: []].append(window)
            }
        }
        return repeated
    }
}
