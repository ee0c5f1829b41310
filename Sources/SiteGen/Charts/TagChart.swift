import Archive
import Calendar
import Text

/// The points of a hashtag's history: one a slot, or of a long history the peak of each day or week.
///
/// Where nothing kept its count there is no point, and the line breaks; how many it can have been is said as a bound
/// where that is known. What its source did not record is named apart, and so is what it did not read whole: there the
/// peak may have been missed.
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
        let times = (0...points.place(of: last)).map { points.start + $0 * points.seconds }
        // A trending line tells of an event, and any line what was usual then.
        let trending = Set(tag.trendingRows.map { TagPoints.Place(points.place(of: $0.slot), $0) })
        series = sources.enumerated().compactMap { index, source in
            let name = ExactText(source.name)
            let known = points.rows(of: name)
            guard let number = bounds.number(of: name), !known.isEmpty else { return nil }
            let runs = bounds.runs(of: number, without: known)
            let limits = runs.flatMap { run in
                (run.first..<run.first + run.count).map { ($0, run.bound) }
            }
            let course = PlotView.Course(
                times: times, people: known.mapValues(\.accounts),
                moments: known.mapValues(\.slot), gaps: bounds.gaps(of: number),
                parts: Set(
                    known.keys.filter {
                        let start = points.start + $0 * points.seconds
                        let end = start + points.seconds
                        return !source.readEnough(from: start, to: end, by: last, history.schedule)
                    }),
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

extension SourceHistory {
    /// Whether it read enough of a time by a slot to know its peak: as the hours that are missing can be the busy ones, of
    /// three days in four, and of one alone, every slot.
    fileprivate func readEnough(
        from start: Timestamp, to end: Timestamp, by last: Timestamp, _ schedule: Schedule
    ) -> Bool {
        let read = windows(from: start, to: min(end, last + 1)).lazy.map(\.entry)
        let slots = Set(
            read.filter { WindowRow.isNearlyWhole($0.coverage) }.map {
                Timestamp(secondsSinceEpoch: $0.slot)
            })
        let days = Dictionary(
            grouping: schedule.slots(from: start, through: end - 1).map(\.start), by: \.date)
        return 4 * days.values.count { $0.allSatisfy(slots.contains) } >= 3 * days.count
    }
}

/// The most people that a hashtag can have had where no count of it was kept: as many as the last of the list, or the
/// last of the tail where that is looked at.
struct TagBounds {
    /// By source and point: how many slots were read.
    private var reads: [[Int]]
    /// By source and point: of how many slots there is a bound, and the highest.
    private var bounds: [[(count: Int, most: Int)]]
    private let points: TagPoints
    private let tables: ArchiveTables
    private let schedule: Schedule

    init(_ points: TagPoints, from first: Timestamp, through last: Timestamp, _ site: Site) {
        (self.points, schedule) = (points, site.history.schedule)
        tables = site.history.index.tables
        let count = points.place(of: last) + 1
        reads = tables.sources.map { _ in Array(repeating: 0, count: count) }
        bounds = tables.sources.map { _ in Array(repeating: (0, 0), count: count) }
        let tails = max(first, TagTails.reach(upTo: last))
        for number in tables.firstWindow(from: points.start)..<tables.windows.count {
            let window = tables.windows[number]
            guard window.slot <= last.secondsSinceEpoch else { break }
            guard window.wasRead else { continue }
            let slot = Timestamp(secondsSinceEpoch: window.slot)
            let (source, place) = (Int(window.source), points.place(of: slot))
            reads[source][place] += 1
            let bound =
                slot >= tails ? site.most(below: Int32(number)) : site.mostUnlisted(in: window)
            guard slot >= first, let bound else { continue }
            bounds[source][place].count += 1
            bounds[source][place].most = max(bound, bounds[source][place].most)
        }
    }

    func number(of source: ExactText) -> Int? {
        tables.sources.indices.first { ExactText(tables.name(ofSource: Int32($0))) == source }
    }

    /// The points of which a source read nothing.
    func gaps(of source: Int) -> Set<Int> {
        Set(reads[source].indices.filter { reads[source][$0] == 0 })
    }

    /// Points without a count in a row, and the bound of all of them.
    struct Run {
        let first: Int
        var count: Int
        let bound: Int
    }

    /// Of the points whose every slot was read, as what was not read has no bound.
    func runs(of source: Int, without known: [Int: TopRow]) -> [Run] {
        var runs: [Run] = []
        for (place, bound) in bounds[source].enumerated()
        where bound.count > 0 && known[place] == nil {
            let start = points.start + place * points.seconds
            let slots = schedule.slots(from: start, through: start + points.seconds - 1)
            guard bound.count >= slots.count(where: { _ in true }) else { continue }
            if let run = runs.last, run.first + run.count == place, run.bound == bound.most {
                runs[runs.count - 1].count += 1
            } else {
                runs.append(Run(first: place, count: 1, bound: bound.most))
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
