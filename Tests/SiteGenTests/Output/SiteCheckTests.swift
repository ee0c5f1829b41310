import Support
import Testing

@testable import SiteGen

struct SiteCheckTests {
    @Test func `finds nothing in a sound site`() async throws {
        let site = [
            "index.html":
                #"<h1 id="top">x</h1><a href="./#top"><a href="tags/a%2Fb/"><img src="a.svg">"#,
            "tags/a/b/index.html":
                #"<a href="../../../"><a href="/now/#top"><a href="https://x.example/">"#,
            "a.svg": "<svg/>",
        ]
        #expect(try await faults(site) == [])
    }

    @Test(arguments: [
        (
            ["index.html": #"<a href="tags/">"#],
            "index.html: links to tags/, and there is no tags/index.html"
        ),
        (
            ["index.html": ##"<a href="#x">"##],
            "index.html: links to #x, and index.html has no such anchor"
        ),
        (
            ["index.html": #"<a href="../x">"#],
            "index.html: links to ../x, which leads out of the site"
        ),
        (
            ["index.html": #"<a href="/other/">"#],
            "index.html: links to /other/, which leads out of the site"
        ),
        (
            ["index.html": #"<script src="a.js">"#],
            "index.html: links to a.js, and there is no a.js"
        ),
        (
            ["index.html": #"<a href="javascript:x">"#],
            "index.html: links to javascript:x, and there is no javascript:x"
        ),
        (["index.html": #"<p id="a"><p id="a">"#], "index.html: has the id a twice"),
        (["a.css": ""], "a.css: is empty"),
        (["index.html": "<p>{{title}}"], "index.html: holds a template tag that was not filled in"),
        (["a.xml": "<!DOCTYPE a><a/>"], "a.xml: has a document type"),
    ])
    func `names the file and what is wrong with it`(
        site: [String: String], fault: String
    ) async throws {
        #expect(try await faults(site) == [fault])
    }

    @Test func `names the line in which XML breaks`() async throws {
        let faults = try await faults(["a.xml": "<a>\n<b></a>", "b.svg": "<svg>\u{1}</svg>"])
        #expect(faults.map { String($0.prefix(14)) } == ["a.xml: line 2:", "b.svg: line 1:"])
    }

    private func faults(_ files: [String: String]) async throws -> [String] {
        try await withTemporaryFolder { folder in
            var tree = try StagingTree(output: folder + "/public")
            for (path, text) in files.sorted(by: { $0.key < $1.key }) {
                try tree.add(path, Array(text.utf8))
            }
            return try SiteCheck(folder: tree.folder, files: tree.files, prefix: "/now/")
                .faults.map(\.description)
        }
    }
}
