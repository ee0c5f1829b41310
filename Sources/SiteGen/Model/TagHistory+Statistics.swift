import Archive

extension TagHistory {
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
}

extension History {
    /// The most popular lists in a row of one source that a hashtag was in; gaps are skipped.
    func longestStreak(of tag: TagHistory) -> Int {
        tag.rowNumbers.map { Int(index.tables.rows[Int($0)].streak) }.max() ?? 0
    }

    /// The hashtags that share the most popular lists with one, most first; each with its line in the last of
    /// these.
    func companions(of tag: TagHistory, limit: Int = 12) -> [(row: TopRow, shared: Int)] {
        var shared: [Int32: (count: Int, last: Int32)] = [:]
        for row in tag.rowNumbers {
            let window = index.tables.windows[Int(index.tables.rows[Int(row)].window)]
            for other in window.firstRow..<window.firstRow + window.popularCount {
                let number = index.tables.rows[Int(other)].tag
                if number != tag.number {
                    shared[number] = ((shared[number]?.count ?? 0) + 1, other)
                }
            }
        }
        // A line is of one hashtag, so the order is the same every time.
        return shared.values.sorted { ($0.count, $0.last) > ($1.count, $1.last) }.prefix(limit)
            .map { (index.row($0.last), $0.count) }
    }
}
