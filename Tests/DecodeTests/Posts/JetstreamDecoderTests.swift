import Testing

@testable import Decode

@Suite("JetstreamDecoder")
struct JetstreamDecoderTests {
    /// A commit of a post with this record.
    private static func post(_ record: String, operation: String = "create") -> String {
        #"{"did":"did:plc:ann","time_us":5,"kind":"commit","commit":{"rev":"3lbsw5kzdqk2x","operation":"\#(operation)","#
            + #""collection":"app.bsky.feed.post","rkey":"3k","record":\#(record),"cid":"b"}}"#
    }

    private static func tag(_ tag: String) -> String {
        #"{"$type":"app.bsky.richtext.facet#tag","tag":"\#(tag)"}"#
    }

    @Test(
        "reads posts",
        arguments: [
            // Tags come from facets, then from `tags`.
            (
                post(
                    #"{"text":"x","langs":["en"],"facets":[{"index":{"byteStart":0,"byteEnd":9},"features":[\#(tag("Tide"))]}]}"#
                ), "post: en [Tide] at 5"
            ),
            (
                post(#"{"text":" #x","tags":["b","c"],"facets":[{"features":[\#(tag("a"))]}]}"#),
                "post: [a, b, c] at 5"
            ),
            (
                post(
                    #"{"text":" #x","facets":[{"features":[\#(tag("a")),\#(tag("b"))]},{"features":[\#(tag("c"))]}]}"#
                ), "post: [a, b, c] at 5"
            ),
            (post(#"{"text":" #x","tags":["a"]}"#), "post: [a] at 5"),
            // A facet may hold a cashtag, begin with a number sign, or be nonsense.
            (
                post(##"{"text":"","facets":[{"features":[\##(tag("$AAPL")),\##(tag("#a"))]}]}"##),
                "post: [$AAPL, #a] at 5"
            ),
            (
                post(
                    #"{"text":" #x","facets":[{"features":[{"$type":"app.bsky.richtext.facet#link","uri":"https://example.com/#a"},{"tag":"b"}]}]}"#
                ), "post: [] at 5"
            ),
            (
                post(
                    #"{"text":" #x","facets":[7,{},{"features":7},{"features":[7,{"$type":7},{"$type":"app.bsky.richtext.facet#tag"}]}],"tags":[7,"a",null]}"#
                ), "post: [a] at 5"
            ),
            (
                post(
                    #"{"text":" #x","facets":[{"index":{"byteStart":-9,"byteEnd":1e99},"features":[\#(tag("a"))]}]}"#
                ), "post: [a] at 5"
            ),
            // Empty structure is structure; none at all means looking into the text.
            (post(#"{"text":" #x","facets":[]}"#), "post: [] at 5"),
            (post(#"{"text":" #x","tags":[]}"#), "post: [] at 5"),
            (post(##"{"text":" #x and #y"}"##), "post: [x, y] scanned at 5"),
            (post(##"{"text":" #x","facets":null,"tags":7}"##), "post: [x] scanned at 5"),
            (post(#"{"text":"$AAPL"}"#), "post: [$AAPL] scanned at 5"),
            (post(#"{}"#), "post: [] scanned at 5"),
            (post(#"{"text":7}"#), "post: [] scanned at 5"),
            // Languages: none, several, nonsense.
            (post(#"{"text":"","langs":[]}"#), "post: [] scanned at 5"),
            (post(#"{"text":"","langs":["en-GB","in",7,"?"]}"#), "post: en id [] scanned at 5"),
            // Self-labels.
            (
                post(
                    #"{"text":"","labels":{"$type":"com.atproto.label.defs#selfLabels","values":[{"val":"porn"}]}}"#
                ), "post: [] sensitive scanned at 5"
            ),
            (
                post(#"{"text":"","labels":{"values":[{"val":"x"},{"val":"sexual"}]}}"#),
                "post: [] sensitive scanned at 5"
            ),
            (
                post(#"{"text":"","labels":{"values":[{"val":"nudity"}]}}"#),
                "post: [] sensitive scanned at 5"
            ),
            (
                post(#"{"text":"","labels":{"values":[{"val":"graphic-media"}]}}"#),
                "post: [] sensitive scanned at 5"
            ),
            (
                post(#"{"text":"","labels":{"values":[{"val":"!no-unauthenticated"},7,{}]}}"#),
                "post: [] scanned at 5"
            ), (post(#"{"text":"","labels":[]}"#), "post: [] scanned at 5"),
            (post(#"{"text":" #x","tags":["a"]}"#, operation: "update"), "post: [a] edit at 5"),
        ])
    func posts(line: String, summary: String) {
        #expect(summaries(line, as: .jetstream) == [summary])
    }

    @Test(
        "tells posts from everything else",
        arguments: [
            (
                #"{"did":"did:plc:ann","time_us":5,"kind":"commit","commit":{"rev":"3l","operation":"delete","collection":"app.bsky.feed.post","rkey":"3k"}}"#,
                "delete at 5"
            ),
            (
                #"{"did":"did:plc:ann","kind":"commit","commit":{"rev":"3l","operation":"delete","collection":"app.bsky.feed.post","rkey":"3k"}}"#,
                "delete"
            ),
            // The members of an event come in any order, and more of them than we know.
            (
                #"{"cursor":1,"commit":{"rkey":"3k","collection":"app.bsky.feed.post","record":{"text":"","x":{}},"operation":"create","rev":"3l","x":[]},"time_us":5,"did":"d"}"#,
                "post: [] scanned at 5"
            ),
            // Other collections, records of any shape.
            (
                #"{"did":"d","time_us":5,"kind":"commit","commit":{"rev":"3l","operation":"create","collection":"app.bsky.feed.like","rkey":"3k","record":{"text":" #x"}}}"#,
                "notice"
            ),
            (
                #"{"did":"d","time_us":5,"kind":"commit","commit":{"rev":"3l","operation":"create","collection":"org.example.post","rkey":"did:plc:x::y","record":[]}}"#,
                "notice"
            ),
            (
                #"{"did":"d","time_us":5,"kind":"identity","identity":{"did":"d","seq":1,"time":"2026-11-22T00:00:00Z"}}"#,
                "notice"
            ),
            // Of an account's states, three take its posts out.
            (
                #"{"did":"d","time_us":5,"kind":"account","account":{"active":true,"did":"d"}}"#,
                "notice"
            ),
            (
                #"{"did":"d","time_us":5,"kind":"account","account":{"active":false,"status":"deleted"}}"#,
                "removal at 5"
            ),
            (
                #"{"did":"d","time_us":5,"kind":"account","account":{"active":false,"status":"takendown"}}"#,
                "removal at 5"
            ),
            (
                #"{"did":"d","time_us":5,"kind":"account","account":{"active":false,"status":"suspended"}}"#,
                "removal at 5"
            ),
            (
                #"{"did":"d","time_us":5,"kind":"account","account":{"active":false,"status":"deactivated"}}"#,
                "notice"
            ),
            (#"{"did":"d","time_us":5,"kind":"account","account":{"active":false}}"#, "notice"),
            (
                #"{"did":"d","time_us":5,"kind":"account","account":{"active":true,"status":"deleted"}}"#,
                "notice"
            ),
            (
                #"{"did":"d","kind":"account","account":{"active":false,"status":"deleted"}}"#,
                "notice"
            ),
            // Missing and mistyped members.
            (#"{}"#, "notice"), (#"[]"#, ""), ("7", "notice"), ("null", "notice"),
            (#""x""#, "notice"), ("x", "invalid"),
            (
                #"{"did":7,"commit":{"rev":"3l","operation":"delete","collection":"app.bsky.feed.post","rkey":"3k"}}"#,
                "notice"
            ),
            (#"{"did":"d","commit":7}"#, "notice"), (#"{"did":"d","commit":{}}"#, "notice"),
            (
                #"{"did":"d","commit":{"rev":"3l","operation":"create","collection":"app.bsky.feed.post","rkey":"3k"}}"#,
                "notice"
            ),
            (
                #"{"did":"d","commit":{"rev":"3l","operation":"create","collection":"app.bsky.feed.post","rkey":"3k","record":[]}}"#,
                "notice"
            ),
            (
                #"{"did":"d","commit":{"operation":"delete","collection":"app.bsky.feed.post","rkey":"3k"}}"#,
                "notice"
            ),
            (
                #"{"did":"d","commit":{"rev":"3l","operation":"resync","collection":"app.bsky.feed.post","rkey":"3k"}}"#,
                "notice"
            ),
            (#"{"did":"d","commit":{"rev":"3l","operation":"delete","rkey":"3k"}}"#, "notice"),
        ])
    func events(line: String, summary: String) {
        #expect(summaries(line, as: .jetstream) == (summary.isEmpty ? [] : [summary]))
    }

    @Test(
        "takes any number for a time that one can be",
        arguments: [
            ("0", "post: [] scanned at 0"),
            ("9223372036854775807", "post: [] scanned at 9223372036854775807"),
            ("9223372036854775808", "post: [] scanned"),
            ("18446744073709551615", "post: [] scanned"), ("-1", "post: [] scanned"),
            ("1.5", "post: [] scanned"),
            ("\"5\"", "post: [] scanned"), ("null", "post: [] scanned"),
            ("1e300", "post: [] scanned"),
        ])
    func times(number: String, summary: String) {
        let line = Self.post(#"{"text":""}"#).replacing(
            "\"time_us\":5", with: "\"time_us\":\(number)")
        #expect(summaries(line, as: .jetstream) == [summary])
    }

    @Test("knows a post by account and key")
    func identity() throws {
        let line = Self.post("{}")
        let posts = posts([
            line, line.replacing("\"3k\"", with: "\"3l\""), line.replacing("ann", with: "ben"),
            line.replacing("2x", with: "2y"),
        ])
        #expect(posts.map { $0.id == posts[0].id } == [true, false, false, true])
        #expect(posts.map { $0.author == posts[0].author } == [true, true, false, true])
        #expect(try #require(posts[0].revision) < #require(posts[3].revision))
    }

    private func posts(_ lines: [String]) -> [Post] {
        DecodeTests.events(lines.joined(separator: "\n"), as: .jetstream).compactMap(\.post)
    }
}
