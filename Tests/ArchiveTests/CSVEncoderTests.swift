import Calendar
import Support
import Testing

@testable import Archive

@Suite("CSVEncoder")
struct CSVEncoderTests {
    @Test(
        "quotes by RFC 4180, and puts an apostrophe before what a spreadsheet would run",
        arguments: [
            ("", ""), ("tag", "tag"), ("a b", "a b"), ("a,b", "\"a,b\""), ("a\"b", "\"a\"\"b\""),
            ("\"\u{301}", "\"\"\"\u{301}\""), ("a\nb", "\"a\nb\""), ("a\r\nb", "\"a\r\nb\""),
            ("=1", "'=1"), ("+1", "'+1"), ("-1", "'-1"), ("@a", "'@a"), ("\ta", "'\ta"),
            ("\ra", "\"'\ra\""), ("'=1", "''=1"), ("'a", "'a"), ("'", "'"), ("=a,b", "\"'=a,b\""),
            ("=\"", "\"'=\"\"\""), ("a=1", "a=1"), ("\u{0}", "\u{0}"), ("＝1", "＝1"),
        ])
    func cell(text: String, written: String) {
        var encoder = CSVEncoder()
        encoder.text(text)
        #expect(encoder.bytes == bytes(written))
    }

    @Test("writes a line with every kind of value")
    func line() throws {
        var encoder = CSVEncoder()
        encoder.header(["a", "b", "c", "d", "e"])
        encoder.text("x,y")
        encoder.count(12)
        encoder.timestamp(try #require(Timestamp("2026-11-22T18:00:00Z")))
        encoder.number(0.25, decimals: 2)
        encoder.number(nil, decimals: 2)
        encoder.endLine()
        #expect(
            encoder.bytes == bytes("a,b,c,d,e\n\"x,y\",12,2026-11-22T18:00:00Z,0.25,\n"))
    }
}
