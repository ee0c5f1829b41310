import Testing
import Transport

@Suite struct TerminalSafeTests {
    @Test(arguments: [
        ("plain タグ", "plain タグ"), ("a\u{1B}[2Jb", "a\u{FFFD}[2Jb"),
        ("a\r\nb", "a\u{FFFD}\u{FFFD}b"),
        ("a\u{202E}b", "a\u{FFFD}b"), ("a\u{2028}b", "a\u{FFFD}b"), ("\u{9B}", "\u{FFFD}"),
        ("\"\u{301}", "\"\u{301}"),
    ])
    func `What could move a cursor or turn a line is replaced`(_ text: String, safe: String) {
        #expect(Array(terminalSafe(text).unicodeScalars) == Array(safe.unicodeScalars))
    }

    @Test func `It is cut by scalars`() {
        #expect(terminalSafe("abcdef", limit: 3) == "abc…")
        #expect(terminalSafe("abc", limit: 3) == "abc")
    }
}
