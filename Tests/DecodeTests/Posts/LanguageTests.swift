import Testing

@testable import Decode

@Suite("Language")
struct LanguageTests {
    @Test(
        "takes the primary subtag, in lower case, and today's code for a retired one",
        arguments: [
            ("en", "en"), ("EN", "en"), ("en-GB", "en"), ("pt_BR", "pt"), ("zh-Hant-TW", "zh"),
            ("in", "id"), ("IN-ID", "id"),
            ("iw", "he"), ("ji", "yi"), ("nb", "no"), ("nb-NO", "no"), ("fil", "tl"),
            ("und", "und"), ("x-klingon", "x"),
            ("id", "id"), ("abcdefgh", "abcdefgh"), ("i-1", "i"), ("419", "419"),
        ])
    func reads(tag: String, code: String) throws {
        let language = try #require(Language(tag))
        #expect("\(language)" == code)
        #expect(language == Language(code))
    }

    @Test(
        "takes nothing else for a language",
        arguments: ["", "-", "-en", "_", "日本語", "e n", "abcdefghi", "en\u{0}", "é", "<b>"])
    func refuses(tag: String) {
        #expect(Language(tag) == nil)
    }
}
