import Testing

@testable import Snapshot

@Suite("WindowNote")
struct WindowNoteTests {
    @Test(
        "is one line that nothing from outside can steer a terminal with",
        arguments: [
            ("no connection from 18:20 to 18:31", "no connection from 18:20 to 18:31"),
            ("a\nb\r\nc\u{85}d\u{2028}e", "a b  c d e"),
            ("\u{1B}[31mred\u{7}\u{0}\u{9B}x", " [31mred   x"), ("\u{202E}eno\u{200B}", " eno "),
            ("na\u{EF}ve \"quoted\"\u{301}, 100 %", "na\u{EF}ve \"quoted\"\u{301}, 100 %"),
        ])
    func lines(text: String, line: String) {
        #expect(WindowNote.line(text) == line)
    }

    @Test("is cut off after 200 scalars")
    func cut() {
        let text = String(repeating: "e\u{301}", count: 100)
        #expect(WindowNote.line(text) == text)
        #expect(WindowNote.line(text + "x") == text + "\u{2026}")
    }
}
