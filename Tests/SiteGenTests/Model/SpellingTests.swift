import Testing

@testable import SiteGen

struct SpellingTests {
    @Test(arguments: [
        ("Caturday", "caturday", "Caturday"), ("a\u{202E}b", "ab", "ab"),
        ("x\u{2069}\u{2066}y\u{200F}", "xy", "xy"), ("a\r\nb\0", "ab", "ab"),
        ("\u{202E}", "key", "key"), ("", "", "\u{FFFD}"), ("ירושלים", "", "ירושלים"),
        ("👨\u{200D}👩", "", "👨\u{200D}👩"),
    ])
    func `shows no direction marks and is never empty`(spelling: String, key: String, shown: String)
    {
        #expect(Spelling(spelling, key: key).text == shown)
    }

    @Test func `keeps a direction of its own among others, where it has one`() {
        #expect(Spelling("art", key: "").isolated == "#art")
        #expect(Spelling("القدس", key: "").isolated == "\u{2068}#القدس\u{2069}")
        #expect(Spelling("القدس", key: "").titled == "#القدس")
    }

    @Test func `is composed, whatever was typed`() {
        let text = Spelling("e\u{301}\u{C5}\u{212B}", key: "").text
        #expect(Array(text.unicodeScalars) == ["\u{E9}", "\u{C5}", "\u{C5}"])
    }
}
