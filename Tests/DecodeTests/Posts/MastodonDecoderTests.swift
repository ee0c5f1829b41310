import Testing

@testable import Decode

@Suite("MastodonDecoder")
struct MastodonDecoderTests {
    private static let status =
        #"{"id":"1","created_at":"1970-01-01T00:00:05.000Z","language":"en","content":"<p>x</p>","account":{"id":"2","bot":false},"tags":[{"name":"tide","url":"https://x"}]}"#
    private static let escaped = status.replacing("\"", with: "\\\"")

    @Test(
        "reads statuses bare, in events and in envelopes",
        arguments: [
            (status, "post: en [tide] at 5000000"), ("[\(status)]", "post: en [tide] at 5000000"),
            ("event: update\ndata: \(status)\n\n", "post: en [tide] at 5000000"),
            ("data: \(status)\n\n", "post: en [tide] at 5000000"),
            ("event: status.update\ndata: \(status)\n\n", "post: en [tide] edit at 5000000"),
            (
                #"{"stream":["public"],"event":"update","payload":"\#(escaped)"}"#,
                "post: en [tide] at 5000000"
            ),
            (
                #"{"stream":["public"],"event":"status.update","payload":"\#(escaped)"}"#,
                "post: en [tide] edit at 5000000"
            ),
            (
                #"{"event":"update","payload":\#(status),"queued_at":1}"#,
                "post: en [tide] at 5000000"
            ),
            ("event: delete\ndata: 12345\n\n", "delete"),
            (#"{"stream":["public"],"event":"delete","payload":"12345"}"#, "delete"),
            // Ids of kindred servers are no numbers.
            ("event: delete\ndata: 01HQ5ZK6\n\n", "delete"),
            ("event: delete\ndata: \"9x\"\n\n", "delete"),
            ("event: delete\ndata: AbCdEf0123\n\n", "delete"),
            ("event: delete\ndata: {}\n\n", "notice"),
            (#"{"event":"delete","payload":""}"#, "notice"),
            // Events whose data are no JSON, or absent.
            ("event: filters_changed\ndata: undefined\n\n", "notice"),
            (#"{"stream":["user"],"event":"filters_changed"}"#, "notice"),
            ("event: notification\ndata: {\"id\":\"1\",\"content\":\"\"}\n\n", "notice"),
            (#"{"stream":["user"],"event":"announcement","payload":"{}"}"#, "notice"),
            ("event: update\ndata: undefined\n\n", "invalid"),
            (#"{"event":"update","payload":"{"}"#, "invalid"),
            (#"{"event":"update","payload":7}"#, "notice"),
            (#"{"error":"Missing access token","status":401}"#, "notice"),
            (#"{"id":"1"}"#, "notice"), (#"{"content":"x"}"#, "notice"),
            (#"{"id":"","content":"x"}"#, "notice"), ("7", "notice"), ("{", "invalid"),
        ])
    func framings(text: String, summary: String) {
        #expect(summaries(text, as: .mastodon) == [summary])
    }

    @Test(
        "reads what counting needs of a status",
        arguments: [
            (#"{"id":1,"content":"","tags":[],"account":{"id":7}}"#, "post: []"),
            (#"{"id":"1","content":"","tags":[],"account":{"id":"7","bot":true}}"#, "post: [] bot"),
            (
                #"{"id":"1","content":"","tags":[],"sensitive":true}"#,
                "post: [] sensitive anonymous"
            ), (#"{"id":"1","content":"","tags":[],"language":null}"#, "post: [] anonymous"),
            (
                #"{"id":"1","content":"","tags":[{"name":"MUSICTUESDAY"},7,{},{"name":7}],"visibility":"group","x":{}}"#,
                "post: [MUSICTUESDAY] anonymous"
            ),
            // Without `tags` the text of the content is looked into.
            (
                ##"{"id":"1","content":"<p><a href=\"https://x/tags/a\">#<span>a</span></a> x#b</p><p>#c&amp;</p>"}"##,
                "post: [a, c] scanned anonymous"
            ),
            (##"{"id":"1","content":" #a","tags":null}"##, "post: [a] scanned anonymous"),
            (##"{"id":"1","content":" #a","tags":[]}"##, "post: [] anonymous"),
            // A boost carries its tags inside.
            (
                #"{"id":"1","content":"","tags":[],"language":null,"account":{"id":"2"},"reblog":{"id":"9","content":"","language":"de","sensitive":true,"tags":[{"name":"inner"}],"account":{"id":"3","bot":true}}}"#,
                "post: de [inner] repost sensitive"
            ),
            (
                #"{"id":"1","content":"","sensitive":true,"tags":[],"reblog":{"id":"9","tags":[]}}"#,
                "post: [] repost sensitive anonymous"
            ),
            (#"{"id":"1","content":"","tags":[],"reblog":null}"#, "post: [] anonymous"),
            (
                #"{"id":"1","content":"","tags":[],"created_at":"yesterday","account":null}"#,
                "post: [] anonymous"
            ),
        ])
    func statuses(line: String, summary: String) throws {
        #expect(summaries(line, as: .mastodon) == [summary])
    }
}
