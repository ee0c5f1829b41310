import Support
import Testing

@testable import Decode

/// Lines that are looked at together, and by the parser alone.
@Suite("JSONLineIndex")
struct JSONLineIndexTests {
    private static let like =
        #"{"did":"did:plc:a","time_us":1,"kind":"commit","commit":{"rev":"3l","operation":"create","#
        + #""collection":"app.bsky.feed.like","rkey":"3k","record":{"a":[1,-2,true,{"b":null}],"#
        + #""c":{},"d":[]}}}"#
    private static let post =
        #"{"did":"did:plc:b","time_us":2,"kind":"commit","commit":{"rev":"3lbsw5kzdqk22","#
        + #""operation":"create","collection":"app.bsky.feed.post","rkey":"3k2","record":{"#
        + #""text":"x","langs":["en"],"facets":[{"features":[{"$type":"#
        + #""app.bsky.richtext.facet#tag","tag":"tide"}]}],"tags":["kelp"]}}}"#

    /// What is certain of a line without the parser.
    private enum Glance { case notice, object, nothing }

    private func glance(_ line: String, in text: String? = nil) -> Glance {
        var padded = PaddedBytes()
        padded.append(bytes(text ?? line + "\n"))
        let index = JSONLineIndex()
        let outline = JSONOutline()
        index.read(padded.bytes)
        let line = UnsafeBufferPointer(rebasing: padded.bytes.prefix(line.utf8.count))
        let tokens = index.tokens
        guard tokens.pointee.skip(to: line) else { return .nothing }
        if JetstreamSkim.isNotice(&tokens.pointee, line.count) { return .notice }
        tokens.pointee.goBack(to: 0)
        return outline.object(&tokens.pointee, line.count) == nil ? .nothing : .object
    }

    @Test("knows a commit to another collection, and the parts of any other object, at a glance")
    func glances() {
        #expect(glance(Self.like) == .notice)
        #expect(glance(Self.post) == .object)
        // What is no event of version 1 may be one of version 2, whatever else is in it.
        #expect(glance(Self.like.replacing(#""did""#, with: #""payload""#)) == .object)
        #expect(glance(Self.like.replacing(#""did:plc:a""#, with: "null")) == .object)
        #expect(glance(Self.like.replacing(#""a":["#, with: #""a" : [ "#)) == .notice)
        #expect(glance(Self.like.replacing("null", with: #""\"\\\/\b\f\n\r\t""#)) == .notice)
        #expect(glance(Self.like.replacing("feed.like", with: "feed.posts")) == .notice)
        for value in ["1.5", "-0.0", "1e2", "1E-07", "12345.678e+99", "1234567890123456789", "0"] {
            #expect(glance(Self.like.replacing("null", with: value)) == .notice, "\(value)")
        }
        for escape in [#"\u00e9"#, #"\uD83E\udd8b"#, #"\u0026\u003C\u003e\u0027\u0022\u0000"#] {
            let like = Self.like.replacing("null", with: "\"\(escape)\"")
            #expect(glance(like) == .notice, "\(escape)")
        }
    }

    @Test("reads strings with escapes as the parser does")
    func unescapes() {
        let strings = [
            #"a\"b\\c\/d\be\ff\ng\rh\ti"#, #"\u003ctide\u003E\u0026"#, #"é\u00e9\u3042\u0000"#,
            #"\ud83e\udd8b \uD83E\uDD8B"#, #"half \ud83e"#, #"\udd8b half"#, #"\ud83e\u00e9"#,
            #"\u0041"#,
        ]
        for string in strings {
            let line = Self.post.replacing("tide", with: "\(string) tide")
            let alone = events(line, as: .jetstream).map { "\($0)" }
            #expect(events(line + "\n", as: .jetstream).map { "\($0)" } == alone, "\(string)")
        }
    }

    @Test("asks the parser for a post that is asked for more than there is room for")
    func longTexts() {
        let tags = (0..<3000).map { #""\#($0)\ntide-and-kelp""# }.joined(separator: ",")
        let line = Self.post.replacing("\"kelp\"", with: tags)
        let posts = events(line + "\n", as: .jetstream).compactMap(\.post)
        #expect(posts.first?.tags.count == 3001)
        #expect(posts.first?.tags.last == "2999\ntide-and-kelp")
    }

    @Test(
        "leaves to the parser whatever is not plain, or no JSON",
        arguments: [
            ("null", "nul"), ("null", "nulll"), ("null", "truefalse"), ("null", "01"),
            ("null", "-"),
            ("null", "1."), ("null", ".5"), ("null", "1.e2"), ("null", "1e"), ("null", "1e+"),
            ("null", "1e100"), ("null", "1.2.3"), ("null", "-01"), ("null", "+1"),
            ("null", "12345678901234567890"), ("null", "1234567890.1234567890"), ("null", "1x"),
            ("null", "\"\\u0041\""), ("null", "\"\\x\""), ("null", "nu\\ll"),
            ("null", "\"\\u00\""), ("null", "\"\\u00g9\""), ("null", "\"\\u002e\""),
            ("null", "\"\\uFF3\u{e9}\""),
            ("null", "\"a\"\"b\""),
            ("null", "\"a\" 1"), ("null", "\"a\"{}"), ("null", "1[2]"), ("[]", "[\"a\"[]]"),
            ("[]", "[}"), ("[]", "{]"), ("{}", "{]"), ("{}", "[}"), ("null", ""), ("null", "1,"),
            ("null", "{"), ("null", "]"),
            ("[]", "[,]"), ("[]", "[1 2]"), ("[]", "[1,]"), ("[]", "{1:2}"), ("[]", "{\"a\"}"),
            ("[]", "{\"a\":1,}"), ("[]", "{\"a\" 1}"), ("[]", "{,}"), ("}}}", "}}"),
            ("}}}", "}}}}"),
            ("}}}", "}}]"), ("{\"did\"", "[\"did\""), ("null", "\u{1}"), ("null", "\"\u{1}\""),
            ("[]", String(repeating: "[", count: 70) + String(repeating: "]", count: 70)),
        ])
    func leaves(part: String, instead: String) {
        #expect(glance(Self.like.replacing(part, with: instead)) == .nothing)
        #expect(
            glance(Self.post.replacing(#""x""#, with: part == "null" ? instead : "nul")) == .nothing
        )
    }

    @Test("knows nothing of lines beside one that is broken in a string, nor of what is no line")
    func beside() {
        for broken in ["\"", "{\"a\":\"b\tc\"}", "\"\u{1}\""] {
            #expect(glance(Self.like, in: Self.like + "\n" + broken + "\n") == .nothing)
        }
        #expect(glance(Self.like, in: Self.like + " {}\n") == .notice)
        #expect(glance(Self.like, in: " " + Self.like + "\n") == .nothing)
        #expect(glance(String(Self.like.dropLast()), in: Self.like + "\n") == .nothing)
    }

    @Test(
        "takes time in proportion to the text, however brackets are left open",
        arguments: ["{\"a\":[1", "{\"a\":[1,", "{\"a\":1,", "{\"a\":", "{"])
    func openBrackets(line: String) {
        let lines = String(repeating: line + "\n", count: 30_000)
        let time = processorTime { #expect(events(lines, as: .jetstream).count == 30_000) }
        #expect(time < .seconds(5))
    }

    @Test("knows nothing of a line that only goes on behind its end")
    func beyondEnd() {
        let parts = [
            (#"{"did":1,"#, #""b":2}"#), (#"{"did":"#, "1}"), (#"{"did":[1,"#, "2]}"),
            ("{", #""did":1}"#), (#"{"did":{"a":1}"#, "}"), (#"{"did":"a""#, #","b":1}"#),
        ]
        for (line, rest) in parts {
            #expect(glance(line, in: "\(line)\n\(rest)\n") == .nothing, "\(line)")
        }
    }

    @Test("changes no event, of whole lines and of damaged ones")
    func changesNothing() {
        var generator = StreamGenerator(random: SeededRandom(11))
        for _ in 0..<400 {
            var lines: [[UInt8]] = []
            for _ in 0..<generator.below(12) + 1 {
                let whole =
                    generator.chance(2)
                    ? generator.pick([Self.like, Self.post]) : generator.line(.jetstream).text
                lines.append(damaged(bytes(whole), &generator))
            }
            let together = lines.flatMap { (line: [UInt8]) -> [UInt8] in line + [0x0A] }
            // Objects behind a space are not looked at together.
            let alone = lines.flatMap { (line: [UInt8]) -> [UInt8] in
                (line.first == UInt8(ascii: "{") ? [0x20] : []) + line + [0x0A]
            }
            #expect(
                events(together, as: .jetstream).map { "\($0)" }
                    == events(alone, as: .jetstream).map { "\($0)" },
                "\(String(decoding: together, as: UTF8.self))")
        }
    }

    private func damaged(_ line: [UInt8], _ generator: inout StreamGenerator) -> [UInt8] {
        var line = line
        guard generator.chance(2) else { return line }
        let marks = bytes(#"{}[]:,"\ 0-1.etfn/u"#) + [0xC3, 0x01, 0x09]
        for _ in 0...generator.below(2) where !line.isEmpty {
            let place = generator.below(line.count)
            switch generator.below(3) {
            case 0: line[place] = generator.pick(marks)
            case 1: line.remove(at: place)
            default: line.insert(generator.pick(marks), at: place)
            }
        }
        return line
    }
}
