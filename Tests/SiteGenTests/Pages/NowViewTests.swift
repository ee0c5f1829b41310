import Testing

@testable import SiteGen

struct NowViewTests {
    @Test func `shows the last list of a source that missed the newest slot, and says so`()
        async throws
    {
        try await withSite { site in
            try site.archive("2026-11-22T00", "east", tags: ["A", "b"])
            try site.archive("2026-11-22T06", "west", tags: ["c"], status: .partial)
            let view = NowView(try site.site(), Linker(depth: 0))
            #expect(view.sources.map(\.isBehind) == [true, false])
            #expect(view.sources[0].behindReason == "was not read")
            #expect(
                view.sources.map(\.latest?.slotTime) == [
                    "2026-11-22T00:00:00Z", "2026-11-22T06:00:00Z",
                ])
            #expect(view.sources[0].timeline.map(\.isGap) == [false, true])
            #expect(view.sources[1].timeline.map(\.isGap) == [true, false])
            #expect(view.sources[1].timeline[1].shortfall == "50.0% read")
            #expect(view.nextLabel == "12:00–18:00 UTC on 22 November 2026")
            #expect(view.lateTime == "2026-11-22T19:00:00Z")
            // East has the longer list, and nothing newer.
            #expect(view.headline?.tag.text == "c")
            #expect(view.headline?.reason == "leads on west: 40 of 80 people wrote it,")
        }
    }
}
