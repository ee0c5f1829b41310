import Testing

@testable import SiteGen

struct MarkupEscapingTests {
    @Test(arguments: [
        ("plain", "plain"), ("a<b>c", "a&lt;b&gt;c"), ("&amp;", "&amp;amp;"),
        ("\"'", "&quot;&#39;"), ("\"\u{301}x", "&quot;\u{301}x"), ("<\u{301}b", "&lt;\u{301}b"),
        ("]]>", "]]&gt;"), ("{{x}}", "&#123;&#123;x}}"), ("日本😀", "日本😀"),
        ("</script>", "&lt;/script&gt;"), ("tab\tline\n", "tab\tline\n"),
    ])
    func `escapes the same in HTML and XML`(text: String, escaped: String) {
        #expect(Array(MarkupEscaping.html(text).unicodeScalars) == Array(escaped.unicodeScalars))
        #expect(Array(MarkupEscaping.xml(text).unicodeScalars) == Array(escaped.unicodeScalars))
    }

    @Test(arguments: [0, 1, 0xB, 0xD, 0x1B, 0x7F, 0x85, 0xFFFE, 0xFDD0, 0x1FFFF] as [UInt32])
    func `puts a mark in the place of what HTML forbids and drops it in XML`(code: UInt32) throws {
        let scalar = String(try #require(Unicode.Scalar(code)))
        #expect(MarkupEscaping.html("a\(scalar)b") == "a\u{FFFD}b")
        #expect(MarkupEscaping.xml("a\(scalar)b") == "ab")
    }

    @Test func `sees CR LF as two scalars`() {
        #expect(MarkupEscaping.html("a\r\nb") == "a\u{FFFD}\nb")
        #expect(MarkupEscaping.xml("a\r\nb") == "a\nb")
    }
}
