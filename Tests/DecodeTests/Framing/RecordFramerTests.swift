import Support
import Testing

@testable import Decode

@Suite("RecordFramer")
struct RecordFramerTests {
    struct Example: CustomTestStringConvertible {
        let name: String
        let text: String
        let records: [Framed]
        var format = PostFormat.v1
        var testDescription: String { name }
    }

    static let examples = [
        Example(name: "nothing", text: "", records: []),
        Example(name: "blank lines", text: "\n\r\n \n\n", records: []),
        Example(
            name: "lines", text: "{\"a\":1}\n{\"b\":2}\n",
            records: [Framed("{\"a\":1}"), Framed("{\"b\":2}")]),
        Example(
            name: "CRLF", text: "{\"a\":1}\r\n\r\n{\"b\":2}\r\n",
            records: [Framed("{\"a\":1}"), Framed("{\"b\":2}")]),
        Example(
            name: "no last line end", text: "{\"a\":1}\n{\"b",
            records: [Framed("{\"a\":1}"), Framed("{\"b")]),
        Example(name: "white space around", text: " {\"a\":1}\t\n", records: [Framed("{\"a\":1}")]),
        Example(
            name: "line separators of Unicode", text: "{\"a\":\"\u{2028}\u{85}\"}\n",
            records: [Framed("{\"a\":\"\u{2028}\u{85}\"}")]),
        Example(
            name: "byte order mark", text: "\u{FEFF}{\"a\":1}\n", records: [Framed("{\"a\":1}")]),
        Example(
            name: "byte order marks of files one behind the other",
            text: "\u{FEFF}{\"a\":1}\n\u{FEFF}{\"b\":2}",
            records: [Framed("{\"a\":1}"), Framed("{\"b\":2}")]),
        Example(
            name: "byte order mark before an array", text: "\u{FEFF}[1]", records: [Framed("1")]),
        Example(
            name: "part of a byte order mark", text: "\u{FEC0}\n", records: [Framed("\u{FEC0}")]),
        Example(
            name: "glued objects stay one line", text: "{\"a\":1}t_end{\"b\":2}t_end\n",
            records: [Framed("{\"a\":1}t_end{\"b\":2}t_end")]),
        Example(
            name: "array", text: "[{\"a\":[1,2]},\"x,]\\\"\",3]",
            records: [Framed("{\"a\":[1,2]}"), Framed("\"x,]\\\"\""), Framed("3")]),
        Example(
            name: "array over lines",
            text:
                "[\n  {\n    \"a\": 1,\n    \"b\": [\n      {}\n    ]\n  },\n  {\"c\": \"\\\\\"}\n]\n{\"d\":4}\n",
            records: [
                Framed("{\n    \"a\": 1,\n    \"b\": [\n      {}\n    ]\n  }"),
                Framed("{\"c\": \"\\\\\"}"), Framed("{\"d\":4}"),
            ]),
        Example(
            name: "arrays, one a line", text: "[{\"a\":1}]\n[]\n[{\"b\":2},{\"c\":3}]\n",
            records: [Framed("{\"a\":1}"), Framed("{\"b\":2}"), Framed("{\"c\":3}")]),
        Example(
            name: "array cut off", text: "[{\"a\":1},{\"b\"",
            records: [Framed("{\"a\":1}"), Framed("{\"b\"")]),
        Example(
            name: "array with a comma too many", text: "[{\"a\":1},]\n{\"b\":2}\n",
            records: [Framed("{\"a\":1}"), Framed("{\"b\":2}")]),
        // A damaged line that begins like an array costs that line, not the rest of the stream.
        Example(
            name: "no array", text: "[garbage\n{\"b\":2}\n{\"c\":3}\n",
            records: [Framed("garbage"), Framed("{\"b\":2}"), Framed("{\"c\":3}")]),
        Example(
            name: "array never closed", text: "[{\"a\":1}\n{\"b\":2}\n",
            records: [Framed("{\"a\":1}"), Framed("{\"b\":2}")]),
        Example(
            name: "object never closed", text: "[{\"a\":1\n{\"b\":2}\n",
            records: [Framed("{\"a\":1"), Framed("{\"b\":2}")]),
        Example(
            name: "string never closed", text: "[\"a\n{\"b\":2}\n",
            records: [Framed("\"a"), Framed("{\"b\":2}")]),
        Example(
            name: "no array, events behind it",
            text: "[garbage\nevent: update\ndata: {\"b\":2}\n\n",
            records: [Framed("garbage"), Framed("{\"b\":2}", event: "update")]),
        Example(
            name: "server-sent events",
            text:
                ":)\n\nevent: update\ndata: {\"a\":1}\n\n:thump\n\nid: 7\nretry: 1\ndata:{\"b\":2}\n\nevent: delete\ndata: 123\n\n",
            records: [
                Framed("{\"a\":1}", event: "update"), Framed("{\"b\":2}", event: "message"),
                Framed("123", event: "delete"),
            ]),
        Example(
            name: "events with CRLF", text: "event: update\r\ndata: 1\r\n\r\ndata: 2\r\n\r\n",
            records: [Framed("1", event: "update"), Framed("2", event: "message")]),
        Example(
            name: "data over several lines", text: "data: {\"a\":\ndata:  1}\ndata:\n\n",
            records: [Framed("{\"a\":\n 1}\n", event: "message")]),
        Example(
            name: "no last blank line", text: "event: update\ndata: 1",
            records: [Framed("1", event: "update")]),
        Example(
            name: "event without data", text: "event: update\n\ndata: 1\n\n",
            records: [Framed("1", event: "message")]),
        Example(
            name: "field behind data", text: "data: 1\nevent: delete\n\n",
            records: [Framed("1", event: "delete")]),
        Example(
            name: "unknown field", text: "foo: 1\ndata: 1\n\n",
            records: [Framed("1", event: "message")]),
        Example(
            name: "unknown field, and no event", text: "foo: 1\n{}\n",
            records: [Framed(nil), Framed("{}")]),
        Example(
            name: "events with CR", text: "event: update\rdata: 1\r\rdata: 2\r\r",
            records: [Framed("1", event: "update"), Framed("2", event: "message")]),
        Example(
            name: "an array with a name", text: "window.YTD.tweets.part0 = [ {\"a\":1} ]\n{}",
            records: [Framed("{\"a\":1}"), Framed("{}")]),
        Example(
            name: "plain text", text: "[a] #b\n  data: #c\n\ndata: #d\n\u{0}\n",
            records: [Framed("[a] #b"), Framed("data: #c"), Framed("data: #d")], format: .text),
    ]

    @Test("cuts", arguments: examples)
    func cuts(example: Example) {
        #expect(framed([bytes(example.text)], as: example.format) == example.records)
    }

    @Test("cuts the same wherever the chunks end", arguments: examples)
    func anyChunks(example: Example) {
        let text = bytes(example.text)
        #expect(framed(text.map { [$0] }, as: example.format) == example.records, "bytes")
        for cut in text.indices {
            let chunks = [Array(text[..<cut]), Array(text[cut...])]
            #expect(framed(chunks, as: example.format) == example.records, "cut before byte \(cut)")
        }
    }

    @Test("starts afresh after an end", arguments: examples)
    func restarts(example: Example) {
        var framer = RecordFramer(format: .v1)
        var count = 0
        bytes(example.text).withUnsafeBytes { framer.feed($0) { _ in } }
        framer.finish { _ in }
        bytes("{}\n").withUnsafeBytes { framer.feed($0) { count += $0.event == nil ? 1 : 0 } }
        framer.finish { _ in }
        #expect(count == 1)
    }

    /// Feeds the parts, each so many times, in chunks; returns the records, too long ones as nil.
    private func longRecords(_ parts: [(String, times: Int)], chunk: Int) -> [Framed] {
        var framer = RecordFramer(format: .mastodon)
        var records: [Framed] = []
        func keep(_ record: Record) {
            let text = record.text.map { String(decoding: $0.prefix(40), as: UTF8.self) }
            records.append(Framed(text, event: record.event?.string))
        }
        for (text, times) in parts {
            let unit = bytes(text)
            let repeats = max(1, min(times, chunk / unit.count))
            let block =
                unit.count == 1
                ? Array(repeating: unit[0], count: repeats)
                : Array(repeatElement(unit, count: repeats).joined())
            for done in stride(from: 0, to: times, by: repeats) {
                block.prefix(unit.count * min(repeats, times - done)).withUnsafeBytes {
                    framer.feed($0, keep)
                }
            }
            #expect(framer.byteCount < 3 * RecordFramer.longestRecord)
        }
        framer.finish(keep)
        return records
    }

    @Test(
        "drops 50 MB without a line end as one record, in bounded memory, and goes on",
        arguments: [1 << 16, 1 << 20])
    func endlessLine(chunk: Int) {
        let records = longRecords([("{}\n", 1), ("x", 50 << 20), ("\n{}\n", 1)], chunk: chunk)
        #expect(records == [Framed("{}"), Framed(nil), Framed("{}")])
        #expect(
            longRecords([("{}\n", 1), ("x", 5 << 20)], chunk: chunk) == [
                Framed("{}"), Framed(nil),
            ])
    }

    @Test("drops an endless element of an array as one record, and goes on")
    func endlessElement() {
        let long = [("[1,\"", 1), ("x", 5 << 20)]
        #expect(
            longRecords(long + [("\",2]\n{}\n", 1)], chunk: 1 << 16) == [
                Framed("1"), Framed(nil), Framed("2"), Framed("{}"),
            ])
        #expect(longRecords(long, chunk: 1 << 16) == [Framed("1"), Framed(nil)])
        #expect(
            longRecords(long + [("\n{}\n", 1)], chunk: 1 << 16) == [
                Framed("1"), Framed(nil), Framed("{}"),
            ])
    }

    @Test("drops an event with endless data as one record, and goes on")
    func endlessEvent() {
        let records = longRecords(
            [
                ("event: update\n", 1),
                ("data: " + String(repeating: "x", count: 1000) + "\n", 5_000),
                ("\ndata: 1\n\n", 1),
            ], chunk: 1 << 16)
        #expect(records == [Framed(nil, event: "update"), Framed("1", event: "message")])
    }

    @Test(
        "counts the line feeds between the lines of an event",
        arguments: [(8, "ab\nab\nab"), (7, nil)])
    func longestEvent(longest: Int, data: String?) {
        var framer = RecordFramer(format: .v1, longest: longest)
        var found: [String?] = []
        bytes("data:ab\ndata:ab\ndata:ab\n\n").withUnsafeBytes {
            framer.feed($0) { found.append($0.text.map { String(decoding: $0, as: UTF8.self) }) }
        }
        #expect(found == [data])
    }

    @Test("has one longest record, however it arrives", arguments: [0, 1])
    func longestRecord(more: Int) {
        let length = RecordFramer.longestRecord + more
        for chunk in [1 << 16, length] {
            let records = longRecords([("x", length), ("\n", 1)], chunk: chunk)
            #expect(records.map { $0.text == nil } == [more > 0], "chunks of \(chunk)")
        }
        let whole = [bytes(String(repeating: "x", count: length) + "\n{}\n")]
        #expect(framed(whole).map { $0.text == nil } == [more > 0, false])
    }

    @Test(
        "drops a line by its whole length, with field name and CR, wherever the chunks end",
        arguments: ["12345678\r\n{}\n", "data: 123\n{}\n", "{\"a\": 17}\r\n{}\n"])
    func longLines(text: String) {
        for cut in bytes(text).indices {
            var framer = RecordFramer(format: .v1, longest: 8)
            var lengths: [Int?] = []
            for chunk in [bytes(text)[..<cut], bytes(text)[cut...]] {
                chunk.withUnsafeBytes { framer.feed($0) { lengths.append($0.text?.count) } }
            }
            framer.finish { lengths.append($0.text?.count) }
            #expect(lengths == [nil, 2], "cut before byte \(cut)")
        }
    }

    @Test("a field before a line that is too long is judged the same wherever the chunks end")
    func longLineBehindField() {
        let text = bytes("foo:1\revent: 789\r{}\n")
        for cut in text.indices {
            var framer = RecordFramer(format: .v1, longest: 8)
            var lengths: [Int?] = []
            for chunk in [text[..<cut], text[cut...]] {
                chunk.withUnsafeBytes { framer.feed($0) { lengths.append($0.text?.count) } }
            }
            framer.finish { lengths.append($0.text?.count) }
            #expect(lengths == [nil, nil, 2], "cut before byte \(cut)")
        }
    }

    @Test("a line in many pieces is looked through once", .timeLimit(.minutes(1)))
    func manyPieces() {
        var framer = RecordFramer(format: .v1)
        let piece = bytes(String(repeating: "{", count: 200))
        var found = 0
        for _ in 0..<20_000 {
            piece.withUnsafeBytes { framer.take($0) }
            found += framer.lines.count
            if framer.next() != nil { found += 1 }
        }
        #expect(found == 0)
        bytes("\n{").withUnsafeBytes { framer.take($0) }
        #expect(framer.lines.count == 4_000_001)
        #expect(framer.next()?.text?.count == 4_000_000)
    }

    @Test("ends on any bytes at all, and cuts the same in one piece or many")
    func anyBytes() {
        var random = SeededRandom(14)
        let alphabet = bytes("{}[],\"\\\n\r: \tdata:event:x") + [0, 0xFF, 0xEF, 0xBB, 0xBF]
        for _ in 0..<1500 {
            let text = (0..<Int.random(in: 0...50, using: &random)).map { _ in
                alphabet.randomElement(using: &random) ?? 0
            }
            var pieces: [[UInt8]] = []
            var rest = text[...]
            while !rest.isEmpty {
                let count = Int.random(in: 1...7, using: &random)
                pieces.append(Array(rest.prefix(count)))
                rest = rest.dropFirst(count)
            }
            #expect(framed([text]) == framed(pieces))
        }
    }
}
