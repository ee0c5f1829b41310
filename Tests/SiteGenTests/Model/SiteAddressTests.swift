import Testing

@testable import SiteGen

@Suite("SiteAddress")
struct SiteAddressTests {
    @Test(
        "has a host in Punycode and a path in percent-coding, and what is ASCII as it was",
        arguments: [
            (
                "https://trends.example.org/now", "https://trends.example.org/now",
                "trends.example.org"
            ),
            ("HTTPS://Trends.Example/A%20b", "https://Trends.Example/A%20b", "Trends.Example"),
            (
                "https://bücher.example:8443/größe/新聞",
                "https://xn--bcher-kva.example:8443/gr%C3%B6%C3%9Fe/%E6%96%B0%E8%81%9E",
                "bücher.example"
            ),
            ("https://見.香港", "https://xn--nw2a.xn--j6w193g", "見.香港"),
            ("https://見。香港/", "https://xn--nw2a.xn--j6w193g/", "見。香港"),
            ("http://[::1]:8080/a\"<b>", "http://[::1]:8080/a%22%3Cb%3E", "[::1]"),
            ("https://a.example/(x)~y;z=1", "https://a.example/(x)~y;z=1", "a.example"),
            ("https://a.example/e\u{301}", "https://a.example/e%CC%81", "a.example"),
        ])
    func written(text: String, ascii: String, host: String) {
        #expect(SiteAddress.ascii(text) == ascii)
        #expect(SiteAddress.host(of: text) == host)
    }
}
