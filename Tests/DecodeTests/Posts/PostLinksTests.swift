import Links
import Testing

@testable import Decode

/// The addresses that posts of each format give.
struct PostLinksTests {
    /// The addresses of the first post, with their titles in brackets.
    private static func links(
        _ text: String, as format: PostFormat, rules: LinkRules? = LinkRules()
    ) -> [String]? {
        var reader = EventReader(format: format, grammar: nil, identity: testIdentity, links: rules)
        var events: [StreamEvent] = []
        Array(text.utf8).withUnsafeBytes { reader.feed($0, to: &events) }
        reader.finish(to: &events)
        for case .post(let post) in events {
            return post.links.map { $0.title.isEmpty ? $0.address : "\($0.address) [\($0.title)]" }
        }
        return nil
    }

    private static func bluesky(_ record: String) -> String {
        #"{"did":"did:example:a","time_us":1,"kind":"commit","commit":{"rev":"1","operation":"create","#
            + #""collection":"app.bsky.feed.post","rkey":"1","record":{\#(record)}}}"# + "\n"
    }

    private static let tag =
        #"{"features":[{"$type":"app.bsky.richtext.facet#tag","tag":"a"}]}"#
    private static func link(_ address: String) -> String {
        #"{"features":[{"$type":"app.bsky.richtext.facet#link","uri":"\#(address)"}]}"#
    }

    @Test(
        "Bluesky: linked text and the page shown below, each once",
        arguments: [
            (
                #""facets":[\#(tag),\#(link("https://a.example/1")),\#(link("https://a.example/1?utm_source=x"))]"#,
                ["https://a.example/1"]
            ),
            (
                #""facets":[\#(tag),\#(link("https://a.example/1"))],"embed":{"$type":"app.bsky.embed.external","external":{"uri":"https://a.example/1","title":"One"}}"#,
                ["https://a.example/1 [One]"]
            ),
            (
                #""embed":{"$type":"app.bsky.embed.recordWithMedia","media":{"$type":"app.bsky.embed.external","external":{"uri":"https://a.example/2","title":"Two"}}},"text":" #a""#,
                ["https://a.example/2 [Two]"]
            ),
            (#""facets":[\#(link("https://a.example/1"))]"#, []),
            (
                #""facets":[\#(tag),\#(link("https://a.example/1"))],"labels":{"values":[{"val":"porn"}]}"#,
                []
            ),
            (
                #""facets":[\#(tag),\#(link("https://bsky.app/profile/a")),\#(link("https://bit.ly/a")),\#(link("javascript:a"))]"#,
                []
            ),
            (#""facets":[\#(tag)],"embed":{"external":{"uri":7,"title":[]}}"#, []),
        ] as [(String, [String])])
    func bluesky(record: String, links: [String]) {
        #expect(Self.links(Self.bluesky(record), as: .jetstream) == links)
    }

    private static func mastodon(_ content: String, _ more: String = "") -> String {
        #"{"id":"1","content":"\#(content)","tags":[{"name":"a"}],"account":{"id":"1"}\#(more)}"#
            + "\n"
    }

    @Test(
        "Mastodon: anchors but mentions and hashtags, and the card",
        arguments: [
            (
                #"<p><a href=\"https://a.example/1?b=1&amp;c=2\" rel=\"nofollow\">x</a></p>"#, "",
                ["https://a.example/1?b=1&c=2"]
            ),
            (
                #"<a href='https://b.example/tags/a' class='mention hashtag' rel='tag'>#a</a><a class=\"u-url mention\" href=\"https://b.example/c\">@c</a><A HREF=https://a.example/1>x</A>"#,
                "", ["https://a.example/1"]
            ),
            (
                #"<a href=\"https://a.example/1#top\">x</a>"#,
                #","card":{"url":"https://a.example/1","title":"One"}"#,
                ["https://a.example/1 [One]"]
            ),
            ("", #","card":{"url":"https://a.example/1","title":"One"},"sensitive":true"#, []),
            ("<a href=https://b.example/@c/123>x</a><abbr href=https://a.example/2><a", "", []),
            (
                #"<a / = \"x\" href=\"https://a.example/1\" href=\"https://a.example/2\">"#, "",
                ["https://a.example/1"]
            ),
        ] as [(String, String, [String])])
    func mastodon(content: String, more: String, links: [String]) {
        #expect(Self.links(Self.mastodon(content, more), as: .mastodon) == links)
    }

    @Test func `Mastodon: a bot gives none, and a repost those of what it passes on`() {
        let card = #","card":{"url":"https://a.example/1","title":""}"#
        let bot = Self.mastodon("", card).replacing(
            #""account":{"#, with: #""account":{"bot":true,"#)
        #expect(Self.links(bot, as: .mastodon) == [])
        let original = Self.mastodon("", card).dropLast()
        let repost = Self.mastodon("", #","reblog":\#(original)"#)
        #expect(Self.links(repost, as: .mastodon) == ["https://a.example/1"])
    }

    @Test(
        "X: where an address leads, of the long form where there is one",
        arguments: [
            (
                #"{"id_str":"1","text":"","entities":{"hashtags":[{"text":"a"}],"urls":[{"url":"https://t.co/x","expanded_url":"https://a.example/1","unwound":{"url":"https://a.example/2","title":"Two"}},{"expanded_url":"https://twitter.com/i/web/status/1"}]}}"#,
                PostFormat.v1, ["https://a.example/2 [Two]"]
            ),
            (
                #"{"id_str":"1","text":"","entities":{"urls":[{"expanded_url":"https://a.example/1"}]},"extended_tweet":{"full_text":"","entities":{"hashtags":[{"text":"a"}],"urls":[{"expanded_url":"https://a.example/2"}]}}}"#,
                .v1, ["https://a.example/2"]
            ),
            (
                #"{"data":{"id":"1","text":"","entities":{"hashtags":[{"tag":"a"}],"urls":[{"expanded_url":"https://bit.ly/x","unwound_url":"https://a.example/1","title":"One"},{"expanded_url":"https://a.example/2"}]}}}"#,
                .v2, ["https://a.example/1 [One]", "https://a.example/2"]
            ),
            (
                #"{"data":{"id":"1","text":"","possibly_sensitive":true,"entities":{"hashtags":[{"tag":"a"}],"urls":[{"expanded_url":"https://a.example/2"}]}}}"#,
                .v2, []
            ),
            (
                #"{"data":{"id":"1","text":"","note_tweet":{"text":"","entities":{"hashtags":[{"tag":"a"}],"urls":[{"expanded_url":"https://a.example/3"}]}}}}"#,
                .v2, ["https://a.example/3"]
            ),
        ] as [(String, PostFormat, [String])])
    func x(text: String, format: PostFormat, links: [String]) {
        #expect(Self.links(text + "\n", as: format) == links)
    }

    @Test func `posts tell no addresses that nobody asked for`() {
        let post = Self.mastodon("<a href=https://a.example/1>", "")
        #expect(Self.links(post, as: .mastodon, rules: nil) == [])
    }
}
