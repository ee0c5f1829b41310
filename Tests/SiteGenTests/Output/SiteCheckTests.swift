import Testing
import Text

@testable import SiteGen

struct SiteCheckTests {
    @Test func `finds nothing in a sound site`() throws {
        let site = [
            "index.html":
                #"<h1 id="top">x</h1><a href="./#top"><a href="tags/a%2Fb/"><img src="a.svg">"#,
            "tags/a/b/index.html":
                #"<a href="../../../"><a href="/now/#top"><a href="https://x.example/">"#,
            "a.svg": "<svg/>",
        ]
        #expect(try faults(site) == [])
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
    ) throws {
        #expect(try faults(site) == [fault])
    }

    @Test func `names the line in which XML breaks`() throws {
        let faults = try faults(["a.xml": "<a>\n<b></a>", "b.svg": "<svg>\u{1}</svg>"])
        #expect(faults.map { String($0.prefix(14)) } == ["a.xml: line 2:", "b.svg: line 1:"])
    }

    @Test func `reads a page for its anchors when another one leads to one`() throws {
        let anchor = SiteCheck.Anchor(
            page: "a.html", target: "b.html#x", file: ExactText("b.html"), anchor: ExactText("x"))
        #expect(try SiteCheck.faults(of: [anchor]) { _ in Array(#"<p id="x">"#.utf8) } == [])
        #expect(
            try SiteCheck.faults(of: [anchor]) { _ in Array(#"<p id="y">"#.utf8) }.map(
                \.description)
                == ["a.html: links to b.html#x, and b.html has no such anchor"])
    }

    private func faults(_ files: [String: String]) throws -> [String] {
        let paths = Set(files.keys)
        let check = SiteCheck(prefix: "/now/", isFile: paths.contains)
        let looks = files.sorted { $0.key < $1.key }.map {
            check.look(at: $0.key, Array($0.value.utf8))
        }
        let anchors = try SiteCheck.faults(of: looks.flatMap(\.anchors)) {
            Array((files[$0] ?? "").utf8)
        }
        return (looks.flatMap(\.faults) + anchors).map(\.description)
    }
}
