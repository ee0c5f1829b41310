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
                chart.json.encoded
                    == #"{"kind":"line","start":"2026-11-21T18:00:00Z","step":21600,"count":5,"#
                    + #""gaps":[2,3],"series":[{"name":"east","points":[[1,40]]},"#
                    + #"{"name":"west","points":[[4,40]]}]}"#)
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
            let json = chart.json.encoded
            #expect(
                json.hasPrefix(
                    #"{"kind":"line","start":"2025-09-01T00:00:00Z","step":604800,"count":64,"#
                        + #""gaps":[2,3,"#))
            #expect(
                json.hasSuffix(
                    #"[{"name":"east","points":[[0,40],[63,40]]},{"name":"west","points":[[1,40]]}]}"#
                ))
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

    private func chart(_ tag: String, _ model: Site) throws -> TagChart {
        TagChart(try #require(model.history.tags.tag(ExactText(tag))), model)
    }
}
