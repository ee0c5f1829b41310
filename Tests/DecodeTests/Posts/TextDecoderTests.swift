import Support
import Testing

@testable import Decode

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
    func invalidUTF8() {
        let events = events([0x23, 0x61, 0xFF, 0x0A] + bytes("#a\n"), as: .text)
        #expect(events.map(\.summary) == ["invalid", "post: [a] scanned anonymous"])
    }

    @Test("looks for tags by the grammar it was given", arguments: Grammar.allCases)
    func grammars(grammar: Grammar) {
        var events: [StreamEvent] = []
        var reader = EventReader(format: .text, grammar: grammar)
        bytes("x,#a. #b-c\n").withUnsafeBytes { reader.feed($0, to: &events) }
        let expected: [Grammar: [String]] = [
            .twitter: ["a", "b"], .mastodon: ["b"], .bluesky: ["b-c"],
        ]
        #expect(events.first?.post?.tags == expected[grammar])
    }
}
