import Testing

@testable import SiteGen

struct SiteLinkTests {
    @Test(
        arguments: [
            ("./", "tags/a/index.html", "tags/a/index.html", nil),
            ("../../", "tags/a/index.html", "index.html", nil),
            ("../b%2Fc/#x", "tags/a/index.html", "tags/b/c/index.html", "x"),
            ("#x", "tags/a/index.html", "tags/a/index.html", "x"),
            ("a.css", "index.html", "a.css", nil),
            ("/now/data/", "404.html", "data/index.html", nil),
            ("..", "a/b/index.html", "a/index.html", nil),
        ] as [(String, String, String, String?)])
    func `leads to a file of the site`(target: String, page: String, file: String, anchor: String?)
    {
        let link = SiteLink(target, on: page, prefix: "/now/")
        #expect(link?.file == file)
        #expect(link?.anchor == anchor)
    }

    @Test(arguments: ["https://x.example/", "../x", "/other/", "%zz/"])
    func `leaves the site`(target: String) {
        #expect(SiteLink(target, on: "index.html", prefix: "/now/") == nil)
    }
}
