import AWS
import Testing

@Suite struct PercentEncodingTests {
    @Test(arguments: [
        ("AZaz09-._~", "AZaz09-._~"), ("a b", "a%20b"), ("a+b=c&d", "a%2Bb%3Dc%26d"),
        ("100%", "100%25"),
        ("!*'(),:@", "%21%2A%27%28%29%2C%3A%40"), ("タグ", "%E3%82%BF%E3%82%B0"),
        ("cafe\u{301}", "cafe%CC%81"),
        ("caf\u{E9}", "caf%C3%A9"), ("\u{0}\r\n", "%00%0D%0A"),
    ])
    func `Every byte but the unreserved ones is escaped`(_ text: String, encoded: String) {
        #expect(PercentEncoding.encode(text) == encoded)
        #expect(PercentEncoding.decodeForm(encoded) == text)
    }

    @Test func `A slash stands for itself in a path alone`() {
        #expect(PercentEncoding.encode("a/b") == "a%2Fb")
        #expect(PercentEncoding.encode("a//b/", isPath: true) == "a//b/")
    }

    @Test func `A plus of a listing is a space`() {
        #expect(PercentEncoding.decodeForm("a+b%2Bc") == "a b+c")
    }

    @Test(arguments: ["%", "%4", "%zz", "%ff", "%C3"])
    func `What is no encoding of UTF-8 is nothing`(_ text: String) {
        #expect(PercentEncoding.decodeForm(text) == nil)
    }
}
