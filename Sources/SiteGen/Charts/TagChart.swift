import Archive
import Calendar
import Text

/// The points of a hashtag's history: one a slot, or of a long history the peak of each day or week.
///
/// Where the hashtag was in no list its count is unknown, so there is no point and the line breaks.
/// Slots that were not recorded are named apart.
struct TagChart {
    let step: Step
    /// The rows shown, in order of time: of each point and source the one with the most people.
    let rows: [TopRow]
    let json: JSONDocument

    /// The time that a point stands for.
    enum Step {
        case slot
        case day
        case week
    }

    /// What the peaks are of, if not every window is shown.
    var unit: String? {
        switch step {
        case .slot: nil
        case .day: "day"
        case .week: "week"
        }
    }

    /// More rows than that, and a page takes longer steps.
    private static let mostRows = 400

    init(_ tag: TagHistory, _ site: Site) {
        let history = site.history
        let all = tag.allRows
        // From one slot before, where there is one, so that a single point stands free; not beyond the
        // end, which later windows would change.
        let first = max(
            history.first, (all.first?.slot ?? history.first) - history.schedule.seconds)
        let last = all.last?.slot ?? history.last
        let points: TagPoints
        (step, points) = Self.points(of: all, from: first, to: last, history.schedule)
        let sources = history.sources.map { ExactText($0.name) }
        rows = points.rows(of: sources)
        let count = points.place(of: last) + 1
        var isGap = Array(repeating: true, count: count)
        for slot in history.readSlots(from: points.start, through: last) {
            isGap[points.place(of: slot)] = false
        }
        json = .object([
            ("kind", .text("line")),
            ("start", .text(points.start.description)),
            ("step", .number(points.seconds)),
            ("count", .number(count)),
            ("gaps", .list((0..<count).filter { isGap[$0] }.map(JSONDocument.number))),
            ("series", .list(sources.compactMap(points.series))),
        ])
    }

    private static func points(
        of rows: [TopRow], from first: Timestamp, to last: Timestamp, _ schedule: Schedule
    ) -> (Step, TagPoints) {
        for (step, mostDays) in [(Step.slot, 30), (.day, 400)]
        where last.seconds(since: first) <= mostDays * 86_400 {
            let points = TagPoints(rows, by: step, from: first, schedule)
            if points.rowCount <= mostRows { return (step, points) }
        }
        return (.week, TagPoints(rows, by: .week, from: first, schedule))
    }
}

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
    func series(of source: ExactText) -> JSONDocument? {
        let points = peaks.compactMap { place, rows in rows[source].map { (place, $0.accounts) } }
            .sorted { $0.0 < $1.0 }
            .map { JSONDocument.list([.number($0), .number($1)]) }
        return points.isEmpty
            ? nil : .object([("name", .text(source.text)), ("points", .list(points))])
    }
}
