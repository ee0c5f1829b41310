import Archive

extension TagHistory {
    /// Its lines in popular and trending lists, one for each window, in order of slot, then source.
    var allRows: [TopRow] {
        let popular = Set(rows.map { Window($0) })
        return (rows + trendingRows.filter { !popular.contains(Window($0)) })
            .sorted { ($0.slot, ExactText($0.source)) < ($1.slot, ExactText($1.source)) }
    }

    /// Best place in a popular list; nil if it only ever trended.
    var bestRank: Int? { rows.map(\.rank).min() }

    /// The line of the most people, the earliest of equals.
    var peak: TopRow? {
        allRows.max {
            $0.accounts < $1.accounts || ($0.accounts == $1.accounts && $0.slot > $1.slot)
        }
    }

    var dayCount: Int { Set(allRows.map(\.slot.date)).count }

    /// Most frequent first, then in order of scalars.
    var spellings: [(text: String, count: Int)] {
        var counts: [ExactText: Int] = [:]
        for row in allRows { counts[ExactText(row.spelling), default: 0] += 1 }
        return counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
            .map { ($0.key.text, $0.value) }
    }

    /// Sources that listed it, by name, with the number of windows.
    var sources: [(name: String, count: Int)] {
        var counts: [ExactText: Int] = [:]
        for row in allRows { counts[ExactText(row.source), default: 0] += 1 }
        return counts.sorted { $0.key < $1.key }.map { ($0.key.text, $0.value) }
    }

    private struct Window: Hashable {
        let slot: Timestamp
        let source: ExactText

        init(_ row: TopRow) { (slot, source) = (row.slot, ExactText(row.source)) }
    }
}

extension History {
    /// The most popular lists in a row of one source that a hashtag was in; gaps are skipped.
    func longestStreak(of tag: TagHistory) -> Int {
        tag.rows.compactMap { row in
            source(row.source)?.window(at: row.slot)?.entries.first { $0.key == tag.key }?.streak
        }
        .max() ?? 0
    }

    /// The hashtags that share the most popular lists with one, most first.
    func companions(of tag: TagHistory, limit: Int = 12) -> [(row: TopRow, shared: Int)] {
        var shared: [ExactText: (row: TopRow, count: Int)] = [:]
        for row in tag.rows {
            for entry in source(row.source)?.window(at: row.slot)?.entries ?? []
            where entry.key != tag.key {
                shared[entry.key] = (entry.row, (shared[entry.key]?.count ?? 0) + 1)
            }
        }
        return shared.sorted { ($1.value.count, $0.key) < ($0.value.count, $1.key) }
            .prefix(limit).map { ($0.value.row, $0.value.count) }
    }

    private func source(_ name: String) -> SourceHistory? {
        sources.first { ExactText($0.name) == ExactText(name) }
    }
}
