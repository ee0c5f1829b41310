import Testing
import Text

struct JSONStringTests {
    @Test(arguments: [
        ("plain タグ", "\"plain タグ\""), ("\"\u{301}\\", "\"\\\"\u{301}\\\\\""),
        ("\0\r\n\u{7F}\u{9F}", #""\u0000\u000d\u000a\u007f\u009f""#),
        ("</script><!--", #""\u003c/script\u003e\u003c!--""#), ("]]>", #""]]\u003e""#),
        ("a&b{{c}}", #""a\u0026b\u007b\u007bc}}""#), ("\u{2028}\u{2029}", #""\u2028\u2029""#),
        ("\u{202E}", "\"\u{202E}\""), ("", "\"\""),
    ])
    func `a string ends at its quote and in no script element`(text: String, written: String) {
        var json = ""
        JSONString.append(text, to: &json)
        #expect(ExactText(json) == ExactText(written))
    }
}
