import Files
import Support
import Testing

/// Sites whose operator did not say where readers find them.
@Suite("Site address")
struct SiteAddressStoryTests {
    /// An archive from before there was a place to publish to.
    private func folder(_ path: String, publish: String) async throws -> OperatorFolder {
        let operation = try OperatorFolder(path)
        try #expect(await operation.tidemark("snapshot").code == 0)
        let yaml = operation.configuration
            .replacing("site: { title: Ebb & Flow, url: \"https://trends.example/\" }", with: "")
        try write(yaml + "publish: { \(publish) }\n", to: "\(path)/tidemark.yaml")
        return operation
    }

    @Test("take that of the bucket's website, say so once, and keep the names of their items")
    func bucket() async throws {
        try await withTemporaryFolder { path in
            var folder = try await folder(
                path, publish: "bucket: tide.example, prefix: \"große Flut/\"")
            folder.environment = ["AWS_REGION": "eu-west-1"]
            let first = try await folder.tidemark("build")
            let address =
                "http://tide.example.s3-website-eu-west-1.amazonaws.com/gro%C3%9Fe%20Flut/"
            #expect(
                first.errors.contains(
                    "site.url is not set: the feed, the sitemap and canonical links say "
                        + "\(address), where S3 shows the bucket; set it if readers come by another address (said once)"
                ))
            let feed = folder.text("public/feed.xml")
            #expect(feed.contains("<link>\(address)</link>"))
            #expect(
                feed.contains(
                    "<guid isPermaLink=\"false\">tag:tide.example.s3-website-eu-west-1.amazonaws.com,"
                ))
            #expect(
                folder.text("public/index.html").contains(
                    "<link rel=\"canonical\" href=\"\(address)\">"))
            #expect(folder.text("public/sitemap.xml").contains("<loc>\(address)sitemap-pages.xml"))
            #expect(folder.text("public/robots.txt").contains("Sitemap: \(address)sitemap.xml"))
            let again = try await folder.tidemark("build")
            #expect(again.errors == "" && again.code == 0)

            // It moves to an address of its own: an item is the same one.
            folder.environment["TIDEMARK_SITE_URL"] = "https://flut.example/"
            try #expect(await folder.tidemark("build").errors == "")
            let moved = folder.text("public/feed.xml")
            #expect(moved.contains("<link>https://flut.example/</link>"))
            #expect(names(in: moved) == names(in: feed) && !names(in: feed).isEmpty)
        }
    }

    @Test(
        "have no feed where it cannot be known, and say so once",
        arguments: [
            "bucket: site, region: eu-west-1, endpoint: \"https://s3.example.org\"",
            "bucket: site, region: eu-west-1, distribution: E1ABC", "directory: www",
            "bucket: site",
        ])
    func unknown(publish: String) async throws {
        try await withTemporaryFolder { path in
            let folder = try await folder(path, publish: publish)
            let first = try await folder.tidemark("build")
            #expect(
                first.errors.contains(
                    "site.url is not set, and Tidemark cannot know where readers find the site: it has "
                        + "no feed and no sitemap until you set it (said once)"))
            let files = try Folder.files(below: "\(path)/public")
            #expect(files.contains("index.html") && !files.contains { $0.hasSuffix(".xml") })
            #expect(!folder.text("public/index.html").contains("feed.xml"))
            let again = try await folder.tidemark("build")
            #expect(again.errors == "" && again.code == 0)
        }
    }

    private func names(in feed: String) -> [String] {
        feed.matches(of: #/<guid[^>]*>(.*?)</guid>/#).map { String($0.1) }
    }
}
