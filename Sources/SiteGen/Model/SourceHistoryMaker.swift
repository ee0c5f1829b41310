import Archive

/// Collects the windows of a source in order of time and tells how each hashtag moved.
struct SourceHistoryMaker {
    private(set) var windows: [RecordedWindow] = []
    private var top = ListTrack()
    private var trending = ListTrack()

    mutating func append(_ row: WindowRow, _ list: [TopRow], trends: [TopRow] = []) {
        guard row.status != .missing else {
            return windows.append(RecordedWindow(row: row, entries: [], trends: nil))
        }
        let isExpecting = !trends.isEmpty || list.contains { $0.expected != nil }
        windows.append(
            RecordedWindow(
                row: row, entries: top.append(list),
                trends: isExpecting ? trending.append(trends) : nil))
    }
}
