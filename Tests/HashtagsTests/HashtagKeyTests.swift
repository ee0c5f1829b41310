import Support
import Testing

@testable import Hashtags

@Suite("Hashtag.isKey")
struct HashtagKeyTests {
    @Test(
        "a key is a key",
        arguments: [
            "\u{1F3F4}\u{E0067}\u{E0062}\u{E007F}",
            "\u{1F3F4}\u{E0067}\u{E0062}\u{E007F}か\u{3099}", "か\u{3099}\u{1F3F4}\u{E0067}\u{E007F}",
            "tide", "a_1", "7up", "naïve", "ß2".replacing("ß", with: "ss"), "日本", "e\u{301}",
        ])
    func keys(_ text: String) {
        #expect(Hashtag.isKey(text))
    }

    @Test(
        "what folds, or never counts, is no key",
        arguments: [
            "", "Tide", "#tide", "ti de", "ti#de", "ß", "ﬁsh", "2026", "_", "$tide", "ti\u{7}de",
            "\u{1F3F4}\u{E0067}", "\u{E0067}\u{E007F}", "か\u{3099}\u{1F3F4}\u{E007F}",
            "ti\u{AD}de", "\u{1F1}", String(repeating: "a", count: 101),
            String(repeating: "é", count: 101),
        ])
    func others(_ text: String) {
        #expect(!Hashtag.isKey(text))
    }

    @Test("the key of any tag is a key, and the key of its own spelling")
    func random() throws {
        var random = SeededRandom(29)
        let scalars: [Unicode.Scalar] = [
            "a", "A", "ß", "#", "＃", "e", "\u{301}", "\u{308}", " ", "\u{A0}", "\u{200D}", "ﬁ", "Σ",
            "\u{3099}", "か", "\u{AD}", "1", "_", "\u{1F1}", "\u{FDFA}", "\u{FE0F}", "😀",
            "\u{1D15E}",
            "\u{1F3F4}", "\u{E0067}", "\u{E007F}",
            "\u{323}", "\u{1100}", "\u{1161}", "$", "\u{E9}", "\u{B4}", "\u{345}",
        ]
        for _ in 0..<20_000 {
            var text = String.UnicodeScalarView()
            for _ in 0..<Int.random(in: 1...6, using: &random) {
                text.append(scalars[Int.random(in: 0..<scalars.count, using: &random)])
            }
            guard let tag = try? Hashtag(delivered: String(text)) else { continue }
            #expect(Hashtag.isKey(tag.key), "\(Array(text.map(\.value)))")
            let again = try Hashtag(delivered: tag.spelling)
            #expect(Array(again.key.utf8) == Array(tag.key.utf8), "\(Array(text.map(\.value)))")
        }
    }
}
