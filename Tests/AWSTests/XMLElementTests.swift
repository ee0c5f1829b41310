import Testing

@testable import AWS

@Suite struct XMLElementTests {
    private func parse(_ text: String) -> XMLElement? { XMLElement(Array(text.utf8)) }

    @Test func `Names come without namespace, text with its entities read`() {
        let element = parse(
            "<?xml version=\"1.0\"?><a xmlns=\"urn:x\"><b>1 &lt; &#x30BF;</b><b><![CDATA[<c>]]></b></a>"
        )
        #expect(element?.name == "a")
        #expect(element?.children.map(\.text) == ["1 < タ", "<c>"])
    }

    @Test(arguments: [
        "", "<a>", "<a></b>", "<a>&undefined;</a>", "<a>\u{1}</a>", "not xml", "<a/><b/>",
        "<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>",
        "<!DOCTYPE a SYSTEM \"file:///etc/passwd\"><a/>",
        "<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><a>&b;</a>",
        String(repeating: "<a>", count: 300) + String(repeating: "</a>", count: 300),
    ])
    func `Broken, deep and typed documents are nothing`(_ text: String) {
        #expect(parse(text) == nil)
    }

    @Test func `Invalid UTF-8 is nothing`() {
        #expect(XMLElement(Array("<a>".utf8) + [0xFF, 0xC3] + Array("</a>".utf8)) == nil)
    }

    @Test func `A document that claims another encoding is read as UTF-8 or not at all`() {
        #expect(
            parse("<?xml version=\"1.0\" encoding=\"UTF-7\"?><a>+ADw-b/+AD4-</a>")?.text
                == "+ADw-b/+AD4-")
        let wide = Array("<!DOCTYPE a><a/>".utf16).flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }
        #expect(XMLElement([0xFF, 0xFE] + wide) == nil)
    }

    @Test func `A document over the limit is nothing`() {
        #expect(XMLElement(Array("<a>1234</a>".utf8), byteLimit: 10) == nil)
    }
}
