import Archive
import Calendar
import Testing

@testable import SiteGen

struct StatusViewTests {
    @Test func `counts the slots that were due, also those without a row`() async throws {
        try await withSite { site in
            try site.archive("2026-11-01T00", tags: ["a"])
            // Nobody has a row of the next one.
            try site.archive("2026-11-01T12", tags: ["a"], status: .partial)
            try site.archive("2026-11-01T12", "west", tags: ["a"])
            try site.archive("2026-11-01T18", "west", tags: ["a"], status: .backfilled)
            let model = try site.site()
            let view = StatusView(model, Linker(depth: 1))
            #expect(
                view.sources.map { [$0.title, $0.month, $0.read?.label] } == [
                    [
                        "east", "1 whole, 1 in part, 2 not read", "1 Nov 2026, 12:00–18:00 UTC",
                    ],
                    [
                        "west", "2 whole, 0 in part, 0 not read", "1 Nov 2026, 18:00–24:00 UTC",
                    ],
                ])
            let none = "not read: no run took place while it could be"
            #expect(
                view.failures.map { [$0.title, $0.label, $0.reason, $0.link.target] } == [
                    ["east", "1 Nov 2026, 18:00–24:00 UTC", none, "../2026/11/01/18/"],
                    ["east", "1 Nov 2026, 12:00–18:00 UTC", "read in part", "../2026/11/01/12/"],
                    ["east", "1 Nov 2026, 06:00–12:00 UTC", none, "../2026/11/01/#h0600"],
                ])
            let json = StatusDocument(site: model).json.encoded
            #expect(json.contains(#""complete":1,"partial":1,"missing":2,"faults":[{"#))
            #expect(
                json.contains(
                    #"{"slot":"2026-11-01T06:00:00Z","status":"missing","kind":"not-run"}]"#))
            #expect(view.cut == nil)
            try site.build()
        }
    }

    @Test func `says of how many it tells the latest`() async throws {
        try await withSite { site in
            try site.archive("2026-11-01T00", tags: ["a"])
            try site.archive("2026-11-14T00", tags: ["a"])
            let view = StatusView(try site.site(), Linker(depth: 1))
            #expect(view.failures.count == 50 && view.cut == "the latest 50 of 51")
        }
    }
}
