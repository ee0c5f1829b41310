import Support
import Testing

@testable import Archive

@Suite("CSVDecoder")
struct CSVDecoderTests {
    @Test(
        "splits lines and cells",
        arguments: [
            ("", []), ("a", [["a"]]), ("a\n", [["a"]]), ("a,b\nc,d\n", [["a", "b"], ["c", "d"]]),
            ("a,b\r\nc\r\n", [["a", "b"], ["c"]]), (",\n", [["", ""]]), ("a,", [["a", ""]]),
            ("\n", [[""]]), ("\n\n", [[""], [""]]), ("\"a,b\",c\n", [["a,b", "c"]]),
            ("\"a\nb\"\nc", [["a\nb"], ["c"]]), ("\"a\r\nb\"\r\n", [["a\r\nb"]]),
            ("\"\"\"\"\n", [["\""]]), ("\"\"\n", [[""]]), ("a\"b,c\n", [["a\"b", "c"]]),
            ("\"a\"b,c\n", [["ab", "c"]]), ("\"a", [["a"]]), ("\"", [[""]]), ("a\rb\n", [["a\rb"]]),
            ("a,\"b\"", [["a", "b"]]), ("\"a\"\"", [["a\""]]),
        ] as [(String, [[String]])])
    func splits(text: String, expected: [[String]]) {
        #expect(
            records(bytes(text)).map { $0.map(Array.init) } == expected.map { $0.map(bytes) })
    }

    @Test("numbers records by the line they start on, and knows their bytes")
    func positions() throws {
        let text = bytes("h\n\"a\nb\",c\nd\n")
        let found = records(text)
        #expect(found.map(\.line) == [1, 2, 4])
        #expect(
            found.map { Array(text[$0.range]) } == [
                bytes("h\n"), bytes("\"a\nb\",c\n"), bytes("d\n"),
            ])
    }

    @Test("gives back every hostile cell that the encoder wrote, in every place of a line")
    func hostileRoundTrip() throws {
        for text in hostileTexts {
            for place in 0..<3 {
                var cells = ["x", "y", "z"]
                cells[place] = text
                #expect(try roundTrip(cells) == cells.map(bytes), "\(text.debugDescription)")
            }
        }
    }

    @Test("gives back random cells made of the characters that matter")
    func randomRoundTrip() throws {
        var random = SeededRandom(2)
        let alphabet = Array("\"\"',,\n\r\t=+-@a \u{0}é\u{301}＝".unicodeScalars)
        for _ in 0..<3000 {
            let cells = (0..<4).map { _ in
                var text = String.UnicodeScalarView()
                for _ in 0..<Int.random(in: 0...6, using: &random) {
                    text.append(alphabet.randomElement(using: &random) ?? "a")
                }
                return String(text)
            }
            #expect(try roundTrip(cells) == cells.map(bytes))
        }
    }

    @Test("ends on any bytes at all, with every byte in some record")
    func randomBytes() {
        var random = SeededRandom(3)
        for _ in 0..<2000 {
            let alphabet: [UInt8] = [0x22, 0x2C, 0x0A, 0x0D, 0x61, 0xFF, 0x00]
            let text = (0..<Int.random(in: 0...40, using: &random)).map { _ in
                alphabet.randomElement(using: &random) ?? 0
            }
            var end = 0
            for record in records(text) {
                #expect(record.range.lowerBound == end && !record.range.isEmpty)
                end = record.range.upperBound
            }
            #expect(end == text.count)
        }
    }

    /// The cells after one way to a file and back, by way of the reader that fields go through.
    private func roundTrip(_ cells: [String]) throws -> [[UInt8]] {
        var encoder = CSVEncoder()
        for cell in cells { encoder.text(cell) }
        encoder.endLine()
        let found = records(encoder.bytes)
        let record = try #require(found.first)
        #expect(found.count == 1)
        #expect(record.count == cells.count)
        var fields = FieldReader(
            file: "f.csv", record: record, columns: cells.indices.map(String.init))
        try fields.begin()
        return try cells.map { _ in bytes(try fields.text()) }
    }
}
