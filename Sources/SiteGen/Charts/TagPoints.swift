import Archive

/// A hashtag's rows by points of time: of each point and source the row with the most people, the earliest of
/// equals.
struct TagPoints {
    /// Where the first point begins.
    let start: Timestamp
    /// Length of a point.
    let seconds: Int
    private var peaks: [Int: [ExactText: TopRow]] = [:]

    /// - Parameters:
    ///   - rows: In order of time.
    ///   - first: A time of the first point, not after the first row.
    init(_ rows: [TopRow], by step: TagChart.Step, from first: Timestamp, _ schedule: Schedule) {
        switch step {
        case .slot: (start, seconds) = (schedule.slot(containing: first).start, schedule.seconds)
        case .day: (start, seconds) = (Timestamp(first.date), 86_400)
        case .week:
            (start, seconds) = (Timestamp(CalendarWeek(of: first.date).monday), 7 * 86_400)
        }
        for row in rows {
            let (place, source) = (place(of: row.slot), ExactText(row.source))
            if peaks[place]?[source].map({ $0.accounts < row.accounts }) ?? true {
                peaks[place, default: [:]][source] = row
            }
        }
    }

    var rowCount: Int { peaks.values.map(\.count).reduce(0, +) }

    func place(of slot: Timestamp) -> Int { slot.seconds(since: start) / seconds }

    /// All rows, in order of point, then time, then source.
    func rows(of sources: [ExactText]) -> [TopRow] {
        peaks.sorted { $0.key < $1.key }.flatMap { _, rows in
            sources.compactMap { rows[$0] }.sorted { $0.slot < $1.slot }
        }
    }

    /// Of a source: its name, and the people of its points; nil if it has none.
    func series(of source: ExactText) -> JSONValue? {
        let points = peaks.compactMap { place, rows in rows[source].map { (place, $0.accounts) } }
            .sorted { $0.0 < $1.0 }
            .map { JSONValue.list([.number($0), .number($1)]) }
        return points.isEmpty
            ? nil : .object([("name", .text(source.text)), ("points", .list(points))])
    }
}
