import Testing

@testable import Folding

@Suite("DomainName")
struct DomainNameTests {
    @Test(
        "writes a domain as IDNA compares it, and as addresses have it",
        arguments: [
            ("example.org", "example.org", "example.org"),
            ("Example.ORG.", "example.org", "example.org"),
            ("xn--bcher-kva.example", "bücher.example", "xn--bcher-kva.example"),
            ("BU\u{308}CHER.example", "bücher.example", "xn--bcher-kva.example"),
            ("XN--BCHER-KVA.Example", "bücher.example", "xn--bcher-kva.example"),
            ("xn--fiqs8s.xn--fiqz9s", "中国.中國", "xn--fiqs8s.xn--fiqz9s"),
            ("中国。中國", "中国.中國", "xn--fiqs8s.xn--fiqz9s"),
            ("xn--strae-oqa.example", "straße.example", "xn--strae-oqa.example"),
            ("STRASSE.example", "strasse.example", "strasse.example"),
            ("ｅｘａｍｐｌｅ．org", "example.org", "example.org"),
            ("xn--e1afmkfd.com", "пример.com", "xn--e1afmkfd.com"),
            ("localhost:8080", "localhost:8080", "localhost:8080"), ("", "", ""),
            // RFC 3492 §7.1, in lower case.
            (
                "ليهمابتكلموشعربي؟", "ليهمابتكلموشعربي؟", "xn--egbpdaj6bu4bxfgehfvwxn"
            ),
            ("他们为什么不说中文", "他们为什么不说中文", "xn--ihqwcrb4cv8a8dqg056pqjye"),
            ("3年b組金八先生", "3年b組金八先生", "xn--3b-ww4c5e180e575a65lsy2b"),
            ("パフィーdeルンバ", "パフィーdeルンバ", "xn--de-jg4avhby1noc0d"),
            ("😀.example", "😀.example", "xn--e28h.example"),
            ("a--b.Example", "a--b.example", "a--b.example"), (".", "", ""), ("a..", "a.", "a."),
            // No Punycode, or none that stands for anything.
            ("xn--!.example", "xn--!.example", "xn--!.example"),
            ("xn--99999999999.example", "xn--99999999999.example", "xn--99999999999.example"),
            ("xn--.example", ".example", ".example"),
        ])
    func written(domain: String, text: String, ascii: String) {
        #expect(Array(DomainName(domain).text.utf8) == Array(text.utf8))
        #expect(DomainName(domain).ascii == ascii)
    }
}
