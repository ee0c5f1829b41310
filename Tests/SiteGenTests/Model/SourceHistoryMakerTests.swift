import Archive
import Testing

@testable import SiteGen

struct SourceHistoryMakerTests {
    /// Nil for a gap.
    private func movements(_ lists: [[String]?]) throws -> [[Movement?]] {
        var maker = SourceHistoryMaker()
        for (index, list) in lists.enumerated() {
            let slot = try time("2026-11-22T00") + index * 21_600
            let window = WindowRow(
                slot: slot, source: "a", start: slot, end: slot,
                status: list == nil ? .missing : .complete, coverage: 1, version: "1")
            maker.append(
                window,
                (list ?? []).enumerated().map {
                    TopRow(
                        slot: slot, source: "a", rank: $0 + 1, tag: $1, spelling: $1, posts: 1,
                        accounts: 1)
                })
        }
        return maker.windows.map { $0.entries.map(\.movement) }
    }

    @Test func `tells new, back, up, down and same from the list before`() throws {
        #expect(
            try movements([["a", "b", "c"], ["b", "a", "c", "d"], ["d"], ["c", "d"]]) == [
                [nil, nil, nil], [.up(1), .down(1), .same, .new], [.up(3)], [.back, .down(1)],
            ])
    }

    @Test func `looks past a gap to the last list`() throws {
        #expect(
            try movements([["a", "b"], nil, ["b", "a"]]) == [[nil, nil], [], [.up(1), .down(1)]])
    }

    @Test func `takes twins of another normal form for two tags`() throws {
        #expect(try movements([["\u{E9}"], ["e\u{301}"]]) == [[nil], [.new]])
    }
}
