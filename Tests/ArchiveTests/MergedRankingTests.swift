import Calendar
import Testing

@testable import Archive

@Suite("MergedRanking")
struct MergedRankingTests {
    /// A source with its rows: those with a spelling are its top, those of two accounts its tail.
    private func source(
        _ name: String, of accounts: Int, _ tags: [(tag: String, spelling: String?, accounts: Int)]
    ) -> MergedRanking.Source {
        let slot = Timestamp(secondsSinceEpoch: 0)
        let window = WindowRow(
            slot: slot, source: name, start: slot, end: slot,
            status: accounts == 0 ? .missing : .complete, coverage: accounts == 0 ? 0 : 1,
            accounts: accounts, version: "1")
        let listed = tags.filter { $0.spelling != nil }
        return MergedRanking.Source(
            window: window,
            top: listed.enumerated().map { index, tag in
                TopRow(
                    slot: slot, source: name, rank: index + 1, tag: tag.tag,
                    spelling: tag.spelling ?? "", posts: 9, accounts: tag.accounts)
            },
            tail: tags.filter { $0.accounts >= TailRow.fewestAccounts }.map {
                TailRow(slot: slot, source: name, tag: $0.tag, posts: 9, accounts: $0.accounts)
            })
    }

    @Test("ranks by the mean of the shares, whatever the size of a source")
    func shares() {
        let large = source(
            "large", of: 1000, [("tide", "Tide", 100), ("kelp", "Kelp", 50), ("foam", nil, 2)])
        let small = source("small", of: 10, [("kelp", "KELP", 4), ("solo", "Solo", 1)])
        let expected: [MergedRanking.Entry] = [
            .init(
                tag: "kelp", spelling: "KELP", meanShare: 0.225,
                accounts: ["large": 50, "small": 4]),
            .init(tag: "solo", spelling: "Solo", meanShare: 0.05, accounts: ["small": 1]),
            .init(tag: "tide", spelling: "Tide", meanShare: 0.05, accounts: ["large": 100]),
            .init(tag: "foam", spelling: "foam", meanShare: 0.001, accounts: ["large": 2]),
        ]
        #expect(MergedRanking([large, small]).entries == expected)
        #expect(MergedRanking([small, large]).entries == expected)
    }

    @Test("a source that was not read takes no part, and no source makes no list")
    func missing() {
        let read = source("read", of: 4, [("tide", "Tide", 2)])
        let missing = source("missing", of: 0, [])
        #expect(MergedRanking([read, missing]).entries == MergedRanking([read]).entries)
        #expect(MergedRanking([read]).entries.map(\.meanShare) == [0.5])
        #expect(MergedRanking([missing]).entries == [])
        #expect(MergedRanking([]).entries == [])
    }

    @Test("two normal forms are two tags")
    func normalForms() {
        let one = source("one", of: 4, [("\u{E9}", "\u{C9}", 2), ("e\u{301}", "E\u{301}", 2)])
        #expect(
            MergedRanking([one]).entries.map { Array($0.tag.utf8) }
                == [Array("e\u{301}".utf8), Array("\u{E9}".utf8)])
    }
}
