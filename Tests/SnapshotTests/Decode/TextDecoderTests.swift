import Foundation
import Support
import Testing

@testable import Snapshot

@Suite("TextDecoder")
struct TextDecoderTests {
    @Test("takes every line that is not blank for a post")
    func lines() {
        #expect(
            summaries("#a #b\r\n\n  \nno tag\n[#c]\n{\"id\":1}", as: .text) == [
                "post: [a, b] scanned anonymous", "post: [] scanned anonymous",
                "post: [c] scanned anonymous", "post: [] scanned anonymous",
            ])
    }

    @Test("refuses a line that is not UTF-8, and reads on")
    func invalidUTF8() throws {
        var ledger = PostLedger(rules: CountingRules())
        var reader = EventReader(format: .text, grammar: nil)
        ([0x23, 0x61, 0xFF, 0x0A] + bytes("#a\n")).withUnsafeBytes { reader.feed($0, to: &ledger) }
        let tally = try ledger.tally()
        #expect(tally.posts == 1)
        #expect(tally.read.invalid == 1)
    }

    @Test("counts the lines of several files")
    func severalFiles() async throws {
        try await withTemporaryFolder { folder in
            let paths = ["one", "two"].map { folder + "/" + $0 }
            for path in paths {
                try Data("#tide\n#kelp\n".utf8).write(to: URL(fileURLWithPath: path))
            }
            let tally = try Recording(paths: paths, format: .text).tally(rules: CountingRules())
            #expect(tally.posts == 4)
            #expect(tally.read.duplicates == 0)
            #expect(
                tally.tags.map { "\($0.key) \($0.posts)" } == [
                    "kelp 2", "tide 2",
                ])
        }
    }

    @Test("looks for tags by the grammar it was given", arguments: Grammar.allCases)
    func grammars(grammar: Grammar) throws {
        var ledger = PostLedger(rules: CountingRules())
        var reader = EventReader(format: .text, grammar: grammar)
        bytes("x,#a. #b-c\n").withUnsafeBytes { reader.feed($0, to: &ledger) }
        let expected: [Grammar: [String]] = [
            .twitter: ["a", "b"], .mastodon: ["b"], .bluesky: ["b-c"],
        ]
        #expect(try ledger.tally().tags.map(\.key).sorted() == expected[grammar])
    }
}
