import Text

/// What must hold of the lists of one window, without looking at any other.
struct ListChecks {
    let window: ArchivedWindow
    let windowFile: String
    let day: ArchiveDay
    let keys: KnownKeys

    var findings: [Finding] {
        let top = day.top(of: window.key)
        let trending = day.trending(of: window.key)
        let tail = day.tail(of: window.key)
        guard window.row.status != .missing else {
            return uncalledFor(top.count + trending.count + tail.count)
        }
        var found = entries(top, in: day.top.path) + entries(trending, in: day.trending.path)
        found += entries(tail, in: day.tail.path)
        found += repeated(top, in: day.top.path) + repeated(trending, in: day.trending.path)
        // A baseline has each key of the tail once.
        if day.baseline(of: window.key)?.tail.count != tail.count {
            found += repeated(tail, in: day.tail.path)
        }
        found += spellings(top, in: day.top.path) + spellings(trending, in: day.trending.path)
        found += sizes(top: top.count, tail: tail.count)
        found += length(
            top.count + trending.count + tail.count
                + ["top", "trending", "tail"].reduce(0) { $0 + lacking($1) })
        found += order(top: top, tail: tail)
        // A line that cannot be read leaves a hole, which is no second fault.
        if day.top.isWhole { found += ranks(top, lacking("top"), in: day.top.path) }
        if day.trending.isWhole {
            found += ranks(trending, lacking("trending"), in: day.trending.path)
        }
        if day.top.isWhole && day.tail.isWhole { found += head(top: top, tail: tail) }
        return found
    }

    private func entries<Row: ListedTag>(_ rows: NumberedRows<Row>, in file: String) -> [Finding] {
        var found: [Finding] = []
        for entry in rows {
            let row = entry.row
            func expect(_ holds: Bool, _ check: ArchiveCheck, _ text: @autoclosure () -> String) {
                if !holds { found.append(Finding(check, file, line: entry.line, text())) }
            }
            expect(
                row.posts > 0 && row.posts <= window.row.tagged, .sums,
                "posts: \(row.posts) of the window's \(window.row.tagged) tagged posts")
            expect(
                row.accounts <= row.posts, .sums, "accounts: \(row.accounts) of \(row.posts) posts")
            expect(
                row.accounts <= window.row.accounts, .sums,
                "accounts: \(row.accounts) of the window's \(window.row.accounts)")
            expect(keys.isKey(row.tag), .keys, "tag: \(quoted(row.tag)) is not normalised")
        }
        return found
    }

    private func repeated<Row: ListedTag>(
        _ rows: NumberedRows<Row>, in file: String
    ) -> [Finding] {
        var seen: Set<ExactText> = []
        return rows.compactMap { entry in
            guard !seen.insert(ExactText(entry.row.tag)).inserted else { return nil }
            return Finding(
                .keys, file, line: entry.line,
                "tag: \(quoted(entry.row.tag)) stands twice in the list")
        }
    }

    private func spellings(_ rows: NumberedRows<TopRow>, in file: String) -> [Finding] {
        rows.compactMap { entry in
            let key = keys.key(entry.row.spelling)
            guard key.map(ExactText.init) != ExactText(entry.row.tag) else { return nil }
            return Finding(
                .spellings, file, line: entry.line,
                "spelling: \(quoted(entry.row.spelling)) is not one of \(quoted(entry.row.tag))")
        }
    }

    /// Of lines that a published copy withholds, the ranks are left out.
    private func ranks(
        _ rows: NumberedRows<TopRow>, _ lacking: Int, in file: String
    ) -> [Finding] {
        var (next, holes) = (1, lacking)
        return rows.enumerated().compactMap { index, entry in
            let rank = entry.row.rank
            guard rank >= next, rank - next <= holes else {
                next += 1
                return Finding(
                    .ranks, file, line: entry.line,
                    "rank: \(rank) in place \(index + 1) of the list")
            }
            holes -= rank - next
            next = rank + 1
            return nil
        }
    }

    /// Lines of a list that a published copy withholds.
    private func lacking(_ list: String) -> Int { day.withheld.lines(list, of: window.key) }

    private func uncalledFor(_ count: Int) -> [Finding] {
        guard count > 0 else { return [] }
        let sentence = "the window is missing, and yet its lists have rows (\(count))"
        return [Finding(.missing, windowFile, line: window.line, sentence)]
    }

    private func sizes(top: Int, tail: Int) -> [Finding] {
        let tags = window.row.tags
        var found: [Finding] = []
        let listable = tags - (window.row.held ?? 0)
        if top > listable {
            let sentence = "tags: \(listable) may be listed, and the top has \(top)"
            found.append(Finding(.sums, windowFile, line: window.line, sentence))
        }
        if top + lacking("top") == 0, listable > 0, window.row.held != nil, day.top.isWhole {
            let sentence = "tags: \(listable) may be listed, and the top has none"
            found.append(Finding(.sums, windowFile, line: window.line, sentence))
        }
        if tail > tags {
            let sentence = "tags: \(tags), and the tail has \(tail)"
            found.append(Finding(.sums, windowFile, line: window.line, sentence))
        }
        if tail + lacking("tail") > TailRow.longest {
            let sentence = "the tail of \(window.row.slot) has \(tail) rows, not 1000 at the most"
            found.append(Finding(.tail, windowFile, line: window.line, sentence))
        }
        return found
    }

    /// Whoever configured the lists chose their length, and so the window's row tells it.
    private func length(_ count: Int) -> [Finding] {
        guard let rows = window.row.rows, rows != count, day.top.isWhole, day.trending.isWhole,
            day.tail.isWhole
        else { return [] }
        let sentence = "rows: \(rows) in all, and its lists have \(count)"
        return [Finding(.sums, windowFile, line: window.line, sentence)]
    }

    /// Whoever configured the list chose what comes first: either order is right, in both lists.
    private func order(top: NumberedRows<TopRow>, tail: NumberedRows<TailRow>) -> [Finding] {
        let breaks = ListOrder.allCases.lazy.map { order in
            misplaced(top, by: order, in: day.top.path)
                + misplaced(tail, by: order, in: day.tail.path)
        }
        return breaks.first(where: \.isEmpty) ?? breaks.min { $0.count < $1.count } ?? []
    }

    private func misplaced<Row: ListedTag>(
        _ rows: NumberedRows<Row>, by order: ListOrder, in file: String
    ) -> [Finding] {
        rows.indices.dropFirst().compactMap { index in
            let (entry, above) = (rows[index], rows[index - 1])
            guard order.precedes(entry.row, above.row) else { return nil }
            return Finding(
                .ranks, file, line: entry.line,
                "\(quoted(entry.row.tag)) stands below \(quoted(above.row.tag)), which it outranks")
        }
    }

    /// The top is the tail from its beginning, but for tags too small for the one or the other.
    private func head(top: NumberedRows<TopRow>, tail: NumberedRows<TailRow>) -> [Finding] {
        let fewest = top.map(\.row.accounts).min() ?? .max
        var rest = tail
        var passedOver = 0
        for entry in top where entry.row.accounts >= TailRow.fewestAccounts {
            let row = entry.row
            // With a minimum of accounts, the top leaves out tags that the tail has.
            while let next = rest.first?.row, ExactText(next.tag) != ExactText(row.tag),
                next.accounts < fewest
            {
                rest.removeFirst()
                passedOver += 1
            }
            guard let next = rest.popFirst() else {
                return [differs(entry, "the tail does not have \(quoted(row.tag))")]
            }
            let other = next.row
            guard ExactText(other.tag) == ExactText(row.tag), other.posts == row.posts,
                other.accounts == row.accounts
            else {
                return [
                    differs(
                        entry,
                        "\(counts(row)) where the tail has \(counts(other)), in line \(next.line)")
                ]
            }
        }
        if let held = window.row.held, passedOver > held, let first = top.first {
            let sentence =
                "the top passes over \(passedOver) tags of the tail, and \(held) were held"
            return [differs(first, sentence)]
        }
        return []
    }

    private func differs(_ entry: Numbered<TopRow>, _ sentence: String) -> Finding {
        Finding(.tail, day.top.path, line: entry.line, sentence)
    }

    private func counts(_ row: some ListedTag) -> String {
        "\(quoted(row.tag)) with \(row.posts) posts by \(row.accounts) accounts"
    }
}
