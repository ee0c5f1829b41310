import Testing
import Text

struct ASCIITests {
    @Test func `classes hold what they say and nothing else`() {
        func bytes(_ isIn: (UInt8) -> Bool) -> String {
            String(decoding: (UInt8.min...UInt8.max).filter(isIn), as: UTF8.self)
        }
        #expect(bytes(\.isASCIIDigit) == "0123456789")
        #expect(bytes(\.isASCIILowercase) == "abcdefghijklmnopqrstuvwxyz")
        #expect(bytes(\.isASCIIUppercase) == "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
        #expect(bytes(\.isASCIILetter) == "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
        #expect(Array(bytes(\.isASCIIWhitespace).utf8) == [9, 10, 11, 12, 13, 32])
        #expect(
            (UInt8.min...UInt8.max).filter { $0.asciiLowercased != $0 }
                == Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ".utf8))
        #expect(UInt8(ascii: "Q").asciiLowercased == UInt8(ascii: "q"))
    }

    @Test(arguments: [
        ("", ""), (" \t\r\n", ""), (" a b\n", "a b"), ("\u{A0}a\u{3000}", "\u{A0}a\u{3000}"),
        ("\0 ", "\0"), ("a", "a"),
    ])
    func `white space goes from the ends`(text: String, trimmed: String) {
        #expect(Array(Array(text.utf8).trimmingASCIIWhitespace()) == Array(trimmed.utf8))
    }

    @Test(arguments: [
        ("0", 0), ("007", 7), ("999999999999999999", 999_999_999_999_999_999),
        ("1000000000000000000", nil), ("", nil), ("+1", nil), ("-1", nil), ("1 ", nil), ("٣", nil),
        ("1\0", nil),
    ])
    func `decimal digits alone are a number`(text: String, number: Int?) {
        #expect(decimal(Array(text.utf8).span) == number)
    }

    @Test func `numbers are padded with zeros`() {
        #expect([padded(7, 2), padded(2026, 4), padded(12345, 4)] == ["07", "2026", "12345"])
    }
}
