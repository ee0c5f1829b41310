import Testing
import Text

struct PercentEncodingTests {
    @Test(arguments: [
        ("AZaz09-._~", "AZaz09-._~"), ("a b", "a%20b"), ("a+b=c&d", "a%2Bb%3Dc%26d"),
        ("100%", "100%25"), ("%2e", "%252e"), ("!*'(),:@", "%21%2A%27%28%29%2C%3A%40"),
        ("\"'<>?#", "%22%27%3C%3E%3F%23"), ("タグ", "%E3%82%BF%E3%82%B0"),
        ("\"\u{301}", "%22%CC%81"), ("cafe\u{301}", "cafe%CC%81"), ("caf\u{E9}", "caf%C3%A9"),
        ("\u{0}\r\n", "%00%0D%0A"), ("\u{202E}", "%E2%80%AE"),
        ("]]></script>", "%5D%5D%3E%3C%2Fscript%3E"),
    ])
    func `every byte but the unreserved ones is encoded, and comes back`(
        text: String, encoded: String
    ) {
        #expect(PercentEncoding.encode(text) == encoded)
        #expect(PercentEncoding.decode(encoded.utf8) == Array(text.utf8))
        #expect(PercentEncoding.decodeForm(encoded).map(ExactText.init) == ExactText(text))
    }

    @Test func `a slash stands for itself in a path alone`() {
        #expect(PercentEncoding.encode("a/b") == "a%2Fb")
        #expect(PercentEncoding.encode("a//b/ ", isPath: true) == "a//b/%20")
    }

    @Test func `a place with rules of its own names what it encodes`() {
        #expect(PercentEncoding.encode("a^b%".utf8) { $0 == UInt8(ascii: "^") } == "a%5Eb%")
    }

    @Test func `a plus is a space in a form alone`() {
        #expect(PercentEncoding.decodeForm("a+b%2Bc%2b") == "a b+c+")
        #expect(PercentEncoding.decode("a+b".utf8) == Array("a+b".utf8))
    }

    @Test(arguments: ["%", "%4", "%zz", "a%", "%+4", "%-1", "% 4", "%4\u{FF15}"])
    func `a percent sign without two digits is refused`(text: String) {
        #expect(PercentEncoding.decode(text.utf8) == nil)
        #expect(PercentEncoding.decodeForm(text) == nil)
    }

    @Test(arguments: ["%ff", "%C3", "%ED%A0%80", "%C0%AF"])
    func `what is no UTF-8 is bytes, and no text`(text: String) {
        #expect(PercentEncoding.decode(text.utf8) != nil)
        #expect(PercentEncoding.decodeForm(text) == nil)
    }
}
