import Testing

@testable import Decode

@Suite("V1Decoder")
struct V1DecoderTests {
    /// A tweet with these members besides its id, author and time.
    private static func tweet(_ members: String) -> String {
        #"{"created_at":"Thu Jan 01 00:00:05 +0000 1970","id":1,"id_str":"1","user":{"id":2,"id_str":"2"},\#(members)}"#
    }

    @Test(
        "reads tweets",
        arguments: [
            (
                tweet(
                    #""text":"x","lang":"en","entities":{"hashtags":[{"text":"Tide","indices":[0,5]},{"text":"kelp"}]}"#
                ), "post: en [Tide, kelp] at 5000000"
            ),
            // An `entities` without hashtags is a post without tags; without `entities` the text is looked into.
            (tweet(##""text":" #x","entities":{}"##), "post: [] at 5000000"),
            (tweet(##""text":" #x","entities":{"hashtags":null}"##), "post: [] at 5000000"),
            (tweet(##""text":" #x &amp; #y""##), "post: [x, y] scanned at 5000000"),
            (tweet(##""text":" #x","entities":null"##), "post: [x] scanned at 5000000"),
            // Text comes escaped.
            (tweet(##""text":"&amp;#x #y &lt;#z""##), "post: [y, z] scanned at 5000000"),
            (tweet(##""full_text":"a.com/?b&amp;#x #y""##), "post: [y] scanned at 5000000"),
            (
                tweet(#""text":"","entities":{"hashtags":[7,{},{"text":7},{"text":"a"}]}"#),
                "post: [a] at 5000000"
            ),
            // The long form decides, also where it says there is nothing.
            (
                tweet(
                    ##""text":" #x…","entities":{"hashtags":[{"text":"x"}]},"extended_tweet":{"full_text":"","entities":{"hashtags":[{"text":"x"},{"text":"y"}]}}"##
                ), "post: [x, y] at 5000000"
            ),
            (
                tweet(
                    ##""text":" #x…","entities":{"hashtags":[{"text":"x"}]},"extended_tweet":{"full_text":" #long","entities":{}}"##
                ), "post: [] at 5000000"
            ),
            (
                tweet(
                    ##""text":" #x…","entities":{"hashtags":[{"text":"x"}]},"extended_tweet":{"full_text":" #long"}"##
                ), "post: [long] scanned at 5000000"
            ),
            (
                tweet(
                    ##""text":" #x","entities":{"hashtags":[{"text":"x"}]},"extended_tweet":null"##),
                "post: [x] at 5000000"
            ),
            (tweet(##""full_text":" #long""##), "post: [long] scanned at 5000000"),
            // A tag cut out of the text is still in the entities, with indices that slice to the ellipsis.
            (
                tweet(
                    ##""text":"…","entities":{"hashtags":[{"text":"gone","indices":[139,140]},{"text":"b","indices":[-1,99999999999]}]}"##
                ), "post: [gone, b] at 5000000"
            ),
            // A retweet's tags and language are the original's; sensitive if either is.
            (
                tweet(
                    ##""text":"RT #x…","lang":"und","entities":{"hashtags":[{"text":"x"}]},"retweeted_status":{"id_str":"9","text":" #x #y","lang":"en","entities":{"hashtags":[{"text":"x"},{"text":"y"}]}}"##
                ),
                "post: en [x, y] repost at 5000000"
            ),
            (
                tweet(#""text":"RT","retweeted_status":{"text":" #o","possibly_sensitive":true}"#),
                "post: [o] repost sensitive scanned at 5000000"
            ),
            (
                tweet(
                    #""text":"RT","possibly_sensitive":true,"retweeted_status":{"text":"","entities":{}}"#
                ), "post: [] repost sensitive at 5000000"
            ),
            (
                tweet(
                    #""text":"RT","retweeted_status":{"text":"","extended_tweet":{"entities":{"hashtags":[{"text":"long"}]}}}"#
                ), "post: [long] repost at 5000000"
            ),
            (tweet(##""text":" #x","retweeted_status":null"##), "post: [x] scanned at 5000000"),
            // A quoted tweet's tags are its own.
            (
                tweet(
                    #""text":"","entities":{"hashtags":[]},"quoted_status":{"text":"","entities":{"hashtags":[{"text":"q"}]}}"#
                ), "post: [] at 5000000"
            ),
            (tweet(#""text":"","possibly_sensitive":false,"entities":{}"#), "post: [] at 5000000"),
            // What 2011 and the documentation hold.
            (
                tweet(
                    #""text":"","retweet_count":"100+","activities":{},"scopes":{"followers":true},"withheld_in_countries":["XX"],"entities":{}"#
                ), "post: [] at 5000000"
            ),
            (tweet(#""text":"","lang":"in","entities":{}"#), "post: id [] at 5000000"),
            (tweet(#""text":"","lang":7,"entities":{}"#), "post: [] at 5000000"),
            // Times: the milliseconds, else the date, else the id.
            (tweet(#""text":"","entities":{},"timestamp_ms":"7001""#), "post: [] at 7001000"),
            (tweet(#""text":"","entities":{},"timestamp_ms":"x""#), "post: [] at 5000000"),
            (tweet(#""text":"","entities":{},"timestamp_ms":7001"#), "post: [] at 5000000"),
            (
                #"{"id_str":"1050118621198921728","text":"","entities":{}}"#,
                "post: [] anonymous at 1539202764211000"
            ),
            (
                #"{"id":1050118621198921728,"text":"","entities":{},"created_at":"nonsense"}"#,
                "post: [] anonymous at 1539202764211000"
            ),
            // Authors.
            (#"{"id":1,"text":"","entities":{},"user":{"id":7}}"#, "post: []"),
            (#"{"id":1,"text":"","entities":{},"user":{}}"#, "post: [] anonymous"),
            (#"{"id":1,"text":"","entities":{},"user":null}"#, "post: [] anonymous"),
            (#"{"id":1,"text":"","entities":{},"user":"x"}"#, "post: [] anonymous"),
        ])
    func tweets(line: String, summary: String) {
        #expect(summaries(line, as: .v1) == [summary])
    }

    @Test(
        "has no time for a tweet whose milliseconds overflow",
        arguments: ["9223372036854775807", "9223372036854776", "18446744073709551615"])
    func overflow(milliseconds: String) {
        #expect(
            summaries(
                #"{"id":1,"text":"","entities":{},"timestamp_ms":"\#(milliseconds)"}"#, as: .v1)
                == ["post: [] anonymous"])
        #expect(
            summaries(
                #"{"delete":{"status":{"id_str":"1"},"timestamp_ms":"\#(milliseconds)"}}"#, as: .v1)
                == ["delete"])
    }

    @Test(
        "tells tweets from notices",
        arguments: [
            (
                #"{"delete":{"status":{"id":1,"id_str":"1","user_id":2},"timestamp_ms":"7001"}}"#,
                "delete at 7001000"
            ), (#"{"delete":{"status":{"id":1}}}"#, "delete"),
            (#"{"delete":{}}"#, "notice"), (#"{"delete":7}"#, "notice"),
            (#"{"delete":{"status":{"id":"" }}}"#, "notice"),
            (#"{"limit":{"track":5}}"#, "notice"),
            (#"{"disconnect":{"code":4,"reason":"x"}}"#, "notice"),
            (#"{"status_withheld":{"id":1,"text":"x"}}"#, "notice"),
            (#"{"user_withheld":{"id":1}}"#, "notice"), (#"{"scrub_geo":{"user_id":1}}"#, "notice"),
            (#"{"warning":{}}"#, "notice"), (#"{"friends":[1,2]}"#, "notice"),
            (#"{"id":1}"#, "notice"), (#"{"text":"x"}"#, "notice"),
            (#"{"id":null,"text":"x"}"#, "notice"), (#"{"id":-1,"text":"x"}"#, "notice"),
            (#"{"id":1,"text":7}"#, "notice"),
            ("7", "notice"), (#"{"id":1,"text":"x"#, "invalid"),
            (#"{"id":1,"text":"x"}t_end{"id":2,"text":"y"}t_end"#, "invalid"), ("t_end", "invalid"),
        ])
    func notices(line: String, summary: String) {
        #expect(summaries(line, as: .v1) == [summary])
    }

    @Test("takes the string for the id, as the number may be rounded")
    func ids() {
        let lines = [
            #"{"id":601430178305220600,"id_str":"601430178305220608","text":"","entities":{}}"#,
            #"{"id":601430178305220608,"text":"","entities":{}}"#,
            #"{"id_str":"601430178305220600","text":"","entities":{}}"#,
        ]
        let ids = events(lines.joined(separator: "\r\n"), as: .v1).compactMap { $0.post?.id }
        #expect(ids.map { $0 == ids[0] } == [true, true, false])
    }

    @Test(
        "survives ids of any size",
        arguments: [
            "18446744073709551616", "99999999999999999999999", String(repeating: "9", count: 5000),
        ])
    func hugeIDs(id: String) {
        #expect(
            summaries(#"{"id_str":"\#(id)","text":"","entities":{}}"#, as: .v1) == [
                "post: [] anonymous"
            ])
        #expect(
            summaries(#"{"id":\#(id),"id_str":"1","text":"","entities":{}}"#, as: .v1) == [
                "post: [] anonymous"
            ])
    }
}
