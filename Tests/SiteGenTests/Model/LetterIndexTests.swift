import Archive
import Testing

@testable import SiteGen

struct LetterIndexTests {
    private func index(_ keys: [String]) throws -> (LetterIndex, TagHistories) {
        var tables = ArchiveTables()
        let slot = try time("2026-11-22T00")
        tables.append(
            madeWindow(slot, "east"),
            popular: keys.enumerated().map {
                TopRow(
                    slot: slot, source: "east", rank: $0 + 1, tag: $1, spelling: $1, posts: 1,
                    accounts: 1)
            }, trending: [])
        let history = History(
            tables, withdrawn: Withdrawals(),
            settings: SiteSettings(title: "", description: "", version: ""))
        return (LetterIndex(history), history.tags)
    }

    @Test func `groups by the first letter, and digits, ideographs and the rest apart`() throws {
        let (index, tags) = try index([
            "beta", "猫", "alpha", "😀", "42", "été", "", "犬", "a", "٣", "\u{301}x", "e\u{301}te",
        ])
        func keys(_ node: LetterIndex.Node) -> [String] {
            index.order[node.listed].map { tags[Int($0)].key.text }
        }
        let expected = [
            ("~digits", "0–9", ["42", "٣"]), ("~other", "Other", ["", "\u{301}x", "😀"]),
            ("~han", "漢", ["犬", "猫"]), ("a", "A", ["a", "alpha"]), ("b", "B", ["beta"]),
            ("e", "E", ["e\u{301}te"]), ("é", "É", ["été"]),
        ]
        #expect(index.roots.map(\.name) == expected.map(\.0))
        #expect(index.roots.map(\.label) == expected.map(\.1))
        #expect(index.roots.map(keys) == expected.map(\.2))
    }

    @Test func `splits a page that would get long by the next letter, and keeps every hashtag`()
        throws
    {
        let letters = "abcdefghijklmnopqrstuvwxyz".unicodeScalars.map(String.init)
        let keys =
            ["k", "ke", "kei"]
            + letters.flatMap { one in letters.map { "ke\(one)\($0)" } } + ["straße", "zz"]
        let (index, tags) = try index(keys)
        let k = try #require(index.roots.first { $0.name == "k" })
        #expect(k.listed.count == 1 && k.children.map(\.name) == ["ke"])
        let ke = k.children[0]
        #expect(ke.listed.count == 1 && ke.children.count == 26 && ke.label == "KE")
        #expect(ke.children.map(\.range.count) == letters.map { $0 == "i" ? 27 : 26 })
        let all = index.roots.flatMap(\.all)
        #expect(all.allSatisfy { $0.listed.count <= LetterIndex.longest })
        let listed = all.flatMap { index.order[$0.listed] }.map { tags[Int($0)].key.text }
        #expect(listed.sorted() == keys.sorted())
        #expect(Set(all.map(\.name)).count == all.count)
    }
}
