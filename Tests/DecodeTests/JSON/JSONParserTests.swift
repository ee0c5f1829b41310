import Support
import Testing

@testable import Decode

@Suite("JSONParser")
struct JSONParserTests {
    @Test(
        "refuses what is no JSON",
        arguments: [
            "", " ", "{", "}", "[1,]", "{\"a\":}", "{\"a\" 1}", "{a:1}", "'a'", "\"a", "\"\t\"",
            "\"\\x\"", "\"\\u12\"", "nul", "tru", "01",
            "1.", ".5", "+1", "-", "1e", "NaN", "Infinity", "{}{}", "{} x", "1 2", "// c\n1",
            "\u{FEFF}\u{FEFF}1",
        ])
    func refuses(text: String) {
        #expect(withJSON(text) { $0 == nil })
    }

    @Test(
        "refuses bytes that are not UTF-8",
        arguments: [[0xFF], [0xC3], [0xED, 0xA0, 0x80], [0xC0, 0xAF], [0xF5, 0x80, 0x80, 0x80]]
            as [[UInt8]])
    func invalidUTF8(sequence: [UInt8]) {
        #expect(withJSON(bytes("\"") + sequence + bytes("\"")) { $0 == nil })
    }

    @Test("puts U+FFFD in the place of half a surrogate pair")
    func loneSurrogate() {
        #expect(withJSON(#"{"a":"x\ud83c"}"#) { $0?["a"]?.text?.string } == "x\u{FFFD}")
    }

    @Test(
        "refuses nesting of any depth beyond its own, without falling over",
        arguments: [2000, 10_000, 200_000])
    func deep(depth: Int) {
        for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
            let text =
                String(repeating: open, count: depth) + "1" + String(repeating: close, count: depth)
            #expect(withJSON(text) { $0 == nil })
            #expect(withJSON(String(repeating: open, count: depth)) { $0 == nil })
        }
    }

    @Test("reads on after a text it refused")
    func recovers() {
        let parser = JSONParser()
        for text in [
            "{\"a\":1", String(repeating: "[", count: 5000), "\"\\ud83c\"", "", "{\"a\":1}",
        ] {
            let padded = bytes(text) + [UInt8](repeating: 0, count: JSONParser.padding)
            padded.withUnsafeBufferPointer {
                let value = parser.parse(UnsafeBufferPointer(rebasing: $0[..<text.utf8.count]))
                #expect((value?["a"]?.number == 1) == (text == "{\"a\":1}"))
            }
        }
    }

    @Test("reads a text inside a text while the outer one is in use")
    func nested() {
        let parser = JSONParser()
        let text = #"{"payload":"{\"id\":\"7\",\"s\":\"\\u00e9\"}","event":"update"}"#
        let padded = bytes(text) + [UInt8](repeating: 0, count: JSONParser.padding)
        padded.withUnsafeBufferPointer {
            let outer = parser.parse(UnsafeBufferPointer(rebasing: $0[..<text.utf8.count]))
            let inner = outer?["payload"]?.text.flatMap { parser.parse(nested: $0) }
            #expect(inner?["s"]?.text?.string == "é")
            #expect(outer?["event"]?.text?.string == "update")
        }
    }
}
