import Archive
import Calendar
import Text

/// The points of a hashtag's history: one a slot, or of a long history the peak of each day or week.
///
/// Where nothing kept its count there is no point, and the line breaks; how many it can have been is said as a bound
/// where that is known. Slots that were not recorded are named apart.
struct TagChart {
    let step: Step
    /// The rows shown, in order of time: of each point and source the one with the most people.
    let rows: [TopRow]
    /// One of each source that listed it, on its own scale.
    let series: [Series]

    /// The history of a hashtag in one source.
    struct Series {
        let source: String
        /// The place of the source among all.
        let index: Int
        let course: PlotView.Course
        let json: JSONDocument
    }

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
        // From one slot before, where there is one, so that a single point stands free; not beyond the
        // end, which later windows would change.
        let last = tag.allRows.last?.slot ?? history.last
        let first = max(
            history.first,
            history.schedule.slot(containing: tag.allRows.first?.slot ?? last).previous.start)
        let all = tag.knownRows(site)
        let points: TagPoints
        (step, points) = Self.points(of: all, from: first, to: last, history.schedule)
        let sources = history.sources
        rows = points.rows(of: sources.map { ExactText($0.name) })
        let bounds = TagBounds(points, from: first, through: last, site)
        let times = bounds.isGap.indices.map { points.start + $0 * points.seconds }
        let gaps = Set(bounds.isGap.indices.filter { bounds.isGap[$0] })
        // A trending line tells of an event, and any line what was usual then.
        let trending = Set(tag.trendingRows.map { TagPoints.Place(points.place(of: $0.slot), $0) })
        series = sources.enumerated().compactMap { index, source in
            let name = ExactText(source.name)
            let known = points.rows(of: name)
            guard !known.isEmpty else { return nil }
            let runs = bounds.runs(of: name, without: points)
            let limits = runs.flatMap { run in
                (run.first..<run.first + run.count).map { ($0, run.bound) }
            }
            let course = PlotView.Course(
                times: times, people: known.mapValues(\.accounts), gaps: gaps,
                unusual: Set(
                    known.filter { trending.contains(TagPoints.Place($0.key, $0.value)) }.keys),
                usual: known.compactMapValues(\.expected),
                bounds: Dictionary(uniqueKeysWithValues: limits))
            return Series(
                source: source.name, index: index, course: course,
                json: course.json(
                    from: points.start, step: points.seconds, named: site.title(of: source.name),
                    bounds: runs))
        }
    }

    private static func points(
        of rows: [TopRow], from first: Timestamp, to last: Timestamp, _ schedule: Schedule
    ) -> (Step, TagPoints) {
        for (step, mostDays) in [(Step.slot, 30), (.day, 400)]
        where last.seconds(since: first) <= mostDays * 86_400
            // A step is as long as every slot.
            && (step != .slot || schedule.isEven(from: first, through: last))
        {
            let points = TagPoints(rows, by: step, from: first, schedule)
            if points.rowCount <= mostRows { return (step, points) }
        }
        return (.week, TagPoints(rows, by: .week, from: first, schedule))
    }
}

/// The most people that a hashtag can have had where no count of it was kept: as many as the last of the list, or the
/// last of the tail where that is looked at.
struct TagBounds {
    /// By point; true where no source read anything.
    let isGap: [Bool]
    /// By source and point; nil where nothing was read, or there is no telling.
    private let most: [[Int?]]
    private let tables: ArchiveTables

    init(_ points: TagPoints, from first: Timestamp, through last: Timestamp, _ site: Site) {
        tables = site.history.index.tables
        let count = points.place(of: last) + 1
        var isGap = Array(repeating: true, count: count)
        var most = Array(repeating: [Int?](), count: tables.sources.count)
        let tails = max(first, TagTails.reach(upTo: last))
        var open: [(source: Int, place: Int)] = []
        for number in tables.firstWindow(from: points.start)..<tables.windows.count {
            let window = tables.windows[number]
            guard window.slot <= last.secondsSinceEpoch else { break }
            guard window.wasRead else { continue }
            let slot = Timestamp(secondsSinceEpoch: window.slot)
            let place = points.place(of: slot)
            isGap[place] = false
            guard slot >= first else { continue }
            let source = Int(window.source)
            let bound =
                slot >= tails ? site.most(below: Int32(number)) : site.mostUnlisted(in: window)
            guard let bound else {
                open.append((source, place))
                continue
            }
            if most[source].isEmpty { most[source] = Array(repeating: nil, count: count) }
            most[source][place] = max(bound, most[source][place] ?? 0)
        }
        for (source, place) in open where !most[source].isEmpty { most[source][place] = nil }
        (self.isGap, self.most) = (isGap, most)
    }

    /// Points without a count in a row, and the bound of all of them.
    struct Run {
        let first: Int
        var count: Int
        let bound: Int
    }

    func runs(of source: ExactText, without points: TagPoints) -> [Run] {
        let number = tables.sources.indices.first {
            ExactText(tables.name(ofSource: Int32($0))) == source
        }
        guard let number else { return [] }
        var runs: [Run] = []
        for (place, bound) in most[number].enumerated() {
            guard let bound, !points.has(place, of: source) else { continue }
            if let run = runs.last, run.first + run.count == place, run.bound == bound {
                runs[runs.count - 1].count += 1
            } else {
                runs.append(Run(first: place, count: 1, bound: bound))
            }
        }
        return runs
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
        case .slot:
            let slot = schedule.slot(containing: first)
            (start, seconds) = (slot.start, slot.seconds)
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

    /// Whether a source has a row there.
    func has(_ place: Int, of source: ExactText) -> Bool { peaks[place]?[source] != nil }

    /// The row of each of a source's points.
    func rows(of source: ExactText) -> [Int: TopRow] { peaks.compactMapValues { $0[source] } }

    /// A point of a source.
    struct Place: Hashable {
        let place: Int
        let source: ExactText

        init(_ place: Int, _ row: TopRow) {
            (self.place, source) = (place, ExactText(row.source))
        }
    }
}
