import Testing

@testable import Decode

@Suite("WebAddresses")
struct WebAddressesTests {
    @Test(
        "finds where addresses stand",
        arguments: [
            ("", []), ("://", []), ("http", []), ("http:/", []), ("no address", []),
            ("http://example.com", ["http://example.com"]),
            ("see HTTPS://EXAMPLE.com/a#b, and", ["HTTPS://EXAMPLE.com/a#b,"]),
            (
                "http://a.example?q=#x http://b.example#y",
                ["http://a.example?q=#x", "http://b.example"]
            ),
            ("ftp://example.com/#a", []), ("xhttp://example.com/#a", ["http://example.com/#a"]),
            ("https://例え.jp/#タグ", ["https://例え.jp/#"]), ("http://", ["http://"]),
            ("http://a/http://b/#c d", ["http://a/http://b/#c"]),
            ("http://a/http://例/#c d", ["http://a/http://例/#c"]),
            ("http://a/http://b_c/#d e", ["http://a/http://b_c/#d"]),
            ("http://a?http://http://b e", ["http://a?http://http://b"]),
        ] as [(String, [String])])
    func finds(text: String, addresses: [String]) {
        let scalars = Array(text.unicodeScalars)
        let found = WebAddresses.ranges(in: scalars).map { range in
            scalars[range].map(String.init).joined()
        }
        #expect(found == addresses)
    }

    @Test("finds addresses by the hundred thousand, one in the other", .timeLimit(.minutes(1)))
    func many() {
        let texts = ["http://a/", "http://a #b "].map { String(repeating: $0, count: 100_000) }
        #expect(WebAddresses.ranges(in: Array(texts[0].unicodeScalars)) == [0..<900_000])
        #expect(Grammar.twitter.hashtags(in: texts[1]).count == 100_000)
    }
}
