import Sync
import Testing

@Suite struct SitePathTests {
    @Test(arguments: [
        "index.html", "a/b/c.html", "tags/タグ/index.html", "...", ".well-known/x", "con", "100%",
        "live.json5",
        "data/live.json",
    ])
    func `Relative paths are paths`(_ text: String) {
        #expect(SitePath(text)?.text == text)
    }

    @Test(arguments: [
        "", "/", "/a", "a/", "a//b", ".", "..", "a/../b", "a/./b", "a\nb", "a\u{0}", ".tidemark",
        ".tidemark/manifest.json",
        ".tidemark-site", "live.json", "live.json.new", String(repeating: "a", count: 1025),
    ])
    func `What leaves the site, or is sync's own, is none`(_ text: String) {
        #expect(SitePath(text) == nil)
    }
}
