import Testing

@testable import SiteGen

struct LinkerTests {
    @Test func `links relative to the depth of the page`() {
        #expect(Linker(depth: 0).to(.now).target == "./")
        #expect(Linker(depth: 0).to(.about).target == "about/")
        #expect(Linker(depth: 2).to(.now).target == "../../")
        #expect(
            Linker(depth: 2).to(.tag(slug: "猫"), anchor: "x").target == "../../tags/%E7%8C%AB/#x")
        #expect(Linker(depth: 1).file("data/a.csv").target == "../data/a.csv")
    }

    @Test(
        arguments: [
            (nil, "", "/"), ("https://a.example", "https://a.example/", "/"),
            ("https://a.example/", "https://a.example/", "/"),
            ("https://a.example/now", "https://a.example/now/", "/now/"),
        ] as [(String?, String, String)])
    func `knows the site's address and its path`(url: String?, absolute: String, path: String) {
        #expect(Linker(absolute: url).file("").target == absolute)
        #expect(Linker(pathOf: url).file("").target == path)
    }
}
