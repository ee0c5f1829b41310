import Testing

@testable import tidemark

@Suite("Printable")
struct PrintableTests {
    @Test(
        "nothing from outside moves the cursor, colours or reorders a terminal",
        arguments: [
            ("plain é 日本語 👩‍👩‍👧", "plain é 日本語 👩‍👩‍👧"),
            ("\u{1B}[2Jgone", "\\u{1b}[2Jgone"), ("a\r\nb\tc\0", "a\\u{d}\\u{a}b\\u{9}c\\u{0}"),
            ("\u{9B}31m", "\\u{9b}31m"), ("\u{202E}abc\u{2066}", "\\u{202e}abc\\u{2066}"),
            ("a\u{2028}b\u{2029}", "a\\u{2028}b\\u{2029}"), ("\u{7F}\u{85}", "\\u{7f}\\u{85}"),
        ])
    func line(text: String, shown: String) {
        #expect(Printable.line(text) == shown)
    }

    @Test("long text is cut after 60 scalars")
    func quoted() {
        #expect(Printable.quoted("a\"b") == "\"a\"b\"")
        let long = String(repeating: "e\u{301}", count: 40)
        #expect(Printable.quoted(long) == "\"" + String(repeating: "e\u{301}", count: 30) + "…\"")
    }
}
