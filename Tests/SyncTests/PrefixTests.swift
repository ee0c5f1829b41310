import AWS
import Testing

@testable import Sync

@Suite struct PrefixTests {
    @Test(arguments: [("", ""), ("site", "site/"), ("site/", "site/"), ("a/b", "a/b/")])
    func `A prefix ends in a slash`(_ text: String, prefix: String) throws {
        #expect(try Prefix(text).text == prefix)
    }

    @Test(arguments: ["/", "/site", "a//b", "../x", "site//", "a\nb"])
    func `What is no path is no prefix`(_ text: String) {
        #expect(throws: SyncError.prefix(text)) { try Prefix(text) }
    }

    @Test func `A prefix holds its own keys and no others`() throws {
        let prefix = try Prefix("site")
        #expect(prefix.path(of: try ObjectKey("site/a"))?.text == "a")
        for other in ["site2/a", "site", "sit/a", "site/", "site/.tidemark/manifest.json"] {
            #expect(prefix.path(of: try ObjectKey(other)) == nil, "\(other)")
        }
        #expect(try prefix.key(of: #require(SitePath("a"))).text == "site/a")
    }
}
