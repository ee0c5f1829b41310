import Archive
import Calendar

/// The course of a hashtag as a large line, drawn by the page itself, and on a canvas where scripts run.
///
/// It breaks where no count was kept: there is a pale area as high as a count can have been, if that is known. What was
/// not recorded is shaded, and what was not read whole is a ring beside the line.
struct PlotView: View {
    let label: String
    /// Width of the drawing; it is 1000 high.
    let width: String
    /// Path data.
    let gaps: String
    let days: String
    let bounds: String
    let band: String
    let area: String
    let line: String
    let alone: String
    let parts: String
    let events: String
    /// How many are usual, as a level, and the same in words.
    let level: String
    let usual: String?
    /// Labels, each where it stands, of 100.
    let marks: [MarkView]
    let ticks: [MarkView]
    let canvas: ChartView

    struct MarkView: View {
        let x: String
        let y: String
        /// `start`, `middle` or `end`
        let anchor: String
        let kind: String
        let text: String
    }

    /// What is drawn: values by place.
    struct Course {
        /// The time of each place.
        let times: [Timestamp]
        let people: [Int: Int]
        /// When these were, of a place that is longer than a slot.
        var moments: [Int: Timestamp] = [:]
        /// Places of which nothing was recorded.
        let gaps: Set<Int>
        /// Places of which some was missed, so that there may have been more.
        var parts: Set<Int> = []
        var unusual: Set<Int> = []
        /// How many are usual there.
        var usual: [Int: Double] = [:]
        /// How many there can have been.
        var bounds: [Int: Int] = [:]
        /// How many are usual at the last place, drawn through, and the same in words.
        var level: (people: Double, words: String)?
        /// How many of the highest places have labels at the most.
        var mostPeaks = 3
    }

    /// - Parameter data: The same for the canvas.
    init(_ course: Course, identifier: String, label: String, data: JSONDocument) {
        self.label = label
        let count = course.times.count
        let highest = max(
            Double(course.people.values.max() ?? 0), course.level?.people ?? 0,
            Double(course.bounds.values.max() ?? 0), course.usual.values.max().map { 2 * $0 } ?? 0)
        // Room above for labels.
        let top = max(1, highest * 1.22)
        func y(_ value: Double) -> Int { 1000 - Int((1000 * min(value, top) / top).rounded()) }
        width = String(2 * count)
        gaps = Self.columns(course.gaps.sorted().map { ($0, 0) })
        bounds = Self.columns(
            course.bounds.sorted { $0.key < $1.key }.map { ($0.key, y(Double($0.value))) })
        band = course.usual.sorted { $0.key < $1.key }.map { place, usual in
            let (low, high) = (y(usual / 2), y(usual * 2))
            return "M\(2 * place) \(high)h2V\(low)h-2z"
        }.joined()
        let wholes = course.people.filter { !course.parts.contains($0.key) }
        (line, area, alone) = Self.line(wholes) { y(Double($0)) }
        func points(_ places: Set<Int>) -> String {
            places.sorted().compactMap { place in
                course.people[place].map { "M\(2 * place + 1) \(y(Double($0)))h0" }
            }.joined()
        }
        (parts, events) = (points(course.parts), points(course.unusual))
        level = course.level.map { "M0 \(y($0.people))H\(2 * count)" } ?? ""
        usual = course.level?.words
        func percent(_ value: Double) -> String { FixedPoint.text(value, decimals: 1) }
        let starts = Self.starts(course.times)
        days = starts.map { "M\(2 * $0) 0v1000" }.joined()
        ticks = Self.ticks(starts, course.times)
        marks = course.peaks.map { place, people, text in
            let x = (Double(place) + 0.5) / Double(max(1, count))
            return MarkView(
                x: percent(100 * x), y: percent(Double(y(Double(people))) / 10),
                anchor: Self.anchor(at: x), kind: "peak", text: text)
        }
        canvas = ChartView(identifier: identifier, label: label, data: Island(data))
    }

    /// How a peak's label stands to where it is, of 1.
    fileprivate static func anchor(at x: Double) -> String {
        x < 0.14 ? "start" : x > 0.86 ? "end" : "middle"
    }

    /// From the bottom up to a height.
    private static func columns(_ columns: [(place: Int, top: Int)]) -> String {
        columns.map { "M\(2 * $0.place) \($0.top)h2V1000h-2z" }.joined()
    }

    /// The line, the area below it, and the points with nothing beside them.
    private static func line(
        _ people: [Int: Int], y: (Int) -> Int
    ) -> (line: String, area: String, alone: String) {
        var (line, area, alone) = ("", "", "")
        for (place, value) in people.sorted(by: { $0.key < $1.key }) {
            let point = "\(2 * place + 1) \(y(value))"
            switch (people[place - 1] != nil, people[place + 1] != nil) {
            case (false, false): alone += "M\(point)h0"
            case (false, true):
                line += "M\(point)"
                area += "M\(2 * place + 1) 1000L\(point)"
            case (true, let goesOn):
                line += "L\(point)"
                area += "L\(point)" + (goesOn ? "" : "V1000z")
            }
        }
        return (line, area, alone)
    }

    /// The days that have room for their label: behind where they begin, and before it at the right edge.
    private static func ticks(_ starts: [Int], _ times: [Timestamp]) -> [MarkView] {
        var ticks: [MarkView] = []
        var free = 0.0
        for place in starts {
            let x = 100 * Double(place) / Double(max(1, times.count))
            let isLast = x + labelWidth > 100
            guard (isLast ? x - labelWidth : x) >= free else { continue }
            free = x + labelWidth
            ticks.append(
                MarkView(
                    x: FixedPoint.text(x, decimals: 1), y: "", anchor: isLast ? "end" : "start",
                    kind: "tick", text: Wording.shortDay(times[place].date)))
        }
        return ticks
    }

    /// How much of a phone's width a day takes, of 100.
    private static let labelWidth = 14.0

    /// Where a day begins; a month where there are more than forty.
    private static func starts(_ times: [Timestamp]) -> [Int] {
        let days = times.indices.filter { index in
            index > 0 && times[index].date != times[index - 1].date
        }
        guard days.count > 40 else { return days }
        return days.filter { times[$0].date.month != times[$0 - 1].date.month }
    }
}

extension PlotView.Course {
    /// How much of a phone's width a peak's label takes, of 1.
    private static let labelWidth = 0.32

    /// Where the label of a peak is, of 1: above it, but within the drawing.
    private func label(of place: Int) -> (start: Double, end: Double) {
        let x = (Double(place) + 0.5) / Double(max(1, times.count))
        let width = Self.labelWidth
        switch PlotView.anchor(at: x) {
        case "start": return (0, x + width)
        case "end": return (x - width, 1)
        default: return (x - width / 2, x + width / 2)
        }
    }

    /// Whether nothing is higher below its label: it is a peak then, and no line runs through what is said of it.
    private func isPeak(_ place: Int, _ people: Int) -> Bool {
        let (start, end) = label(of: place)
        let below = Int(start * Double(times.count))...Int(end * Double(times.count))
        // Nearest first, as most are lower than what is beside them.
        return (1...below.count).allSatisfy { step in
            [place - step, place + step].allSatisfy {
                !below.contains($0) || self.people[$0] ?? 0 <= people
            }
        }
    }

    /// The highest peaks, no two of them so near each other that their labels meet: `29 Nov: 1,320`.
    var peaks: [(place: Int, people: Int, text: String)] {
        let days = times.map(\.date.daysSinceEpoch)
        let isLong = (days.last ?? 0) - (days.first ?? 0) > 366
        var peaks: [(place: Int, people: Int, text: String)] = []
        for (place, count) in people.sorted(by: { ($1.value, $0.key) < ($0.value, $1.key) })
        where peaks.count < mostPeaks
            && peaks.allSatisfy({ peak in
                let (one, other) = (label(of: peak.place), label(of: place))
                return abs(peak.place - place) >= 3
                    && (one.end <= other.start || other.end <= one.start)
            }) && isPeak(place, count)
        {
            let date = (moments[place] ?? times[place]).date
            let when = isLong ? "\(date.shortMonthName) \(date.year)" : Wording.shortDay(date)
            peaks.append((place, count, "\(when): \(Wording.number(count))"))
        }
        return peaks.sorted { $0.place < $1.place }
    }
}
