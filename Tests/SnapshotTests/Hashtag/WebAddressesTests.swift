import Testing

@testable import Snapshot

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
        ] as [(String, [String])])
    func finds(text: String, addresses: [String]) {
        let scalars = Array(text.unicodeScalars)
        let found = WebAddresses.ranges(in: scalars).map { range in
            scalars[range].map(String.init).joined()
        }
        #expect(found == addresses)
    }
}
