import Archive

/// Every window of one source, in order of time.
struct SourceHistory: Sendable {
    let name: String
    let windows: [RecordedWindow]
    private let positions: [Timestamp: Int]

    init(name: String, windows: [RecordedWindow]) {
        self.name = name
        self.windows = windows
        positions = Dictionary(
            windows.enumerated().map { ($1.row.slot, $0) }, uniquingKeysWith: { $1 })
    }

    /// The window of a slot; nil for one that the archive does not know.
    func window(at slot: Timestamp) -> RecordedWindow? {
        positions[slot].map { windows[$0] }
    }

    /// The latest window that was read.
    var latestRead: RecordedWindow? { windows.last(where: \.wasRead) }
}

extension SourceHistory {
    /// The windows whose slot is in `[start, end)`.
    func windows(from start: Timestamp, to end: Timestamp) -> ArraySlice<RecordedWindow> {
        let from = position(of: start)
        return windows[from..<max(from, position(of: end))]
    }

    /// The index of the first window at or after a time.
    private func position(of time: Timestamp) -> Int {
        var (low, high) = (0, windows.count)
        while low < high {
            let middle = (low + high) / 2
            if windows[middle].row.slot < time { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
