import Files
import Foundation
import Support
import Testing

@testable import tidemark

@Suite("PreviewSite")
struct PreviewSiteTests {
    /// A site in `<folder>/public` with a secret beside it.
    private func withSite(_ body: (PreviewSite, String) async throws -> Void) async throws {
        try await withTemporaryFolder { folder in
            let files = [
                "secret", "public/index.html", "public/404.html", "public/tags/index.html",
                "public/tags/日本/index.html", "public/a b.css", "public/.tidemark-site",
                "public/empty/.keep", "public/.well-known/security.txt",
            ]
            for file in files {
                let url = URL(fileURLWithPath: "\(folder)/\(file)")
                try FileManager.default.createDirectory(
                    at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
                try Data(file.utf8).write(to: url)
            }
            try FileManager.default.createSymbolicLink(
                atPath: "\(folder)/public/leak", withDestinationPath: "../secret")
            try FileManager.default.createSymbolicLink(
                atPath: "\(folder)/public/leaks", withDestinationPath: "..")
            let root = try #require(try FilePlace.resolved("\(folder)/public"))
            try await body(PreviewSite(folder: root), root)
        }
    }

    @Test("pages, folders and encoded names are found")
    func found() async throws {
        try await withSite { site, root in
            let expected: [(String, PreviewSite.Answer)] = [
                ("/", .file(path: "\(root)/index.html")),
                ("/index.html", .file(path: "\(root)/index.html")),
                ("/tags", .redirect(to: "/tags/")),
                ("/tags/", .file(path: "\(root)/tags/index.html")),
                ("/tags/%E6%97%A5%e6%9c%ac/", .file(path: "\(root)/tags/日本/index.html")),
                ("/tags/%E6%97%A5%E6%9C%AC", .redirect(to: "/tags/%E6%97%A5%E6%9C%AC/")),
                ("/a%20b.css", .file(path: "\(root)/a b.css")),
                (
                    "/.well-known/security.txt",
                    .file(path: "\(root)/.well-known/security.txt")
                ),
            ]
            for (target, answer) in expected { #expect(site.answer(target) == answer, "\(target)") }
            #expect(site.notFoundPage == "\(root)/404.html")
        }
    }

    @Test(
        "nothing outside of the site, hidden or misspelt is found",
        arguments: [
            "", "*", "secret", "http://a.example/", "/nope", "/nope/", "/empty/", "/..",
            "/../secret",
            "/tags/../../secret", "/%2e%2e/secret", "/%2E%2E%2Fsecret", "/tags/..%2f..%2fsecret",
            "/.tidemark-site", "/%2etidemark-site", "/.well-known/", "/.well-known/..",
            "/./index.html", "//evil.example", "//",
            "//tags",
            "/tags//", "/leak", "/leaks/secret", "/index.html%00", "/index.html%0", "/%", "/%zz",
            "/%ff", "/index.html/", "/tags\\..\\..\\secret", "/%0d%0aSet-Cookie:%20a=b",
        ])
    func notFound(target: String) async throws {
        try await withSite { site, _ in #expect(site.answer(target) == .notFound) }
    }
}
