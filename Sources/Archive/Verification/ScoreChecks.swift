import Text

/// Recomputes what a window's lists say of earlier days.
struct ScoreChecks {
    let window: ArchivedWindow
    let windowFile: String
    let day: ArchiveDay
    let history: BaselineHistory

    var findings: [Finding] {
        guard day.top.isWhole, day.trending.isWhole, day.tail.isWhole else { return [] }
        let choice = history.choice(for: window)
        guard choice.isWhole else { return [] }
        let found = differences(by: choice.baseline)
        guard !found.isEmpty else { return [] }
        for end in history.earlierEnds(for: window)
        where differences(by: history.choice(for: window, before: end).baseline).isEmpty {
            return []
        }
        let reason: String
        if let superseding = choice.superseding {
            reason = "\(superseding.row.slot) was archived again after them"
        } else if history.merged.contains(window.key) {
            reason = "they go by what another machine knew, whose archive was merged into this one"
        } else {
            return found
        }
        let sentence =
            "the scores of \(window.row.source) \(window.row.slot) cannot be recomputed: " + reason
        return [Finding(.superseded, windowFile, line: window.line, sentence)]
    }

    private func differences(by baseline: Baseline) -> [Finding] {
        popular(by: baseline) + trending(by: baseline)
    }

    private func popular(by baseline: Baseline) -> [Finding] {
        day.top(of: window.key).compactMap { entry in
            let row = entry.row
            let score = Score(
                of: row.tag, accounts: row.accounts, total: window.row.accounts, by: baseline)
            if agrees(row, with: score) {
                return bounds(of: entry, in: day.top, with: score, .scores, baseline)
            }
            return Finding(
                .scores, day.top.path, line: entry.line,
                "\(quoted(row.tag)): \(written(row)) is recorded, and "
                    + "\(written(score)) follows from the tails of \(baseline.days.count) days")
        }
    }

    /// The list may be cut, but no shorter than the top is.
    private func trending(by baseline: Baseline) -> [Finding] {
        let rows = day.trending(of: window.key)
        let tail = day.tail(of: window.key)
        let trends = baseline.trends(in: tail.lazy.map(\.row), total: window.row.accounts)
        for (entry, trend) in zip(rows, trends) {
            let (row, tag) = (entry.row, tail[tail.startIndex + trend.index].row)
            if ExactText(row.tag) == ExactText(tag.tag), row.posts == tag.posts,
                row.accounts == tag.accounts,
                agrees(row, with: trend.score)
            {
                guard
                    let found = bounds(
                        of: entry, in: day.trending, with: trend.score, .trending, baseline)
                else { continue }
                return [found]
            }
            return [
                Finding(
                    .trending, day.trending.path, line: entry.line,
                    "\(counts(row)), \(written(row)), is recorded, and \(counts(tag)), "
                        + "\(written(trend.score)), follows from the tails")
            ]
        }
        if let entry = rows.dropFirst(trends.count).first {
            let sentence = "\(quoted(entry.row.tag)) is recorded, and no trend by the tails"
            return [Finding(.trending, day.trending.path, line: entry.line, sentence)]
        }
        let lacking = day.withheld.lines("trending", of: window.key)
        let fewest = max(
            1, day.top(of: window.key).count + day.withheld.lines("top", of: window.key))
        guard rows.count + lacking < min(trends.count + lacking, fewest) else { return [] }
        let missing = tail[tail.startIndex + trends[rows.count].index].row
        return [
            Finding(
                .trending, windowFile, line: window.line,
                "the trending list of \(window.row.source) \(window.row.slot) ends before "
                    + "\(counts(missing)), which follows from the tails")
        ]
    }

    /// Nil also where the file was begun before there was such a column.
    private func bounds(
        of entry: Numbered<TopRow>, in file: CheckedFile<TopRow>, with score: Score?,
        _ check: ArchiveCheck, _ baseline: Baseline
    ) -> Finding? {
        guard file.columns.contains("bounds"), entry.row.bounds != score?.bounds else { return nil }
        func text(_ bounds: Int?) -> String { bounds.map { "bounds \($0)" } ?? "no bounds" }
        return Finding(
            check, file.path, line: entry.line,
            "\(quoted(entry.row.tag)): \(text(entry.row.bounds)) recorded, and "
                + "\(text(score?.bounds)) by the tails of \(baseline.days.count) days")
    }

    /// Both numbers are recorded with two decimals.
    private func agrees(_ row: TopRow, with score: Score?) -> Bool {
        func agrees(_ recorded: Double?, _ exact: Double?) -> Bool {
            guard let recorded, let exact else { return recorded == nil && exact == nil }
            return abs(recorded - exact) < 0.005_001
        }
        return agrees(row.expected, score?.expected) && agrees(row.score, score?.value)
    }

    private func written(_ row: TopRow) -> String { written(row.expected, row.score) }

    private func written(_ score: Score?) -> String { written(score?.expected, score?.value) }

    private func written(_ expected: Double?, _ score: Double?) -> String {
        func text(_ number: Double?) -> String {
            number.map { FixedPoint.text($0, decimals: 2) } ?? "nothing"
        }
        return "expected \(text(expected)), score \(text(score))"
    }

    private func counts(_ row: some ListedTag) -> String {
        "\(quoted(row.tag)) with \(row.posts) posts by \(row.accounts) accounts"
    }
}
