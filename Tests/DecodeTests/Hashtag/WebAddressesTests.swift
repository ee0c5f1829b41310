import Testing

@testable import Decode

@Suite("WebAddresses")
struct WebAddressesTests {
    @Test(
        "finds where addresses stand",
        arguments: [
            ("", []), ("://", []), ("http", []), ("http:/", []), ("no address", []), (".", []),
            ("http://example.com", ["http://example.com"]), ("example.com", ["example.com"]),
            ("see HTTPS://EXAMPLE.com/a#b, and", ["HTTPS://EXAMPLE.com/a#b"]),
            ("a.com b.co.uk", ["a.com", "b.co.uk"]), ("a.com/b.com", ["a.com/b.com"]),
            (
                "http://a.org?q=#x http://b.org#y",
                ["http://a.org?q=#x", "http://b.org"]
            ),
            ("ftp://example.com/#a", []), ("xhttp://example.com/#a", []), ("a@b.com", []),
            ("https://例え.jp/#タグ", ["https://例え.jp/#"]), ("http://", []),
            ("http://a.co/http://b.co/#c d", ["http://a.co/http://b.co/#c"]),
            ("http://a.co/http://例/#c d", ["http://a.co/http://"]),
            ("a.com.b.nowhere", ["a.com"]), ("a.com.b.xn--p1ai", ["a.com.b.xn--p1ai"]),
            ("a.comé", ["a.com"]), ("a.comb", []), ("a.com-", []), ("a..com", []), ("-.com", []),
            ("é.com.例.de", ["é.com"]), ("a.org.例.co.jp/x", ["a.org", "co.jp/x"]),
            ("a.com:8080/b", ["a.com:8080/b"]), ("a.com:", ["a.com"]), ("a.com?", ["a.com"]),
            ("http://t.co/abc/def", ["http://t.co/abc"]),
            ("http://t.co/" + String(repeating: "a", count: 41), []),
            ("http://" + String(repeating: "a", count: 64) + ".com", []),
            ("http://例" + String(repeating: "a", count: 60) + ".com", []),
        ] as [(String, [String])])
    func finds(text: String, addresses: [String]) {
        let units = Array(text.utf16)
        let found = WebAddresses.ranges(in: units).map {
            String(decoding: units[$0], as: UTF16.self)
        }
        #expect(found == addresses)
    }

    @Test("finds addresses by the hundred thousand", .timeLimit(.minutes(1)))
    func many() {
        let text = String(repeating: "http://a.co #b ", count: 100_000)
        #expect(WebAddresses.ranges(in: Array(text.utf16)).count == 100_000)
        #expect(Grammar.twitter.hashtags(in: text).count == 100_000)
    }
}
