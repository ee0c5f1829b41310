import Testing
import Text

struct TerminalSafetyTests {
    @Test(arguments: [
        ("plain タグ é", "plain タグ é"), ("\u{1B}[2Jgone", "\\u{1b}[2Jgone"),
        ("a\r\nb\tc\0", "a\\u{d}\\u{a}b\\u{9}c\\u{0}"), ("\u{9B}31m", "\\u{9b}31m"),
        ("\u{202E}abc\u{2066}", "\\u{202e}abc\\u{2066}"), ("\u{200F}\u{61C}", "\\u{200f}\\u{61c}"),
        ("a\u{2028}b\u{2029}", "a\\u{2028}b\\u{2029}"), ("\u{7F}\u{85}", "\\u{7f}\\u{85}"),
        ("a\u{200B}\u{AD}\u{FEFF}b", "a\\u{200b}\\u{ad}\\u{feff}b"), ("\"\u{301}", "\"\u{301}"),
        ("</script>]]>", "</script>]]>"),
        (
            String(decoding: [0x61, 0xFF, 0xED, 0xA0, 0x80] as [UInt8], as: UTF8.self),
            "a\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}"
        ),
    ])
    func `nothing from outside moves the cursor, colours, turns or hides`(
        text: String, shown: String
    ) {
        #expect(ExactText(terminalSafe(text)) == ExactText(shown))
        #expect(ExactText(terminalSafe(shown)) == ExactText(shown), "twice")
    }

    @Test(arguments: [
        "👩‍👩‍👧", "می‌خواهم", "🏴\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}", "❤️",
    ])
    func `emoji and letters that are joined stay as they are`(text: String) {
        #expect(ExactText(terminalSafe(text)) == ExactText(text))
    }

    @Test(arguments: [
        ("wss://user:pw@host/a", "wss://…@host/a"),
        ("at http://p@h:3128: no", "at http://…@h:3128: no"),
        ("https://u:p/w?d#x@host/", "https://…@host/"), ("https://u:p@w@host", "https://…@host"),
        ("two https://a:b@c and ftp://d:e@f", "two https://…@c and ftp://…@f"),
        ("https://host/@user", "https://host/@user"),
        ("https://host:8443/@user", "https://host:8443/@user"),
        ("https://[::1]:80/@user", "https://[::1]:80/@user"), ("me@example.org", "me@example.org"),
        ("\"https://u:p@h\" is none", "\"https://…@h\" is none"),
        ("user:hunter2@host is none", "…@host is none"), ("user:p@w/o#r?d@host", "…@host"),
        ("\"user:p/w@host:9009/a\"", "\"…@host:9009/a\""), ("https:/u:p@h", "…@h"),
        ("//u:p@h/a", "…@h/a"), ("u:p@h:80/a", "…@h:80/a"),
        ("u:p@https://host", "…@https://host"), ("git@host:path/to", "git@host:path/to"),
        ("mailto:me@example.org", "mailto:me@example.org"), ("at 12:30 by a@b", "at 12:30 by a@b"),
        ("https://a/?next=https://u:p@h", "https://a/?next=https://…@h"),
        // A control character is no end of a password.
        ("https://u:p\u{0}w@h", "https://…@h"), ("u:p\u{1B}w@h", "…@h"),
        ("https://u:p\u{92}/w@h", "https://…@h"),
    ])
    func `no password in an address is shown`(text: String, shown: String) {
        #expect(terminalSafe(text, limit: .max) == shown)
        #expect(terminalSafe(shown, limit: .max) == shown, "twice")
        #expect(
            !quoted("https://user:\(String(repeating: "hunter2", count: 20))@host").contains(
                "hunter"))
    }

    @Test func `long text is cut by scalars`() {
        #expect(terminalSafe("abcdef", limit: 3) == "abc…")
        #expect(terminalSafe("abc", limit: 3) == "abc")
        #expect(terminalSafe("タグタグ", limit: 3) == "タグタ…")
        #expect(terminalSafe("タグ", limit: .max) == "タグ")
        #expect(quoted("a\"b\u{1B}") == "\"a\"b\\u{1b}\"")
        let long = String(repeating: "e\u{301}", count: 40)
        #expect(quoted(long) == "\"" + String(repeating: "e\u{301}", count: 30) + "…\"")
    }
}
