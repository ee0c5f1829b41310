import Testing

@testable import Links

@Suite("LinkAddress")
struct LinkAddressTests {
    @Test(
        "writes the same page the same way",
        arguments: [
            ("https://example.com/a", "https://example.com/a"),
            ("  HTTPS://Example.COM/A?b=C \n", "https://example.com/A?b=C"),
            ("https://example.com", "https://example.com"),
            ("https://example.com./", "https://example.com/"),
            ("https://example.com:443/a", "https://example.com/a"),
            ("https://example.com:/a", "https://example.com/a"),
            ("https://example.com/a#b?c", "https://example.com/a"),
            ("https://example.com?", "https://example.com"),
            (
                "https://example.com/?utm_source=a&b=1&UTM_Term=x&a=2",
                "https://example.com/?b=1&a=2"
            ),
            (
                "https://example.com/?fbclid=1&gclid=2&igshid=3&mc_cid=4&mc_eid=5&ref_src=6&si=7",
                "https://example.com/"
            ),
            ("https://example.com/?sid=1&si&xsi=2", "https://example.com/?sid=1&xsi=2"),
            ("https://example.com/?a=1&&b", "https://example.com/?a=1&&b"),
            (
                "https://bücher.example/ü?ü=✓",
                "https://xn--bcher-kva.example/%C3%BC?%C3%BC=%E2%9C%93"
            ),
            ("https://XN--BCHER-KVA.example/", "https://xn--bcher-kva.example/"),
            ("https://中国。中國/", "https://xn--fiqs8s.xn--fiqz9s/"),
            // Cyrillic letters that look like `apple`.
            ("https://\u{430}\u{440}\u{440}\u{4CF}\u{435}.com/", "https://xn--80ak6aa92e.com/"),
            ("https://example.com/\u{202E}gpj.exe", "https://example.com/%E2%80%AEgpj.exe"),
            (
                "https://example.com/</script>'\"`{|}^>",
                "https://example.com/%3C/script%3E'%22%60%7B%7C%7D%5E%3E"
            ),
            ("https://example.com/a%20b%zz", "https://example.com/a%20b%zz"),
            ("https://a_b.example/", "https://a_b.example/"),
        ])
    func written(delivered: String, text: String) {
        #expect(LinkAddress(delivered)?.text == text)
    }

    @Test(
        "is none that could be several, or hides where it leads",
        arguments: [
            "", "https://", "https:///a", "http://example.com/", "ftp://example.com/",
            "example.com",
            "javascript:alert(1)", "data:text/html,<script>", "https:example.com/",
            "//example.com/",
            "https://user@example.com/", "https://user:pass@example.com/", "https://@example.com/",
            "https://good.example\\@evil.example/", "https://example.com\\a",
            "https://exa mple.com/",
            "https://example.com/a b", "https://example.com/a\nb", "https://example.com/\u{0}a",
            "https://example.com:8443/", "https://example.com:443x/", "https://example.com:0443/",
            "https://127.0.0.1/", "https://2130706433/", "https://0x7f.1/", "https://1.2.3.0x4/",
            "https://[::1]/", "https://１２７.0.0.1/", "https://localhost/", "https://exa%6Dple.com/",
            "https://a..b.com/", "https://.example.com/",
            "https://example.com\u{FF0F}a.evil.example/",
            "https://exam\u{2100}ple.com/",
            "https://" + String(repeating: "a", count: 64) + ".com/",
            "https://example.com/" + String(repeating: "a", count: 2100),
            "https://example.com/" + String(repeating: "ü", count: 600),
        ])
    func refused(delivered: String) {
        #expect(LinkAddress(delivered)?.text == nil)
    }

    @Test func `takes no long time over ten thousand letters`() {
        #expect(LinkAddress("https://" + String(repeating: "ü", count: 10_000)) == nil)
        #expect(LinkAddress("https://xn--" + String(repeating: "a", count: 2_000) + ".com/") == nil)
    }
}

@Suite("LinkRules")
struct LinkRulesTests {
    @Test(
        "lets no address count that only passes on, and none of the network itself",
        arguments: [
            ("https://example.com/a", [Network.bluesky, .mastodon, .x]),
            ("https://bit.ly/a", []), ("https://www.bit.ly/a", []),
            ("https://notbit.ly/a", [.bluesky, .mastodon, .x]),
            ("https://t.co/a", []), ("https://eur01.safelinks.protection.outlook.com/?url=x", []),
            ("https://www.google.com/url?q=x", []),
            ("https://www.google.com/maps", [.bluesky, .mastodon, .x]),
            ("https://www.youtube.com/redirect?q=x", []),
            ("https://youtu.be/a", [.bluesky, .mastodon, .x]),
            ("https://bsky.app/profile/a.example/post/b", [.mastodon, .x]),
            ("https://go.bsky.app/a", [.mastodon, .x]),
            ("https://bsky.social/about", [.bluesky, .mastodon, .x]),
            ("https://x.com/a/status/1", [.bluesky, .mastodon]),
            ("https://mobile.twitter.com/a", [.bluesky, .mastodon]),
            ("https://help.x.com/a", [.bluesky, .mastodon, .x]),
            ("https://a.example/@b", [.bluesky, .x]),
            ("https://a.example/@b@c.example/112", [.bluesky, .x]),
            ("https://a.example/@b/title-of-a-page", [.bluesky, .mastodon, .x]),
            ("https://www.youtube.com/@b", [.bluesky, .mastodon, .x]),
            ("https://a.example/users/b", [.bluesky, .x]),
            ("https://a.example/users/b/statuses/1", [.bluesky, .x]),
            ("https://a.example/users", [.bluesky, .mastodon, .x]),
            ("https://a.example/notes/9abcdefghi", [.bluesky, .x]),
            ("https://blocked.example/a", []), ("https://www.blocked.example/a", []),
            ("https://xn--bcher-kva.example/a", []),
        ])
    func allowed(delivered: String, networks: [Network]) throws {
        let rules = try #require(LinkRules(blockHosts: ["Blocked.example", "bücher.example"]))
        let address = try #require(LinkAddress(delivered))
        #expect([.bluesky, .mastodon, .x].filter { rules.allow(address, on: $0) } == networks)
    }

    @Test func `takes no host that is none`() {
        #expect(LinkRules(blockHosts: ["https://a.example"]) == nil)
        #expect(LinkRules(blockHosts: [""]) == nil)
    }
}

@Suite("PostLink")
struct PostLinkTests {
    @Test(
        "has a title of one line that cannot turn what stands around it",
        arguments: [
            ("Plain", "Plain"), ("  a \u{A0} b\t\n", "a \u{A0} b"), ("a\r\nb", "a  b"),
            ("\u{202E}gnp\u{202C}.exe\u{2066}\u{61C}", "gnp.exe"),
            ("\u{1B}[31mred\u{7}", "[31mred"),
            ("\u{0}\u{9F}", ""), ("e\u{301}👨‍👩‍👧", "e\u{301}👨‍👩‍👧"),
        ])
    func line(delivered: String, title: String) {
        let found = PostLink(address: "", title: delivered).title
        #expect(Array(found.unicodeScalars) == Array(title.unicodeScalars))
    }

    @Test func `has a title of 200 scalars at the most`() {
        let title = String(repeating: "e\u{301}", count: 5_000)
        #expect(PostLink(address: "", title: title).title.unicodeScalars.count == 200)
    }
}
