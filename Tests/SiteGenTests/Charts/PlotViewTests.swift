import Archive
import Calendar
import Testing

@testable import SiteGen

struct PlotViewTests {
    private func plot(
        _ count: Int, peaks: Int = 1, gaps: Set<Int> = [],
        _ change: (inout PlotView.Course) -> Void = { _ in },
        people: [Int: Int]
    ) throws -> PlotView {
        let start = try time("2026-11-02T00")
        var course = PlotView.Course(
            times: (0..<count).map { start + $0 * 21_600 }, people: people, gaps: gaps,
            mostPeaks: peaks)
        change(&course)
        return PlotView(course, identifier: "chart-1", label: "People", data: .null)
    }

    @Test(
        arguments: [
            // As high as 1000, which leaves room for a label above the highest.
            ([0: 0, 1: 50, 2: 100], "M1 1000L3 590L5 180", "M1 1000L1 1000L3 590L5 180V1000z", ""),
            // It breaks where no count was kept, and a count by itself is a point.
            ([0: 100, 2: 100, 3: 0], "M5 180L7 1000", "M5 1000L5 180L7 1000V1000z", "M1 180h0"),
            ([:], "", "", ""),
        ] as [([Int: Int], String, String, String)])
    func `draws a line that breaks where nothing is known`(
        _ people: [Int: Int], _ line: String, _ area: String, _ alone: String
    ) throws {
        let plot = try plot(4, people: people)
        #expect([plot.line, plot.area, plot.alone] == [line, area, alone])
        #expect(plot.width == "8")
    }

    @Test func `shades gaps over the whole height and bounds as high as they are`() throws {
        let plot = try plot(4, gaps: [1], { $0.bounds = [2: 50] }, people: [0: 100])
        #expect(plot.gaps == "M2 0h2V1000h-2z")
        #expect(plot.bounds == "M4 590h2V1000h-2z")
    }

    @Test func `what was not read whole is a ring beside the line, which breaks there`() throws {
        let plot = try plot(4, { $0.parts = [1, 3] }, people: [0: 100, 1: 50, 2: 100])
        #expect(plot.line.isEmpty && plot.alone == "M1 180h0M5 180h0")
        #expect(plot.parts == "M3 590h0")
    }

    @Test func `names the month of a peak where there are several years`() throws {
        let plot = try plot(1600, people: [0: 1, 4: 1200])
        #expect(plot.marks.map(\.text) == ["Nov 2026: 1,200"])
    }

    @Test func `names the day on which a peak was, not that on which its week begins`() throws {
        let day = try time("2026-11-04T18")
        let plot = try plot(2, { $0.moments = [0: day] }, people: [0: 9])
        #expect(plot.marks.map(\.text) == ["4 Nov: 9"])
    }

    @Test func `draws what is usual as a band from half to twice, within the drawing`() throws {
        let plot = try plot(2, { $0.usual = [0: 20, 1: 50] }, people: [0: 100, 1: 100])
        #expect(plot.band == "M0 672h2V918h-2zM2 180h2V795h-2z")
        #expect(plot.level.isEmpty)
    }

    @Test(
        "labels peaks alone, and no two that would meet on a phone",
        arguments: [
            // At the right edge, and before it, where a label would run into the first.
            ([17: 70, 27: 100], ["27"]), ([13: 70, 27: 100], ["13", "27"]),
            ([0: 100, 9: 70], ["0"]), ([0: 100, 18: 70], ["0", "18"]),
            ([9: 100, 18: 70], ["9", "18"]), ([10: 100, 18: 70], ["10"]),
            // On the way up to one whose own label has no room, and beside one as high.
            ([12: 40, 16: 70, 27: 90], ["27"]),
            ([13: 40, 14: 40, 27: 90], ["13", "27"]),
        ] as [([Int: Int], [String])])
    func peaks(people: [Int: Int], labelled: [String]) throws {
        let course = PlotView.Course(
            times: try (0..<28).map { try time("2026-11-02T00") + $0 * 21_600 }, people: people,
            gaps: [])
        #expect(course.peaks.map { String($0.place) } == labelled)
    }

    @Test func `marks what was unusual, the highest place, and the usual level`() throws {
        let plot = try plot(
            8, peaks: 2, { ($0.unusual, $0.level) = ([1, 5], (50, "at most 50")) },
            people: [0: 9, 1: 100, 2: 90, 6: 40])
        // Of place 5 there is no count.
        #expect(plot.events == "M3 180h0")
        #expect(plot.level == "M0 590H16")
        #expect(plot.usual == "at most 50")
        #expect(
            plot.marks.map { "\($0.kind) \($0.text) at \($0.x), \($0.anchor)" } == [
                "peak 2 Nov: 100 at 18.8, middle", "peak 3 Nov: 40 at 81.3, middle",
            ])
        #expect(plot.days == "M8 0v1000")
        #expect(plot.ticks.map { "\($0.text) \($0.x)" } == ["3 Nov 50.0"])
    }

    @Test(
        arguments: [
            (
                28, 0,
                [
                    "3 Nov 14.3 start", "4 Nov 28.6 start", "5 Nov 42.9 start", "6 Nov 57.1 start",
                    "7 Nov 71.4 start", "8 Nov 85.7 start",
                ]
            ),
            // The eighth would run past the edge, or into the seventh.
            (
                28, 3,
                [
                    "3 Nov 3.6 start", "4 Nov 17.9 start", "5 Nov 32.1 start", "6 Nov 46.4 start",
                    "7 Nov 60.7 start", "8 Nov 75.0 start",
                ]
            ),
            (6, 3, ["3 Nov 16.7 start", "4 Nov 83.3 start"]),
            (5, 0, ["3 Nov 80.0 start"]), (9, 0, ["3 Nov 44.4 start", "4 Nov 88.9 end"]),
        ] as [(Int, Int, [String])])
    func `names days where there is room, and none beyond the edge`(
        _ count: Int, _ hour: Int, _ ticks: [String]
    ) throws {
        let start = try time("2026-11-02T00") + hour * 21_600
        let plot = try plot(
            count,
            { $0 = .init(times: (0..<count).map { start + $0 * 21_600 }, people: [:], gaps: []) },
            people: [:])
        #expect(plot.ticks.map { "\($0.text) \($0.x) \($0.anchor)" } == ticks)
    }
}
