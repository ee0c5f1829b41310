import Testing

@testable import SiteGen

struct JSONDocumentTests {
    @Test func `writes every kind in the order given`() {
        let value = JSONDocument.object([
            ("z", .list([.number(-3), .null, .bool(true), .decimal("0.5000")])), ("a", .text("b")),
            ("empty", .object([])),
        ])
        #expect(value.encoded == #"{"z":[-3,null,true,0.5000],"a":"b","empty":{}}"#)
    }

    @Test(arguments: [
        ("</script><!--", #"\u003c/script\u003e\u003c!--"#), ("\u{2028}\u{2029}", #"\u2028\u2029"#),
        ("\"\u{301}", "\\\"\u{301}"), ("a\\b", #"a\\b"#), ("\r\n\0", #"\u000d\u000a\u0000"#),
        ("&{{x}}", #"\u0026\u007b\u007bx}}"#), ("😀", "😀"),
    ])
    func `escapes what could end a string or a script`(text: String, escaped: String) {
        let encoded = JSONDocument.text(text).encoded
        #expect(Array(encoded.utf8) == Array("\"\(escaped)\"".utf8))
    }
}
