import Support
import Testing

@testable import Sync

@Suite struct FoldedPathsTests {
    private static let site = [
        "2026/11/21/index.html", "2026/11/22/06/index.html", "2026/11/22/index.html",
        "2026/index.html", "data/latest.json", "data/top/2026.csv", "feed.xml", "index.html",
        "tags/a/feed.xml", "tags/a/index.html", "tags/b/index.html", "tags/c~2b/index.html",
        "tags/タ グ/index.html",
    ]

    private func paths(_ texts: some Sequence<String>) throws -> [SitePath] {
        try texts.map { try #require(SitePath($0)) }.sorted()
    }

    private func folded(
        _ changed: [String], of all: [String] = site, base: String = "/", limit: Int = 8
    ) throws -> [String] {
        FoldedPaths(
            of: Set(try paths(changed)), in: try paths(all), base: base, limit: limit
        ).paths
    }

    @Test(arguments: [
        ([], 8, []),
        (["feed.xml"], 8, ["/feed.xml"]),
        // A page is its own address and that of its folder.
        (["index.html"], 8, ["/", "/index.html"]),
        (["2026/11/22/06/index.html"], 8, ["/2026/11/22/06/*"]),
        (["2026/11/22/index.html"], 8, ["/2026/11/22/", "/2026/11/22/index.html"]),
        (["2026/11/22/index.html"], 1, ["/2026/11/22/*"]),
        (["tags/a/feed.xml", "tags/a/index.html"], 8, ["/tags/a/*"]),
        (["tags/タ グ/index.html"], 1, ["/tags/%E3%82%BF%20%E3%82%B0/*"]),
        (["tags/c~2b/index.html"], 1, ["/tags/c%7E2b/*"]),
        (["index.html", "feed.xml"], 1, ["/*"]),
        (["tags/a/index.html", "tags/b/index.html"], 1, ["/tags/*"]),
        (
            ["tags/a/index.html", "tags/b/index.html", "data/latest.json"], 2,
            ["/data/latest.json", "/tags/*"]
        ),
        (
            ["tags/a/feed.xml", "tags/b/index.html", "data/latest.json", "feed.xml"], 4,
            ["/data/latest.json", "/feed.xml", "/tags/a/feed.xml", "/tags/b/*"]
        ),
    ])
    func `What changed is covered, and little besides`(
        _ changed: [String], limit: Int, paths: [String]
    ) throws {
        #expect(try folded(changed, limit: limit) == paths)
    }

    @Test func `The path of the site's address stands before all`() throws {
        #expect(try folded(["index.html"], base: "/trends/") == ["/trends/", "/trends/index.html"])
        #expect(try folded(Self.site, base: "/trends/", limit: 1) == ["/trends/*"])
    }

    /// Whether a path of an invalidation covers an address.
    private func covers(_ pattern: String, _ address: String) -> Bool {
        pattern.hasSuffix("*") ? address.hasPrefix(pattern.dropLast()) : address == pattern
    }

    @Test func `Whatever changed is covered within the limit, and nothing cheaper would do`() throws
    {
        var random = SeededRandom(7)
        let pool = [
            "index.html", "x/a", "x/b", "x/index.html", "x/y/c", "x/y/index.html", "y/a",
            "y/index.html", "z",
        ]
        for _ in 0..<300 {
            let all = Set(pool.filter { _ in Int.random(in: 0..<3, using: &random) > 0 })
            let changed = all.filter { _ in Bool.random(using: &random) }
            let limit = Int.random(in: 1...4, using: &random)
            let found = try folded(Array(changed), of: Array(all), limit: limit)
            func addresses(_ file: String) -> [String] {
                ["/" + file]
                    + (file.hasSuffix("index.html") ? ["/" + file.dropLast(10)] : [])
            }
            func isGood(_ patterns: [String]) -> Bool {
                changed.allSatisfy { file in
                    addresses(file).allSatisfy { one in patterns.contains { covers($0, one) } }
                }
            }
            func excess(_ patterns: [String]) -> Int {
                all.subtracting(changed).count { file in
                    patterns.contains { covers($0, "/" + file) }
                }
            }
            #expect(isGood(found) && found.count <= limit, "\(all) \(changed) \(limit)")
            // Every choice of as many patterns as allowed.
            var candidates = Set(changed.flatMap(addresses))
            for file in changed {
                for (index, character) in file.enumerated() where character == "/" {
                    candidates.insert("/" + file.prefix(index + 1) + "*")
                }
            }
            candidates.insert("/*")
            var choices: [[String]] = [[]]
            for candidate in candidates.sorted() {
                choices += choices.filter { $0.count < limit }.map { $0 + [candidate] }
            }
            let good = choices.filter(isGood)
            let least = good.map(excess).min() ?? 0
            #expect(excess(found) == least, "\(all) \(changed) \(limit): \(found)")
            #expect(
                found.count == good.filter { excess($0) == least }.map(\.count).min(),
                "\(all) \(changed) \(limit): \(found)")
        }
    }

    @Test func `Twenty thousand changes are folded at once`() throws {
        let all = (0..<20_000).map { "tags/\($0)/index.html" } + ["index.html", "feed.xml"]
        #expect(
            try folded(all.filter { $0 != "feed.xml" }, of: all) == ["/", "/index.html", "/tags/*"])
    }
}
