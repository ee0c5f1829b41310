import Archive
import Calendar
import Text

/// The hashtags that are nearly always popular: in three of four lists or more that a source made in a stretch of time.
struct Evergreens: Sendable {
    /// The number of each, those of the largest share of people first.
    let tags: [Int32]

    /// Before as many days were recorded nobody can tell.
    private static let fewestDays = 3

    /// Of the lists whose slots are in `[start, end)`; none of a source that made some on fewer days than that.
    init(from start: Timestamp, to end: Timestamp, in index: ArchiveIndex) {
        let tables = index.tables
        var standings: [Int32: Standing] = [:]
        var sources: [Int32: (lists: Int, days: Set<CivilDate>)] = [:]
        for number in tables.firstWindow(from: start)..<tables.firstWindow(from: end) {
            let window = tables.windows[number]
            guard window.wasRead, index.isMerged(source: window.source) else { continue }
            sources[window.source, default: (0, [])].lists += 1
            sources[window.source]?.days.insert(Timestamp(secondsSinceEpoch: window.slot).date)
            for place in window.firstRow..<window.firstRow + window.popularCount {
                let row = tables.rows[Int(place)]
                standings[row.track, default: Standing(tag: row.tag, source: window.source)]
                    .add(Double(row.accounts) / Double(max(1, window.accounts)))
            }
        }
        var shares: [Int32: Double] = [:]
        for standing in standings.values {
            guard let source = sources[standing.source], source.days.count >= Self.fewestDays,
                4 * standing.lists >= 3 * source.lists
            else { continue }
            shares[standing.tag] = max(
                shares[standing.tag] ?? 0, standing.shares / Double(source.lists))
        }
        tags = shares.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map(\.key)
    }

    /// In the week up to the end of a slot.
    init(weekUpTo end: Timestamp, in index: ArchiveIndex) {
        self.init(from: end - 7 * 86_400, to: end, in: index)
    }

    private struct Standing {
        let tag: Int32
        let source: Int32
        var lists = 0
        var shares = 0.0

        mutating func add(_ share: Double) {
            lists += 1
            shares += share
        }
    }
}

extension ArchiveIndex {
    func key(ofTag tag: Int32) -> ExactText { ExactText(tables.texts[tables.tags[Int(tag)].key]) }

    func keys(of evergreens: Evergreens) -> Set<ExactText> {
        Set(evergreens.tags.map(key(ofTag:)))
    }
}
