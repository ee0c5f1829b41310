import Links
import Support
import Testing
import Text

@testable import Archive

private let relatedFile = "related/2026/2026-11-22.csv"
private let linksFile = "links/2026/2026-11-22.csv"

/// What was written and given with the listed hashtags: kept, replaced and checked.
@Suite("related and links")
struct ContextTests {
    /// An archive whose last window tells what was written with `kelp` and `foam`.
    private func archive(_ folder: String) throws -> VerifiedArchive {
        let archive = try VerifiedArchive(folder)
        try append(to: archive)
        return archive
    }

    private func append(
        to archive: VerifiedArchive, links: [LinkRow]? = nil, replacing: Bool = true
    ) throws {
        let reader = archive.archive.reader
        let window = try #require(reader.windows().last)
        let day = window.slot.date
        try archive.archive.writer.append(
            window, top: reader.top(day), trending: reader.trending(day), tail: reader.tail(day),
            related: rows(window), links: links ?? self.links(window), replacing: replacing)
    }

    private func rows(_ window: WindowRow) -> [RelatedRow] {
        let others = (0..<9).map { ("other\($0)", 6) }
        return
            (["kelp": [("foam", 9), ("mist", 7)] + others, "foam": [("kelp", 9)]]
            as [String: [(String, Int)]]).sorted { $0.key > $1.key }.flatMap { tag, others in
                others.map {
                    RelatedRow(
                        slot: window.slot, source: window.source, tag: tag, other: $0.0,
                        accounts: $0.1)
                }
            }.filter { $0.other != "other8" }
    }

    private func links(_ window: WindowRow) -> [LinkRow] {
        [
            ("https://a.example/1", "=One, \"two\"", 8), ("https://b.example/1", "", 6),
            ("https://b.example/2", "", 6),
        ].map {
            LinkRow(
                slot: window.slot, source: window.source, tag: "kelp", url: $0.0, title: $0.1,
                accounts: $0.2)
        }
    }

    @Test func `come back as they were written, and are replaced with their window`() async throws {
        try await withTemporaryFolder { folder in
            let archive = try archive(folder)
            let reader = archive.archive.reader
            let window = try #require(try reader.windows().last)
            #expect(try reader.related(window.slot.date) == rows(window))
            #expect(try reader.links(window.slot.date) == links(window))
            #expect(
                try archive.archive.text(linksFile).hasPrefix(
                    """
                    slot,source,tag,url,title,accounts
                    2026-11-22T06:00:00Z,wire,kelp,https://a.example/1,"'=One, ""two""\",8

                    """))
            try append(to: archive, links: [])
            #expect(try reader.links(window.slot.date) == [])
            #expect(try archive.findings() == [])
        }
    }

    @Test(
        "are checked by what bounds them",
        arguments: [
            (
                relatedFile, 2, 5, "30",
                [
                    "context \(relatedFile):2: accounts: 30 of the 25 of \"foam\"",
                    "context \(relatedFile):12: accounts: 9 wrote both, and 30 by the row of \"kelp\"",
                ]
            ),
            (
                relatedFile, 2, 5, "8",
                ["context \(relatedFile):12: accounts: 9 wrote both, and 8 by the row of \"kelp\""]
            ),
            (
                relatedFile, 3, 4, "Mist",
                ["context \(relatedFile):3: other: \"Mist\" is not normalised"]
            ),
            (
                relatedFile, 3, 4, "kelp",
                ["context \(relatedFile):3: other: \"kelp\" is the hashtag itself"]
            ),
            (
                relatedFile, 4, 5, "5",
                ["context \(relatedFile):5: \"other1\" does not belong below the row above it"]
            ),
            (
                relatedFile, 12, 3, "gone",
                ["context \(relatedFile):12: tag: \"gone\" is in no list of the window"]
            ),
            (
                relatedFile, 12, 5, "26",
                [
                    "context \(relatedFile):12: accounts: 26 of the 25 of \"foam\"",
                    "context \(relatedFile):12: accounts: 26 wrote both, and 9 by the row of \"kelp\"",
                ]
            ),
            (
                relatedFile, 11, 3, "foam",
                ["context \(relatedFile):12: \"kelp\" does not belong below the row above it"]
            ),
            (
                linksFile, 2, 4, "http://a.example/1",
                [
                    "context \(linksFile):2: url: \"http://a.example/1\" is no address as Tidemark writes one"
                ]
            ),
            (
                linksFile, 2, 4, "https://a.example/?utm_id=1",
                [
                    "context \(linksFile):2: url: \"https://a.example/?utm_id=1\" is no address as Tidemark writes one"
                ]
            ),
            (
                linksFile, 3, 5, "a\u{202E}b",
                [
                    "context \(linksFile):3: title: \"a\\u{202e}b\" is no title as Tidemark writes one"
                ]
            ),
            (
                linksFile, 3, 6, "7",
                [
                    "context \(linksFile):4: url: \"b.example\" has an address above it that more accounts gave"
                ]
            ),
            (
                linksFile, 4, 6, "1",
                [
                    "context \(linksFile):4: accounts: 1 are less than 5 % of those of \"kelp\"",
                    "context \(linksFile):4: url: \"b.example\" has an address above it that more accounts gave",
                ]
            ),
            (
                linksFile, 2, 1, "2026-11-23T06:00:00Z",
                [
                    "place \(linksFile):2: slot: 2026-11-23T06:00:00Z belongs into the file of its day"
                ]
            ),
        ] as [(String, Int, Int, String, [String])])
    func checked(
        file: String, line: Int, column: Int, value: String, findings: [String]
    ) async throws {
        try await withTemporaryFolder { folder in
            let archive = try archive(folder)
            try archive.set(file, line: line, column: column, to: value)
            #expect(try archive.findings() == findings)
        }
    }

    @Test func `of no window count nowhere`() async throws {
        try await withTemporaryFolder { folder in
            let archive = try archive(folder)
            try archive.change("windows/2026.csv") { $0.remove(at: $0.count - 2) }
            let found = try archive.findings().filter {
                $0.contains("links/") || $0.contains("related/")
            }
            #expect(found.count == 2 && found.allSatisfy { $0.hasPrefix("leftover") })
        }
    }
}

@Suite("Withdrawals of addresses")
struct WithdrawnAddressTests {
    private func withdrawals(_ lines: String...) throws -> Withdrawals {
        try Withdrawals(
            bytes("tag,since,reason\n" + lines.joined(separator: "\n")), path: "w.csv")
    }

    @Test(
        "match the page, however its address was written, and a host all of its pages",
        arguments: [
            ("https://a.example/1", ["https://a.example/1"]),
            ("https://A.example:443/1?utm_source=x#y", ["https://a.example/1"]),
            ("https://a.example", ["https://a.example/"]),
            (
                "a.example",
                ["https://a.example/", "https://a.example/1", "https://www.a.example/1"]
            ),
            (
                "A.Example",
                ["https://a.example/", "https://a.example/1", "https://www.a.example/1"]
            ),
            ("www.a.example", ["https://www.a.example/1"]),
            ("http://a.example/1", ["https://a.example/1"]),
            ("HTTPS://a.example/1", ["https://a.example/1"]),
            ("//a.example/1", ["https://a.example/1"]), ("a.example/1", ["https://a.example/1"]),
            (
                "https://a.example/*",
                ["https://a.example/", "https://a.example/1", "https://www.a.example/1"]
            ),
            (
                "*.a.example",
                ["https://a.example/", "https://a.example/1", "https://www.a.example/1"]
            ),
            ("#a.example", []), ("example", []), ("a*", []), ("ac/dc", []), ("ac/*", []),
        ] as [(String, [String])])
    func matches(line: String, addresses: [String]) throws {
        let all = ["https://a.example/", "https://a.example/1", "https://www.a.example/1"]
        let withdrawals = try withdrawals(line)
        #expect(
            try all.filter { withdrawals.contains(try #require(LinkAddress($0))) } == addresses)
    }

    @Test func `a host is the hashtag of that name too`() throws {
        #expect(try withdrawals("a.example").contains(ExactText("a.example")))
    }

    @Test(arguments: [
        "https://", "https://bad host/", "https://127.0.0.1/", "https://a.example/1*",
    ])
    func `an address that can stand nowhere stops`(line: String) {
        let error = #expect(throws: ArchiveError.self) { try withdrawals(line) }
        #expect(
            "\(error.map(String.init(describing:)) ?? "")".contains(
                "expected an address that can stand in links.csv"))
    }

    @Test
    func `hashtags and addresses are counted apart, and what one list lacks of another is told`()
        throws
    {
        let all = try withdrawals(
            "art", "#Art", "a.example", "*.a.example", "https://b.example/1", "kelp*")
        #expect(all.tagCount == nil && all.addressCount == 2)
        let some = try withdrawals("art", "kelp", "a.example", "https://b.example/1")
        #expect(some.tagCount == 2 && some.addressCount == 2)
        #expect(all.lacks(some) == [])
        #expect(some.lacks(all).map(\.tag) == ["kelp*"])
        #expect(
            try withdrawals("a.example").lacks(some).map(\.tag) == [
                "art", "kelp", "https://b.example/1",
            ])
        #expect(
            try withdrawals("b.example").lacks(some).map(\.tag) == ["art", "kelp", "a.example"])
    }

    @Test func `lines are found and taken out by what they match`() throws {
        var withdrawals = try withdrawals("https://a.example/A", "b.example")
        #expect(withdrawals.matchesAll(of: "https://A.EXAMPLE/A"))
        #expect(!withdrawals.matchesAll(of: "https://a.example/a"))
        let removed = ["https://a.example/a", "https://a.example/A#x"].map {
            withdrawals.remove($0)
        }
        #expect(removed == [false, true])
        #expect(withdrawals.lines.map(\.tag) == ["b.example"])
        #expect(!withdrawals.contains(try #require(LinkAddress("https://a.example/A"))))
        #expect(withdrawals.contains(try #require(LinkAddress("https://c.b.example/A"))))
    }
}
