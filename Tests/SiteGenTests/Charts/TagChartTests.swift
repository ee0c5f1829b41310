import Testing

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
            #expect(chart.isDaily)
            #expect(try chart.rows.map(\.slot) == [time("2026-09-01T06"), time("2026-11-22T18")])
        }
    }

    private func chart(_ tag: String, _ model: Site) throws -> TagChart {
        TagChart(try #require(model.history.tags.tag(ExactText(tag))), model)
    }
}
