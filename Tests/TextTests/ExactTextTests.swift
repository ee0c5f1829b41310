import Testing
import Text

struct ExactTextTests {
    @Test func `texts are equal by bytes, and hash so`() {
        let texts = ["\u{E9}", "e\u{301}", "e", "", "e\u{0}", "\"\u{301}", "\""]
        #expect(Set(texts.map(ExactText.init)).count == texts.count)
        for text in texts {
            let bridged = String(decoding: Array(text.utf8), as: UTF8.self)
            #expect(ExactText(text) == ExactText(bridged))
            #expect(ExactText(text).hashValue == ExactText(bridged).hashValue)
        }
        #expect(ExactText("e\u{301}") != ExactText("\u{E9}") && "e\u{301}" == "\u{E9}")
    }

    @Test func `their order is that of their scalars`() {
        let sorted = [
            "", "\u{0}", "A", "a", "aa", "a\u{301}", "b", "\u{E9}", "\u{FFFF}", "\u{10000}",
        ]
        #expect(sorted.reversed().map(ExactText.init).sorted().map(\.text) == sorted)
        for (place, text) in sorted.enumerated() {
            #expect(!(ExactText(text) < ExactText(text)))
            for other in sorted[..<place] {
                #expect(ExactText(other) < ExactText(text) && !(ExactText(text) < ExactText(other)))
            }
        }
    }
}
