import Archive
import Calendar
import Testing

@testable import SiteGen

struct TrendRunTests {
    private func runs(
        _ windows: [(String, String, [(String, Double)])], _ site: SiteFixture,
        from: String = "2026-11-01T00", to: String = "2026-11-30T00"
    ) throws -> [String] {
        for (slot, source, tags) in windows {
            try site.archive(try time(slot), of: source, tags.map { ($0.0, 50, 1, $0.1) })
        }
        let index = try site.history().index
        return TrendRun.strongest(from: try time(from), to: try time(to), in: index).map { run in
            "\(index.key(ofTag: run.tag).text) \(Int(run.score)) at \(index.slot(ofRow: run.peak)), "
                + "\(run.first) to \(run.last)"
        }
    }

    @Test func `lasts over lists that lack it, up to a day, and peaks at its highest score`()
        async throws
    {
        try await withSite { site in
            let found = try runs(
                [
                    ("2026-11-02T00", "east", [("quake", 20)]),
                    ("2026-11-02T06", "east", [("quake", 90), ("match", 40)]),
                    ("2026-11-02T12", "east", [("match", 40)]),
                    ("2026-11-03T06", "east", [("quake", 90)]),
                    // More than a day later it is another one, which is weaker.
                    ("2026-11-05T00", "east", [("quake", 30)]),
                ], site)
            #expect(
                found == [
                    "quake 90 at 2026-11-02T06:00:00Z, 2026-11-02T00:00:00Z to 2026-11-03T06:00:00Z",
                    "match 40 at 2026-11-02T06:00:00Z, 2026-11-02T06:00:00Z to 2026-11-02T12:00:00Z",
                ])
        }
    }

    @Test func `goes on from one source to another, and never to an edition`() async throws {
        try await withSite { site in
            var site = site
            site.settings.sources = ["east", "west", "deutsch"]
            site.settings.editions = ["deutsch": "east"]
            let found = try runs(
                [
                    ("2026-11-02T00", "east", [("quake", 40)]),
                    ("2026-11-02T06", "west", [("quake", 60)]),
                    ("2026-11-02T12", "east", [("quake", 20)]),
                    ("2026-11-02T18", "deutsch", [("quake", 99)]),
                ], site)
            #expect(
                found == [
                    "quake 60 at 2026-11-02T06:00:00Z, 2026-11-02T00:00:00Z to 2026-11-02T12:00:00Z"
                ])
        }
    }

    @Test func `is told of the source where it was strongest, and never of an edition`()
        async throws
    {
        try await withSite { site in
            var site = site
            site.settings.sources = ["east", "west", "deutsch"]
            site.settings.editions = ["deutsch": "east"]
            let found = try runs(
                [
                    ("2026-11-02T00", "east", [("quake", 20)]),
                    ("2026-11-02T00", "west", [("quake", 60)]),
                    ("2026-11-02T00", "deutsch", [("quake", 99), ("beben", 99)]),
                ], site)
            #expect(
                found == [
                    "quake 60 at 2026-11-02T00:00:00Z, 2026-11-02T00:00:00Z to 2026-11-02T00:00:00Z"
                ])
        }
    }

    @Test func `peaks and ends within the stretch, but began when it began`() async throws {
        try await withSite { site in
            let found = try runs(
                [
                    ("2026-11-02T18", "east", [("quake", 99)]),
                    ("2026-11-03T00", "east", [("quake", 20)]),
                    ("2026-11-03T18", "east", [("quake", 30)]),
                    ("2026-11-04T00", "east", [("quake", 99)]),
                ], site, from: "2026-11-03T00", to: "2026-11-04T00")
            #expect(
                found == [
                    "quake 30 at 2026-11-03T18:00:00Z, 2026-11-02T18:00:00Z to 2026-11-03T18:00:00Z"
                ])
        }
    }
}
