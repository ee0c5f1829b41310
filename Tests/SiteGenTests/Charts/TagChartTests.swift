import Calendar
import Testing
import Text

@testable import SiteGen

struct TagChartTests {
    @Test func `breaks the line where a count is unknown and names what was not recorded`()
        async throws
    {
        try await withSite { site in
            try site.archive("2026-11-21T18", tags: ["x"])
            try site.archive("2026-11-22T00", tags: ["a", "x"])
            try site.archive("2026-11-22T06", tags: [], status: .missing)
            try site.archive("2026-11-22T18", "west", tags: ["a"])
            let model = try site.site()
            let chart = try chart("a", model)
            #expect(
                chart.series.map(\.json.encoded) == [
                    #"{"kind":"line","start":"2026-11-21T18:00:00Z","step":21600,"count":5,"#
                        + #""gaps":[2,3,4],"series":[{"name":"east","points":[[1,40]],"#
                        + #""bounds":[[0,1,1]],"parts":[],"unusual":[],"#
                        + #""peaks":[[1,"22 Nov: 40"]],"band":[],"usual":null}]}"#,
                    #"{"kind":"line","start":"2026-11-21T18:00:00Z","step":21600,"count":5,"#
                        + #""gaps":[0,1,2,3],"series":[{"name":"west","points":[[4,40]],"#
                        + #""bounds":[],"parts":[],"unusual":[],"#
                        + #""peaks":[[4,"22 Nov: 40"]],"band":[],"usual":null}]}"#,
                ])
            #expect(chart.rows.map(\.source) == ["east", "west"])
        }
    }

    @Test func `shows the peak of each day once the history is long`() async throws {
        try await withSite { site in
            try site.archive("2026-09-01T00", tags: ["b", "a"])
            try site.archive("2026-09-01T06", tags: ["a"])
            try site.archive("2026-11-22T18", tags: ["a"])
            let model = try site.site()
            let chart = try chart("a", model)
            #expect(chart.step == .day)
            #expect(try chart.rows.map(\.slot) == [time("2026-09-01T06"), time("2026-11-22T18")])
        }
    }

    @Test func `tells days that a source did not read whole, and has no bound of them`()
        async throws
    {
        try await withSite { site in
            let hours = ["00", "06", "12", "18"]
            for hour in hours { try site.archive("2026-09-01T\(hour)", tags: ["a"]) }
            for hour in hours { try site.archive("2026-09-02T\(hour)", tags: ["b"]) }
            for hour in hours.dropLast() { try site.archive("2026-09-03T\(hour)", tags: ["b"]) }
            for hour in hours.dropLast() { try site.archive("2026-09-04T\(hour)", tags: ["a"]) }
            for hour in hours { try site.archive("2026-09-04T\(hour)", "west", tags: ["a"]) }
            for hour in hours {
                try site.archive(
                    "2026-09-05T\(hour)", tags: ["a"], status: hour == "12" ? .partial : .complete)
            }
            for hour in hours { try site.archive("2026-11-22T\(hour)", tags: ["a"]) }
            let chart = try chart("a", try site.site())
            #expect(chart.step == .day)
            let east = chart.series[0].course
            #expect(east.people.keys.sorted() == [0, 3, 4, 82])
            #expect(east.parts == [3, 4])
            #expect(east.bounds == [1: 1])
            #expect(east.gaps == Set(5...81))
            #expect(chart.series[1].course.parts.isEmpty)
            #expect(chart.series[1].course.gaps == Set(0...82).subtracting([3]))
        }
    }

    @Test func `a week is told apart once two of its days were not read whole`() async throws {
        try await withSite { site in
            let first = try time("2025-09-01T00")
            // Of the first week six days, of the second five, and the last one is not over.
            for day in [0, 1, 2, 3, 4, 5, 7, 8, 9, 10, 11, 448] {
                for hour in 0..<4 {
                    try site.archive(["east": ["a"]], at: first + day * 86_400 + hour * 21_600)
                }
            }
            let chart = try chart("a", try site.site())
            #expect(chart.step == .week)
            #expect(chart.series.map(\.course.parts) == [[1, 64]])
        }
    }

    @Test func `shows the peak of each week once it is longer than a year`() async throws {
        try await withSite { site in
            try site.archive("2025-09-01T00", tags: ["b", "a"])
            try site.archive("2025-09-07T18", tags: ["a"])
            try site.archive("2025-09-08T00", "west", tags: ["a"])
            try site.archive("2026-11-22T18", tags: ["a"])
            let model = try site.site()
            let chart = try chart("a", model)
            #expect(chart.step == .week)
            #expect(
                try chart.rows.map(\.slot) == [
                    time("2025-09-07T18"), time("2025-09-08T00"), time("2026-11-22T18"),
                ])
            #expect(
                chart.series.allSatisfy {
                    $0.json.encoded.hasPrefix(
                        #"{"kind":"line","start":"2025-09-01T00:00:00Z","step":604800,"count":64,"#
                            + #""gaps":["#)
                })
            #expect(
                chart.series.map(\.course.people) == [[0: 40, 63: 40], [1: 40]])
            #expect(chart.series.map(\.course.gaps.count) == [62, 63])
        }
    }

    @Test func `takes longer steps where the lines would be too many`() async throws {
        try await withSite { site in
            let first = try time("2025-10-01T00")
            for day in 0..<401 {
                try site.archive(["east": ["a"]], at: first + day * 86_400)
            }
            let chart = try chart("a", try site.site())
            #expect(chart.step == .week)
            #expect(chart.rows.count == 58)
        }
    }

    @Test func `knows from the tails what was in no list, and a bound of what was in none of them`()
        async throws
    {
        try await withSite { site in
            var site = site
            site.settings.top = 1
            try site.archive("2026-11-21T00", tags: ["a", "b"])
            try site.archive("2026-11-21T06", tags: ["c", "a"])
            try site.archive("2026-11-21T12", tags: ["c", "d"])
            try site.archive("2026-11-21T18", tags: ["a"])
            let old = try time("2026-07-01T00")
            try site.archive(["east": ["b", "a"]], at: old)
            let chart = try chart("a", try site.site())
            #expect(
                chart.rows.map { [$0.rank, $0.accounts] } == [[1, 40], [0, 39], [1, 40]])
            #expect(chart.series.map(\.course.people) == [[1: 40, 2: 39, 4: 40]])
            #expect(chart.series.map(\.course.bounds) == [[3: 1]])
            // What was in no tail of the last ninety days has the bound of the list.
            site.settings.top = 2
            let long = try self.chart("b", try site.site())
            #expect(long.series.map(\.course.people) == [[0: 80, 143: 39]])
            #expect(long.series.map(\.course.bounds) == [[:]])
        }
    }

    private func chart(_ tag: String, _ model: Site) throws -> TagChart {
        let number = try #require(model.history.index.tables.tag(tag))
        return TagChart(model.history.tags[Int(number)], model)
    }
}
