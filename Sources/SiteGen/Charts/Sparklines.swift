import Archive

/// What the sparklines of a window's lists are drawn from: the last slots of its source.
struct Sparklines: Sendable {
    private let source: SourceHistory
    private let slots: [Timestamp]
    private let isRead: [Bool]
    private let listed: [ExactText: [Int: Int]]
    private let tails: RecentTails

    /// The slots up to `last`, that one included, and no further back than the archive.
    init(of source: SourceHistory, until last: Timestamp, in site: Site) {
        self.source = source
        tails = site.tails
        slots = (0..<SparklineView.length).reversed()
            .map { last - $0 * site.history.schedule.seconds }
            .filter { $0 >= site.history.first }
        let windows = slots.map { source.window(at: $0) }
        isRead = windows.map { $0?.wasRead ?? false }
        var listed: [ExactText: [Int: Int]] = [:]
        for (index, window) in windows.enumerated() {
            for entry in (window?.entries ?? []) + (window?.trends ?? []) {
                listed[entry.key, default: [:]][index] = entry.row.accounts
            }
        }
        self.listed = listed
    }

    /// Nil while but one slot was read.
    func view(of tag: ExactText) -> SparklineView? {
        guard isRead.count(where: \.self) > 1 else { return nil }
        return SparklineView(
            slots.indices.map { index in
                guard isRead[index] else { return nil }
                return listed[tag]?[index]
                    ?? tails.people(of: tag, at: slots[index], in: source.name)
            },
            isRead: isRead)
    }
}
