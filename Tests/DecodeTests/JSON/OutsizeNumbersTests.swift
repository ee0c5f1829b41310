import Support
import Testing

@testable import Decode

@Suite("OutsizeNumbers")
struct OutsizeNumbersTests {
    private func mended(_ text: String) -> String? {
        OutsizeNumbers.replaced(in: bytes(text)).map {
            String(decoding: $0.dropLast(JSONParser.padding), as: UTF8.self)
        }
    }

    @Test(
        "replaces numbers that are too large, and nothing else",
        arguments: [
            ("18446744073709551616", "null"), ("[1,-9223372036854775809 ,2]", "[1,null ,2]"),
            (#"{"a":1e400,"1e400":"1e400"}"#, #"{"a":null,"1e400":"1e400"}"#),
            (#"["\"1e400",-1.0E+999]"#, #"["\"1e400",null]"#), (#"["\\",1e400]"#, #"["\\",null]"#),
            (#"[true,false,null,1e400]"#, "[true,false,null,null]"),
        ])
    func replaces(text: String, expected: String) {
        #expect(mended(text) == expected)
    }

    @Test(
        "leaves alone what fits, and what is no number",
        arguments: [
            "", "-", "[", "\"", "\"\\", "18446744073709551615", "-9223372036854775808", "1e308",
            "1e-999", "0.00", "[1,2]", "099999999999999999999", "1e", "1.e999", "1e999.5", ".1e999",
            "+1e999", "--1e999",
        ])
    func leaves(text: String) {
        #expect(mended(text) == nil)
    }
}
