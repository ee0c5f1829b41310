import Testing

@testable import Decode

@Suite("V2Decoder")
struct V2DecoderTests {
    @Test(
        "reads posts",
        arguments: [
            (
                #"{"data":{"id":"1","text":"x","author_id":"2","lang":"en","created_at":"1970-01-01T00:00:05.000Z","entities":{"hashtags":[{"start":0,"end":5,"tag":"Tide"}]}},"matching_rules":[{"id":7,"tag":null}]}"#,
                "post: en [Tide] at 5000000"
            ),
            (##"{"data":{"id":"1","text":" #x"}}"##, "post: [x] scanned anonymous"),
            (##"{"data":{"id":"1","text":" #x","entities":{}}}"##, "post: [] anonymous"),
            (
                ##"{"data":{"id":"1","text":" #x","entities":{"urls":[]}},"__twarc":{}}"##,
                "post: [] anonymous"
            ),
            // The long form decides.
            (
                ##"{"data":{"id":"1","text":" #x…","entities":{"hashtags":[{"tag":"x"}]},"note_tweet":{"text":" #x #y","entities":{"hashtags":[{"tag":"x"},{"tag":"y"}]}}}}"##,
                "post: [x, y] anonymous"
            ),
            (
                ##"{"data":{"id":"1","text":" #x…","entities":{"hashtags":[{"tag":"x"}]},"note_tweet":{"text":" #long"}}}"##,
                "post: [long] scanned anonymous"
            ),
            (
                #"{"data":{"id":"1","text":"","possibly_sensitive":true,"entities":{}}}"#,
                "post: [] sensitive anonymous"
            ),
            // A repost takes tags and language from the original, if that was delivered.
            (
                #"{"data":{"id":"1","text":"RT","lang":"und","entities":{"hashtags":[{"tag":"cut"}]},"referenced_tweets":[{"type":"retweeted","id":"9"}]},"includes":{"tweets":[{"id":"8"},{"id":"9","lang":"en","possibly_sensitive":true,"entities":{"hashtags":[{"tag":"cut"},{"tag":"whole"}]}}]}}"#,
                "post: en [cut, whole] repost sensitive anonymous"
            ),
            (
                #"{"data":{"id":"1","text":"RT","lang":"en","entities":{"hashtags":[{"tag":"own"}]},"referenced_tweets":[{"type":"retweeted","id":"9"}]},"includes":{"users":[]}}"#,
                "post: en [own] repost anonymous"
            ),
            (
                #"{"data":{"id":"1","text":"","entities":{},"referenced_tweets":[{"type":"quoted","id":"9"},{"type":"replied_to","id":"8"}]}}"#,
                "post: [] anonymous"
            ),
            (
                #"{"data":{"id":"1","text":"","entities":{},"referenced_tweets":[7,{},{"type":7}]}}"#,
                "post: [] anonymous"
            ),
            // A later version has a new id; both list both.
            (
                #"{"data":{"id":"1","text":"","entities":{},"edit_history_tweet_ids":["1"]}}"#,
                "post: [] anonymous"
            ),
            (
                #"{"data":{"id":"2","text":"","entities":{},"edit_history_tweet_ids":["1","2"]}}"#,
                "post: [] edit anonymous"
            ),
            (
                #"{"data":{"id":"2","text":"","entities":{},"edit_history_tweet_ids":[]}}"#,
                "post: [] anonymous"
            ),
            (
                #"{"data":{"id":"2","text":"","entities":{},"edit_history_tweet_ids":[null]}}"#,
                "post: [] anonymous"
            ),
            (
                #"{"data":{"id":"1","text":"","entities":{},"withheld":{"country_codes":["XX"]}}}"#,
                "post: [] anonymous"
            ),
            (
                #"{"data":{"id":"1050118621198921728","text":"","entities":{}}}"#,
                "post: [] anonymous at 1539202764211000"
            ),
            // Notices.
            (#"{"errors":[{"title":"operational-disconnect"}]}"#, "notice"),
            (#"{"title":"ConnectionException","detail":"x","type":"about:blank"}"#, "notice"),
            (#"{"data":null,"errors":[]}"#, "notice"), (#"{"data":{"id":"1"}}"#, "notice"),
            (#"{"data":{"text":"x"}}"#, "notice"), (#"{"data":7}"#, "notice"), ("7", "notice"),
            (#"{"data":{"id":"1","text":"x""#, "invalid"),
        ])
    func lines(line: String, summary: String) {
        #expect(summaries(line, as: .v2) == [summary])
    }

    @Test("reads a page of a search as its posts, and keep-alives as nothing")
    func pages() {
        let text =
            "\r\n"
            + #"{"data":[{"id":"1","text":" #a"},{"id":"2","text":" #b"},7],"meta":{"result_count":2}}"#
            + "\r\n\r\n" + #"{"data":[]}"# + "\r\n"
        #expect(
            summaries(text, as: .v2) == [
                "post: [a] scanned anonymous", "post: [b] scanned anonymous", "notice",
            ])
    }

    @Test("knows an edit for the post it edits")
    func edits() {
        let lines = [
            #"{"data":{"id":"1","text":"","edit_history_tweet_ids":["1"]}}"#,
            #"{"data":{"id":"2","text":"","edit_history_tweet_ids":["1","2"]}}"#,
            #"{"data":{"id":"2","text":""}}"#,
        ]
        let ids = events(lines.joined(separator: "\n"), as: .v2).compactMap { $0.post?.id }
        #expect(ids.map { $0 == ids[0] } == [true, true, false])
    }
}
