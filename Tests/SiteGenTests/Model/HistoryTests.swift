import Files
import Testing

@testable import SiteGen

struct HistoryTests {
    @Test func `shows configured sources first and others by name`() async throws {
        try await withSite { site in
            for source in ["zulu", "west", "alpha", "east"] {
                try site.archive("2026-11-22T00", source, tags: ["a"])
            }
            #expect(try site.history().sources.map(\.name) == ["east", "west", "alpha", "zulu"])
        }
    }

    @Test func `knows withdrawn tags nowhere but by number`() async throws {
        try await withSite { site in
            try site.archive("2026-11-22T00", tags: ["a", "Secret", "b"])
            try site.withdraw("secret")
            let history = try site.history()
            #expect(history.tags.map(\.key.text) == ["a", "b"])
            #expect(history.sources[0].windows[0].entries.map(\.row.rank) == [1, 3])
            #expect(history.withdrawn.tagCount == 1)
        }
    }

    @Test func `leaves out rows that have no window and ranks beyond the list`() async throws {
        try await withSite { site in
            try site.archive("2026-11-22T00", tags: ["a", "b", "c"])
            let file = site.archive + "/top/2026/2026-11-22.csv"
            let line = "2026-11-22T06:00:00Z,east,1,ghost,ghost,1,1,,\n"
            let bytes = try WholeFile.read(file) + Array(line.utf8)
            try FilePlace.remove(file)
            try WholeFile.create(bytes, at: file)
            var site = site
            site.settings.top = 2
            #expect(try site.history().tags.map(\.key.text) == ["a", "b"])
        }
    }
}
