import Testing

@testable import SiteGen

struct PathEncodingTests {
    @Test(arguments: [
        ("a-b_c.d~e", "a-b_c.d~e"), ("é", "%C3%A9"), ("e\u{301}", "e%CC%81"), ("a/b", "a%2Fb"),
        ("%2e", "%252e"), ("\"'<>", "%22%27%3C%3E"), ("a b\r\n", "a%20b%0D%0A"), ("?#", "%3F%23"),
    ])
    func `encodes all but unreserved bytes and decodes them again`(text: String, encoded: String) {
        #expect(PathEncoding.encoded(text) == encoded)
        #expect(PathEncoding.decoded(encoded.utf8) == Array(text.utf8))
    }

    @Test(arguments: ["%", "%4", "%zz", "a%"])
    func `refuses a percent sign without two digits`(text: String) {
        #expect(PathEncoding.decoded(text.utf8) == nil)
    }
}
