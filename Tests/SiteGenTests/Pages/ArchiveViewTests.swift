import Testing

@testable import SiteGen

struct ArchiveViewTests {
    @Test
    func `says of each month and source how many periods of its days that are over were read`()
        async throws
    {
        try await withSite { site in
            try site.archive("2025-12-31T12", tags: ["a"])
            try site.archive("2026-01-01T00", tags: ["a"])
            try site.archive("2026-01-01T00", "west", tags: ["a"])
            try site.archive("2026-01-01T06", tags: [], status: .missing)
            try site.archive("2026-01-01T18", "west", tags: ["a"])
            try site.archive("2026-01-02T00", tags: ["a"])
            let view = ArchiveView(try site.site(), Linker(depth: 1))
            #expect(view.latest.map(\.label) == ["2 Jan", "Week 1"])
            #expect(view.years.map(\.year.label) == ["2026", "2025"])
            let months = view.years.flatMap(\.months)
            #expect(months.map(\.month.link.target) == ["../2026/01/", "../2025/12/"])
            #expect(months.map(\.isUnfinished) == [true, false])
            #expect(
                months.map { $0.sources.map { "\($0.name ?? "") \($0.recorded) \($0.share)" } } == [
                    ["east 1 of 4 periods 25.0", "west 2 of 4 periods 50.0"],
                    ["east 1 of 2 periods 50.0"],
                ])
        }
    }
}
