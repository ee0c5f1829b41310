import Support
import Testing

@testable import Decode

/// The shapes in which people keep posts.
@Suite("Shapes of recordings")
struct ShapesTests {
    static let v2 =
        ##"{"id":"1501","text":"x #Tidepools","author_id":"11","entities":{"hashtags":[{"tag":"Tidepools"}]}}"##
    static let v1 = ##"{"id_str":"7","text":"#tide","user":{"id_str":"2"}}"##
    static let found = "post: [Tidepools] at 1288834974657000"

    @Test(
        "reads posts of version 2 without an envelope, bare, mixed and in arrays",
        arguments: [
            v2 + "\n", "[\(v2)]", "{\"data\":\(v2)}", "{\"data\":[\(v2)],\"includes\":{}}",
        ])
    func bare(text: String) {
        #expect(events(text, as: .v2).compactMap(\.post).map(\.tags) == [["Tidepools"]])
        let mixed = text + "\n{\"data\":\(Self.v2)}\n" + Self.v2
        #expect(events(mixed, as: .v2).compactMap(\.post).count == 3)
    }

    @Test(
        "finds objects wherever they end",
        arguments: [
            "A\nA\n", "AA", "A A\n", "A\rA\r", "A,\nA,\n", "[A,A]", "[\nA\n,\nA]\n", "A\n\nA",
            "window.YTD.tweets.part0 = [A,\nA]\n", "window.YTD.tweet.part1 = [ A, A ];",
            "var tweets =\n[A,A];\n", "[A]\n[A]", "AA\ngarbage\n", "{\"statuses\":[A,A]}",
            "{\"tweet\":A}\n{\"tweet\":A}", "[{\"tweet\":A},{\"tweet\":A}]", "B\nB\n", "BB",
            "B,\nB",
            "[B,B]", "{\n\"tweet\":B}B", "A\n{\"id\":\nA\n", "{\"cut\":\"off\nAA", "{\n{\nA\nA\n",
            "A\n,A\n", "AA{\"id\":7,\"te", "A{\"id\":7,\"te\nA", "[A,A,]", "[\nA,\nA,\n]\n",
            "[A][A]", "[A]A",
            "\u{1E}A\n\u{1E}A\n", "\u{1E}B\n\u{1E}B\n", "\u{0}\u{0}A\u{0}\nA\u{0}", "A;A;",
            "[B]\r\n[\r\nB\r\n]",
            "\u{FEFF}A\n\u{FEFF}B", "\u{FEFF}window.YTD.tweets.part0 = [\nB,\nB\n]", "B,\nB,\n",
            "Grailbird.data.tweets_2012_11 = \n [ B, B ]", "\u{FEFF}[\r\nA\r\n,\r\nA\r\n]\r\n",
            "\n\n \r\nA\n\n\nA",
            "{\"tweet\":A}{\"tweet\":A}", "{\n\"statuses\":[\nB,\nB\n]\n}", "A\n[garbage\nA",
            "A\nx\nA",
        ])
    func wherever(shape: String) {
        let pretty = Self.v1.split(separator: ",").joined(separator: ",\n  ")
            .replacing("{", with: "{\n").replacing("}", with: "\n}")
        let text = shape.replacing("A", with: Self.v1).replacing("B", with: pretty)
        let whole = events(text, as: .v1)
        #expect(whole.compactMap(\.post).map(\.tags) == [["tide"], ["tide"]], "\(text)")
        for cut in 0..<text.utf8.count {
            var sink = Tags()
            var reader = EventReader(format: .v1, grammar: nil, identity: testIdentity)
            for piece in [bytes(text)[..<cut], bytes(text)[cut...]] {
                piece.withUnsafeBytes { reader.feed($0, to: &sink) }
            }
            reader.finish(to: &sink)
            #expect(sink.tags.count == 2, "cut before byte \(cut)")
        }
    }

    @Test("takes a line of objects and anything else for one damaged line")
    func damaged() {
        let line = "\(Self.v1)t_end\(Self.v1)t_end\n"
        #expect(summaries(line, as: .v1) == ["invalid"])
        #expect(summaries("\(Self.v1)}\n\(Self.v1)", as: .v1).count { $0 == "invalid" } == 1)
        #expect(summaries("\(Self.v1){\"id\":7\n", as: .v1).last == "invalid")
    }

    @Test("finds objects in a line of more than a record may have")
    func endlessLine() {
        let count = RecordFramer.longestRecord / Self.v1.utf8.count + 100
        let text = String(repeating: Self.v1, count: count)
        #expect(events(text, as: .v1).compactMap(\.post).count == count)
        #expect(events(text + "\n" + Self.v1, as: .v1).compactMap(\.post).count == count + 1)
        let long = "{\"a\":\"" + String(repeating: "x", count: RecordFramer.longestRecord) + "\"}"
        #expect(summaries("\(long)\n\(Self.v1)", as: .v1) == ["invalid", "post: [tide] scanned"])
    }

    private struct Tags: EventSink {
        var tags: [[String]] = []
        mutating func record(_ event: StreamEvent) {
            if let post = event.post { tags.append(post.tags) }
        }
    }

    @Test(
        "reads MongoDB's exports",
        arguments: [
            (
                ##"{"_id":{"$oid":"5f"},"id":{"$numberLong":"7"},"text":"#a","created_at":{"$date":"2026-11-22T18:00:00Z"},"user":{"id":{"$numberInt":"2"}}}"##,
                PostFormat.v1
            ),
            (
                ##"{"id":{"$numberLong":"7"},"text":"#a","created_at":{"$date":{"$numberLong":"1795370400000"}},"author_id":{"$numberLong":"2"}}"##,
                .v2
            ),
            (
                ##"{"id":{"$numberLong":"7"},"content":"#a","created_at":{"$date":1795370400000},"account":{"id":{"$oid":"2"}}}"##,
                .mastodon
            ),
            (
                ##"{"id":{"$numberLong":"7"},"text":"#a","timestamp_ms":{"$numberLong":"1795370400000"}}"##,
                .v1
            ),
            (
                ##"{"id":"7","text":"#a","created_at":{"$date":"2026-11-22T13:00:00.000-0500"}}"##,
                .v2
            ),
            (
                ##"{"did":"d","time_us":{"$numberLong":"1795370400000000"},"commit":{"rev":"3l","operation":"create","collection":"app.bsky.feed.post","rkey":"k","record":{"text":"#a"}}}"##,
                .jetstream
            ),
        ])
    func mongo(text: String, format: PostFormat) {
        let found = events(text, as: format).compactMap(\.post)
        #expect(found.map(\.tags) == [["a"]])
        #expect(found.map(\.time) == [1_795_370_400_000_000])
        #expect(summaries(text + "\n", as: format) == summaries(text, as: format))
    }

    @Test("takes no string for a number that stands bare, and no other way round")
    func kinds() {
        let post = Self.v1.replacing("{\"id", with: "{\"timestamp_ms\":1795370400000,\"id")
        #expect(events(post, as: .v1).compactMap(\.post).map(\.time) == [nil])
        let event =
            ##"{"did":"d","time_us":"5","commit":{"rev":"3l","operation":"create","collection":"app.bsky.feed.post","rkey":"k","record":{"text":"#a"}}}"##
        #expect(events(event, as: .jetstream).compactMap(\.post).map(\.time) == [nil])
    }

    @Test(
        "reads the long texts of one's own archive",
        arguments: [
            #"{"text":"x #a"}"#, #"{"text":"x","hashtags":[{"text":"a"}]}"#,
            #"{"text":null,"hashtags":[{"text":"a","indices":["0","2"]}]}"#,
        ])
    func longTexts(core: String) {
        let text =
            "window.YTD.note_tweet.part0 = [\n  {\n    \"noteTweet\" : {\"noteTweetId\":\"7\",\"createdAt\":\"2026-11-22T18:00:00.000Z\",\"core\":\(core)} } ]"
        let posts = events(text, as: .v1).compactMap(\.post)
        #expect(posts.map(\.tags) == [["a"]])
        #expect(posts.map(\.time) == [1_795_370_400_000_000])
    }

    @Test("finds the original of a repost in the reference itself, where that holds it")
    func flattened() {
        let text =
            ##"{"id":"7","text":"RT #b","referenced_tweets":[{"type":"retweeted","id":"6","text":"","entities":{"hashtags":[{"tag":"a"}]}}]}"##
        #expect(events(text, as: .v2).compactMap(\.post).map(\.tags) == [["a"]])
    }

    @Test(
        "counts a post with what it has",
        arguments: [
            (
                ##"{"id":"7","content":null,"tags":[{"name":"a"}],"account":null}"##,
                PostFormat.mastodon
            ),
            (##"{"id":"7","content":"#a","tags":null,"account":null,"reblog":null}"##, .mastodon),
            (##"{"id":7,"text":null,"user":null,"entities":{"hashtags":[{"text":"a"}]}}"##, .v1),
            (
                ##"{"id":7,"text":"#a","full_text":null,"entities":null,"extended_tweet":null}"##,
                .v1
            ),
            (##"{"id":7,"text":"#a","extended_tweet":{"full_text":null,"entities":null}}"##, .v1),
            (
                ##"{"id":"7","text":null,"author_id":null,"entities":{"hashtags":[{"tag":"a"}]}}"##,
                .v2
            ),
            (##"{"id":"7","text":"#a","note_tweet":{"text":null},"referenced_tweets":null}"##, .v2),
        ])
    func nulls(text: String, format: PostFormat) {
        let posts = events(text, as: format).compactMap(\.post)
        #expect(posts.map(\.tags) == [["a"]])
        #expect(posts.allSatisfy { $0.author == nil })
    }

    @Test(
        "reads server-sent events by their standard",
        arguments: [
            "event: update\rdata: S\r\r", "event: update\r\ndata: S\r\n\r\n",
            "\u{FEFF}event:update\ndata:S\n\n", ": hi\nfoo: 1\nevent: update\ndata: S\nbar\n\n",
            "foo: 1\nevent: update\ndata: S\n\n",
            "id: 1\nretry: 5\ndata\nevent: update\ndata: S\n\n",
        ])
    func serverSent(text: String) {
        let status = ##"{"id":"7","content":"#a","account":{"id":"1"}}"##
        #expect(
            summaries(text.replacing("S", with: status), as: .mastodon) == ["post: [a] scanned"])
    }

    @Test("replaces what is not UTF-8 in the data of an event")
    func notUTF8() {
        let text = bytes(##"data: {"id":"7","content":"#a"##) + [0xFF] + bytes("\"}\n\n")
        #expect(events(text, as: .mastodon).compactMap(\.post).map(\.tags) == [["a"]])
    }

    @Test("takes fields for no fields where no event stream follows")
    func noEvents() {
        #expect(summaries("message: limit\nerror: limit\n", as: .v1) == ["invalid", "invalid"])
    }

    @Test("takes time in proportion to what it does not find an end of")
    func endless() {
        for unit in ["{\"a\":\n", "{\n", "{\"a\":[\n", "{}{", "x = ", "foo: 1\n", "{\"a\":1,\n"] {
            let text = String(repeating: unit, count: 300_000 / unit.utf8.count)
            let took = processorTime { _ = events(text, as: .v1) }
            #expect(took < .seconds(20), "\(unit)")
        }
    }
}
