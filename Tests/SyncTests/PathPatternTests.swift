import Sync
import Testing

@Suite struct PathPatternTests {
    @Test(arguments: [
        ("index.html", ["index.html"]), ("data", ["data/a.csv", "data/b/c.csv"]),
        ("data/", ["data/a.csv", "data/b/c.csv"]), ("*.html", ["index.html"]),
        ("data/*.csv", ["data/a.csv"]), ("data/**.csv", ["data/a.csv", "data/b/c.csv"]),
        ("**/*.csv", ["data/a.csv", "data/b/c.csv"]),
        ("**/index.html", ["index.html", "tags/タ/index.html"]),
        ("tags/?/*", ["tags/タ/index.html"]), ("**", all), ("*", ["index.html"]),
        ("data/b/c.csv/x", []), ("*/*/*/*", []), ("dat", []), ("INDEX.html", []),
    ])
    func `A pattern matches what its stars stand for`(_ text: String, paths: [String]) throws {
        let pattern = try #require(PathPattern(text))
        let matched = Self.all.filter { path in SitePath(path).map(pattern.matches) ?? false }
        #expect(matched == paths)
    }

    private static let all = ["index.html", "data/a.csv", "data/b/c.csv", "tags/タ/index.html"]

    @Test func `Nothing is no pattern, and many stars take no time`() throws {
        #expect(PathPattern("") == nil && PathPattern("/") == nil)
        let stars = try #require(PathPattern(String(repeating: "*a", count: 200) + "b"))
        let path = try #require(SitePath(String(repeating: "a", count: 1000)))
        #expect(!stars.matches(path))
    }
}
