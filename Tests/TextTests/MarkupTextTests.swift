import Testing
import Text

struct MarkupTextTests {
    @Test(arguments: [
        ("plain タグ", "plain タグ"), ("\"\u{301}", "&quot;\u{301}"), ("]]>", "]]&gt;"),
        ("</script>", "&lt;/script&gt;"), ("a&amp;'", "a&amp;amp;&#39;"),
    ])
    func `what is special stands as a reference`(text: String, escaped: String) {
        #expect(MarkupText.escaped(text) == Array(escaped.utf8))
    }
}
