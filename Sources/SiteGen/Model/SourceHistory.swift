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
        let from = windows.partitioningIndex { $0.row.slot >= start }
        let to = windows.partitioningIndex { $0.row.slot >= end }
        return windows[from..<max(from, to)]
    }
}
