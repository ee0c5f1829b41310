import Archive

/// What the sparklines of one source are drawn from: its last slots.
struct Sparklines: Sendable {
    private let isRead: [Bool]
    private let people: [ExactText: [Int?]]

    /// The slots up to `last`, that one included, and no further back than the archive.
    init(
        of source: SourceHistory, until last: Timestamp, schedule: Schedule, since first: Timestamp
    ) {
        let slots = (0..<SparklineView.length).reversed()
            .map { last - $0 * schedule.seconds }.filter { $0 >= first }
        var people: [ExactText: [Int?]] = [:]
        var isRead: [Bool] = []
        for (index, slot) in slots.enumerated() {
            let window = source.window(at: slot)
            isRead.append(window?.wasRead ?? false)
            for entry in (window?.entries ?? []) + (window?.trends ?? []) {
                people[entry.key, default: Array(repeating: nil, count: slots.count)][index] =
                    entry.row.accounts
            }
        }
        (self.isRead, self.people) = (isRead, people)
    }

    func view(of tag: ExactText) -> SparklineView? {
        people[tag].map { SparklineView($0, isRead: isRead) }
    }
}
