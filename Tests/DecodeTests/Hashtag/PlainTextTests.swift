import Support
import Testing

@testable import Decode

@Suite("PlainText")
struct PlainTextTests {
    @Test(
        "keeps text, breaks lines where the reader sees them broken, and drops markup",
        arguments: [
            ("", ""), ("plain", "plain"), ("<p>a</p><p>b</p>", "\na\n\nb\n"),
            ("a<br>b<br />c", "a\nb\nc"),
            (
                ##"<a href="https://example.com/tags/tide" class="hashtag">#<span>tide</span></a>"##,
                "#tide"
            ),
            ("a<span>b</span>c", "abc"),
            ("&lt;b&gt; &amp;amp; &quot;&apos;&#39;&#x1F30A;", "<b> &amp; \"''🌊"),
            ("&nbsp;", "\u{A0}"),
            (
                "&unknown; & &; &#; &#x; &#xD800; &#1114112;",
                "&unknown; & &; &#; &#x; &#xD800; &#1114112;"
            ),
            ("&#99999999999999999999;", "&#99999999999999999999;"), ("a < b", "a "), ("a<b", "a"),
            ("a &", "a &"), ("&am", "&am"),
            ("\"\u{301}<p>\u{301}x", "\"\u{301}\n\u{301}x"), ("<>x", "x"), ("<\r\n>x", "x"),
        ])
    func text(html: String, text: String) {
        #expect(bytes(PlainText.of(html: html)) == bytes(text))
    }

    @Test(
        "means by escaped text what its author wrote",
        arguments: [
            ("", ""), ("a", "a"), ("&amp;#a", "&#a"), ("&lt;b&gt; &amp;amp;", "<b> &amp;"),
            ("&quot;&#39;&nbsp;&", "&quot;&#39;&nbsp;&"), ("&amp", "&amp"), ("&&amp;", "&&"),
        ])
    func escapedText(escaped: String, text: String) {
        #expect(bytes(PlainText.of(escaped: escaped)) == bytes(text))
    }

    @Test(
        "takes time in proportion to the text",
        arguments: ["<", "&", "&#", "<p", "<p>", "&amp;", "<>"])
    func longText(unit: String) {
        let html = String(repeating: unit, count: 200_000 / unit.utf8.count)
        #expect(processorTime { _ = PlainText.of(html: html) } < .seconds(4))
    }
}
