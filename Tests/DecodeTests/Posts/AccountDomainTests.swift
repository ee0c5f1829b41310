import Testing

@testable import Decode

@Suite("AccountDomain")
struct AccountDomainTests {
    @Test(
        "writes a domain as IDNA compares it",
        arguments: [
            ("example.org", "example.org"), ("Example.ORG.", "example.org"),
            ("xn--bcher-kva.example", "bücher.example"),
            ("BU\u{308}CHER.example", "bücher.example"),
            ("XN--BCHER-KVA.Example", "bücher.example"),
            ("xn--fiqs8s.xn--fiqz9s", "中国.中國"), ("中国。中國", "中国.中國"),
            ("xn--strae-oqa.example", "straße.example"), ("STRASSE.example", "strasse.example"),
            ("ｅｘａｍｐｌｅ．org", "example.org"), ("xn--e1afmkfd.com", "пример.com"),
            ("localhost:8080", "localhost:8080"), ("", ""),
            // No Punycode, or none that stands for anything.
            ("xn--!.example", "xn--!.example"),
            ("xn--99999999999.example", "xn--99999999999.example"),
            ("xn--.example", ".example"),
        ])
    func compared(domain: String, text: String) {
        #expect(Array(AccountDomain(domain).text.utf8) == Array(text.utf8))
    }
}
