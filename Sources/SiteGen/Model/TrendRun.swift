import Archive
import Calendar
import Text

/// How long a hashtag had many more people than usual in some source, and when that was least likely to be chance.
struct TrendRun: Sendable {
    let tag: Int32
    /// The number of the row with the highest score; the earliest of equals.
    private(set) var peak: Int32
    private(set) var score: Double
    /// Its first slot and its last.
    private(set) var first: Timestamp
    private(set) var last: Timestamp

    /// Lists further apart than that belong to two runs.
    private static let longestBreak = 86_400

    /// Those that a board of five may tell: some are of one story.
    static let candidates = 15

    /// The strongest run of each hashtag within `[start, end)`, the strongest first; with what came before, but without
    /// what comes after, which a page of the stretch does not know.
    static func strongest(
        from start: Timestamp, to end: Timestamp, in index: ArchiveIndex, most: Int = candidates
    ) -> [TrendRun] {
        let tables = index.tables
        var best: [Int32: TrendRun] = [:]
        var open: [Int32: TrendRun] = [:]
        func close(_ run: TrendRun) {
            if best[run.tag].map({ run.precedes($0, tables) }) ?? true { best[run.tag] = run }
        }
        for number in tables.firstWindow(from: start)..<tables.firstWindow(from: end) {
            let window = tables.windows[number]
            guard window.trendingCount > 0, index.isMerged(source: window.source) else { continue }
            let slot = Timestamp(secondsSinceEpoch: window.slot)
            let first = window.firstRow + window.popularCount
            for place in first..<first + window.trendingCount {
                let row = tables.rows[Int(place)]
                let score = row.score.isNaN ? 0 : row.score
                if var run = open[row.tag] {
                    if slot.seconds(since: run.last) <= longestBreak {
                        run.last = slot
                        if score > run.score { (run.peak, run.score) = (place, score) }
                        open[row.tag] = run
                        continue
                    }
                    close(run)
                }
                open[row.tag] = TrendRun(
                    tag: row.tag, peak: place, score: score, first: slot, last: slot)
            }
        }
        for run in open.values { close(run) }
        return best.values.sorted { $0.precedes($1, tables) }.prefix(most).map { $0.begun(index) }
    }

    /// With its slots before the stretch.
    private func begun(_ index: ArchiveIndex) -> TrendRun {
        var run = self
        var row = peak
        while row >= 0 {
            let slot = index.slot(ofRow: row)
            guard run.first.seconds(since: slot) <= Self.longestBreak else { break }
            let entry = index.tables.rows[Int(row)]
            let source = index.tables.windows[Int(entry.window)].source
            if index.isTrending(row), index.isMerged(source: source) {
                run.first = min(run.first, slot)
            }
            row = entry.beforeOfTag
        }
        return run
    }

    /// Rows are in order of slot, then source: the same answer every time.
    private func precedes(_ other: TrendRun, _ tables: ArchiveTables) -> Bool {
        score == other.score ? peak < other.peak : score > other.score
    }
}

extension Site {
    /// The biggest stories of a stretch of time, each with what the same people wrote at its peak.
    func biggestStories(
        from start: Timestamp, to end: Timestamp, most: Int
    ) -> [(run: TrendRun, parts: [ExactText])] {
        let index = history.index
        var told: Set<ExactText> = []
        var stories: [(run: TrendRun, parts: [ExactText])] = []
        for run in TrendRun.strongest(from: start, to: end, in: index) where stories.count < most {
            let key = index.key(ofTag: run.tag)
            let window = index.tables.rows[Int(run.peak)].window
            let story = contexts[window].stories.first { $0.contains(key) } ?? [key]
            if !told.contains(key) { stories.append((run, story.filter { $0 != key })) }
            told.formUnion(story)
        }
        return stories
    }
}
