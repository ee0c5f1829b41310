import Archive

/// The points of a hashtag's history: one a slot, or beyond thirty days the peak of each day.
///
/// Where the hashtag was in no list its count is unknown, so there is no point and the line breaks.
/// Slots that were not recorded are named apart.
struct TagChart {
    let isDaily: Bool
    /// The rows shown, in order of time: all, or of each day and source the one with the most people.
    let rows: [TopRow]
    let json: JSONValue

    init(_ tag: TagHistory, _ site: Site) {
        let history = site.history
        let slotLength = history.schedule.seconds
        // From one step before, where there is one, so that a single point stands free; not beyond the
        // end, which later windows would change.
        let all = tag.allRows
        let first = max(history.first, (all.first?.slot ?? history.first) - slotLength)
        let last = all.last?.slot ?? history.last
        isDaily = last.seconds(since: first) > 30 * 86_400
        let step = isDaily ? 86_400 : slotLength
        let start = isDaily ? Timestamp(first.date) : history.schedule.slot(containing: first).start
        let count = last.seconds(since: start) / step + 1
        func point(_ slot: Timestamp) -> Int { slot.seconds(since: start) / step }

        var peaks: [Int: [ExactText: TopRow]] = [:]
        for row in all {
            let source = ExactText(row.source)
            let peak = peaks[point(row.slot)]?[source]
            if peak.map({ $0.accounts < row.accounts }) ?? true {
                peaks[point(row.slot), default: [:]][source] = row
            }
        }
        let sources = history.sources.map { ExactText($0.name) }
        rows = peaks.sorted { $0.key < $1.key }.flatMap { _, rows in
            sources.compactMap { rows[$0] }.sorted { $0.slot < $1.slot }
        }
        var isGap = Array(repeating: true, count: count)
        for slot in history.readSlots(from: start, through: last) {
            isGap[point(slot)] = false
        }
        let series = sources.compactMap { source -> JSONValue? in
            let points = peaks.compactMap { point, rows in rows[source].map { (point, $0.accounts) }
            }
            .sorted { $0.0 < $1.0 }
            .map { JSONValue.list([.number($0), .number($1)]) }
            return points.isEmpty
                ? nil : .object([("name", .text(source.text)), ("points", .list(points))])
        }
        json = .object([
            ("kind", .text("line")),
            ("start", .text(start.description)),
            ("step", .number(step)),
            ("count", .number(count)),
            ("gaps", .list((0..<count).filter { isGap[$0] }.map(JSONValue.number))),
            ("series", .list(series)),
        ])
    }
}
