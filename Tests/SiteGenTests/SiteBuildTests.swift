import Archive
import Calendar
import Files
import Support
import Testing
import Text

@testable import SiteGen

struct SiteBuildTests {
    static let hostile = [
        "<script>alert(1)</script>", "\"\u{301}onmouseover=alert(1) x=\"", "]]>", "</script><!--",
        "a\u{202E}b", "con", "..", "index.html", "{{title}}", "{{{body}}}", "=1+1", "a/b", "%2e%2e",
        "é", "e\u{301}", "😀", "\0", "a\r\nb", "&amp;", "' onload='", "javascript:alert(1)",
        String(repeating: "字", count: 100), "\u{301}\u{302}", "",
    ]

    @Test func `builds a hostile archive into a site that is safe, whole and distinct`()
        async throws
    {
        try await withSite { site in
            var site = site
            site.settings.top = 100
            site.settings.title = "\"><script>x</script>"
            site.settings.url = "https://trends.example/now"
            try site.archive("2026-11-22T00", "\"><b>", tags: Self.hostile)
            try site.archive("2026-11-22T06", tags: Self.hostile.reversed(), expected: 1)
            try site.build()
            let files = try site.files()
            #expect(
                files.count { $0.path.hasPrefix("tags/") && $0.path.hasSuffix(".html") }
                    == Set(Self.hostile.map(ExactText.init)).count + 1)
            for (path, text) in files where path.hasSuffix(".html") {
                let markup = tags(of: text)
                #expect(
                    !markup.contains { $0.contains(" on") || $0.contains(" style") },
                    "\(path)")
                #expect(!markup.contains("<script>"), "\(path)")
                #expect(!text.unicodeScalars.contains("\u{202E}"), "\(path)")
            }
        }
    }

    @Test func `speaks of one as of one on every page`() async throws {
        try await withSite { site in
            var site = site
            (site.settings.top, site.settings.rankedByPosts) = (1, true)
            let slot = try time("2026-11-22T00")
            try ArchiveWriter(folder: site.archive).append(
                WindowRow(
                    slot: slot, source: "east", start: slot, end: slot + 3600, status: .complete,
                    coverage: 1, posts: 1, tagged: 1, accounts: 1, tags: 1, dropped: 1,
                    version: "1"),
                top: [
                    TopRow(
                        slot: slot, source: "east", rank: 1, tag: "a", spelling: "a", posts: 1,
                        accounts: 1)
                ], tail: [])
            try site.build()
            let nouns = [
                "people", "posts", "records", "hashtags", "periods", "lists", "places", "times",
                "days", "hours", "leading",
            ]
            // In the table of columns a name follows a rank's "from 1".
            for (path, text) in try site.files()
            where path.hasSuffix(".html") && path != "data/index.html" {
                let words = text.utf8.split(separator: UInt8(ascii: "<")).map {
                    String($0.drop { $0 != UInt8(ascii: ">") }.dropFirst()) ?? ""
                }.joined(separator: " ").split { $0.isWhitespace }
                for (number, noun) in zip(words, words.dropFirst()) where number == "1" {
                    #expect(!nouns.contains { noun.hasPrefix($0) }, "\(path): 1 \(noun)")
                }
                for noun in nouns { #expect(!text.contains("\"\(noun)\">1<"), "\(path)") }
            }
        }
    }

    @Test func `makes the same bytes in another folder`() async throws {
        try await withSite { site in
            try site.archive("2026-11-22T00", tags: ["a", "b"])
            try site.archive("2026-11-22T06", "west", tags: ["b", "c"], status: .partial)
            try site.build()
            try site.build(into: site.folder + "/elsewhere/deep")
            let paths = try Folder.files(below: site.output)
            #expect(try Folder.files(below: site.folder + "/elsewhere/deep") == paths)
            for path in paths {
                #expect(
                    try WholeFile.read(site.folder + "/elsewhere/deep/" + path)
                        == WholeFile.read(site.output + "/" + path), "\(path)")
            }
        }
    }

    @Test func `touches nothing the second time`() async throws {
        try await withSite { site in
            try site.archive("2026-11-22T00", tags: ["a", "b"])
            let first = try site.build()
            let before = try site.identities()
            let second = try site.build()
            #expect(first.written == first.files)
            #expect(
                second
                    == BuildReport(
                        pages: first.pages, files: first.files, written: 0, removed: 0,
                        unchanged: first.files, list: first.list))
            #expect(try site.identities() == before)
        }
    }

    @Test func `changes only the pages that a new window changes`() async throws {
        try await withSite { site in
            try site.archive("2026-11-20T00", tags: ["old"])
            try site.archive("2026-11-21T18", tags: ["a"])
            try site.build()
            let before = try site.identities()
            try site.archive("2026-11-22T00", tags: ["a"])
            try site.build()
            let after = try site.identities()
            #expect(after["tags/old/index.html"] == before["tags/old/index.html"])
            #expect(after["2026/11/20/index.html"] == before["2026/11/20/index.html"])
            #expect(after["tags/a/index.html"] != before["tags/a/index.html"])
        }
    }

    @Test func `says on every page that sample data are a demonstration`() async throws {
        try await withSite { site in
            var site = site
            site.settings.url = "https://trends.example"
            try site.archive("2026-11-22T00", "sample", tags: ["a"])
            try site.build()
            for (path, text) in try site.files() where path.hasSuffix(".html") {
                #expect(text.contains("<title>Demonstration data: "), "\(path)")
                #expect(text.contains("<strong>Demonstration data.</strong>"), "\(path)")
            }
            #expect(try site.file("feed.xml").contains("<title>Demonstration data: "))
            #expect(try site.file("data/latest.json").contains("\"demonstration\":true"))
        }
    }

    @Test func `shows withdrawn tags nowhere, not even in the files`() async throws {
        try await withSite { site in
            try site.archive("2026-11-22T00", tags: ["a", "Verboten", "=verboten"])
            try site.withdraw("verboten", "=verboten")
            try site.build()
            for (path, text) in try site.files() {
                #expect(!text.lowercased().contains("verboten"), "\(path)")
            }
            #expect(try site.file("about/index.html").contains("2 hashtags have been withdrawn"))
            #expect(
                try site.file("data/top/2026/2026-11-22.csv")
                    == "slot,source,rank,tag,spelling,posts,accounts,expected,score,bounds\n"
                    + "2026-11-22T00:00:00Z,east,1,a,a,80,40,,,\n")
        }
    }

    @Test func `offers the archive byte for byte`() async throws {
        try await withSite { site in
            try site.archive("2026-11-22T00", tags: ["a", "=b", "c,\"d"])
            try site.build()
            for path in try Folder.files(below: site.archive) {
                #expect(
                    try WholeFile.read(site.output + "/data/" + path)
                        == WholeFile.read(site.archive + "/" + path), "\(path)")
            }
        }
    }

    @Test(arguments: ["2025-12-30T00", "2027-01-01T00", "2027-01-04T00"])
    func `begins and ends in weeks that another year numbers`(slot: String) async throws {
        try await withSite { site in
            try site.archive(slot, tags: ["a"])
            #expect(try site.build().pages > 5)
        }
    }

    @Test func `shows a gap as a gap, on the day, in the calendar and on the front page`()
        async throws
    {
        try await withSite { site in
            try site.archive("2026-11-20T18", tags: ["a"])
            try site.archive("2026-11-22T06", tags: [], status: .missing)
            try site.build()
            #expect(try site.file("2026/11/21/index.html").components("Not recorded.") == 4)
            #expect(try site.file("2026/11/index.html").components("cell-missing") == 7)
            let front = try site.file("index.html")
            #expect(
                front.contains(
                    "east</bdi></a>: 22 November 2026, 06:00–12:00 UTC was not recorded."
                )
            )
            #expect(
                try site.file("sources/east/index.html").contains(
                    "22 November 2026, 06:00–12:00 UTC was not recorded. These are the latest lists before it."
                )
            )
            #expect(front.components("not recorded</p>") == 4)
            #expect(!front.contains(">0 people"))
        }
    }

    @Test func `tells nothing of a source after its last window, once it is configured no longer`()
        async throws
    {
        try await withSite { site in
            try site.archive("2026-11-22T00", "forsaken", tags: ["b"])
            try site.archive("2026-11-22T00", tags: ["a"])
            try site.archive("2026-11-22T06", tags: ["a"])
            try site.archive("2026-11-22T12", "forsaken", tags: ["b"])
            try site.archive("2026-11-22T12", "west", tags: ["b"])
            try site.archive("2026-11-22T18", tags: ["a"])
            try site.build()
            let last = try site.file("2026/11/22/18/index.html")
            #expect(!last.contains("forsaken"))
            // West is, and between its windows one was missed of a source that was due.
            #expect(last.components("Not recorded.") == 1)
            #expect(try site.file("2026/11/22/06/index.html").components("Not recorded.") == 1)
            #expect(try site.file("2026/11/22/00/index.html").contains("forsaken"))
        }
    }

    @Test func `says how the operator is reached, and which version counted from when on`()
        async throws
    {
        try await withSite { site in
            var site = site
            try site.archive("2026-11-22T06", tags: ["a"])
            try site.build()
            #expect(try !site.files().contains { $0.path.hasPrefix(".well-known/") })
            site.settings.contact = "tide@example.org"
            site.settings.url = "https://trends.example/now"
            try site.build()
            #expect(
                try site.file(".well-known/security.txt")
                    == "Contact: mailto:tide@example.org\nExpires: 2027-11-01T00:00:00Z\n"
                    + "Preferred-Languages: en\n"
                    + "Canonical: https://trends.example/now/.well-known/security.txt\n")
            let about = try site.file("about/index.html")
            #expect(about.contains(#"<a href="mailto:tide@example.org">tide@example.org</a>"#))
            #expect(about.contains("Tidemark 1.0, since"))
            #expect(about.contains("22 November 2026, 06:00–12:00 UTC"))
        }
    }

    @Test func `builds from windows of which none was read`() async throws {
        try await withSite { site in
            try site.archive("2026-11-22T06", tags: [], status: .missing)
            try site.build()
            #expect(
                try site.file("sources/east/index.html").contains(
                    "Nothing of this source was read yet."))
        }
    }

    @Test func `leaves the old site alone when the templates or the archive fail`() async throws {
        try await withSite { site in
            try site.archive("2026-11-22T00", tags: ["a"])
            try site.build()
            let before = try site.identities()
            #expect(throws: SiteError.self) { try site.build(templates: site.folder) }
            try FilePlace.remove(site.archive + "/windows/2026.csv")
            #expect(throws: SiteError.emptyArchive(folder: site.archive)) { try site.build() }
            #expect(try site.identities() == before)
        }
    }

    /// Everything between `<` and `>`, without the values of attributes.
    private func tags(of html: String) -> [String] {
        html.utf8.split(separator: UInt8(ascii: "<")).compactMap { part in
            part.firstIndex(of: UInt8(ascii: ">")).map {
                let tag = "<" + String(decoding: part[...$0], as: UTF8.self)
                return tag.split(separator: "\"", omittingEmptySubsequences: false).enumerated()
                    .filter { $0.offset.isMultiple(of: 2) }.map(\.element).joined()
            }
        }
    }
}

extension String {
    /// How often a text occurs in this one.
    fileprivate func components(_ text: String) -> Int {
        var (count, rest) = (0, Array(utf8)[...])
        while let range = rest.firstRange(of: Array(text.utf8)) {
            count += 1
            rest = rest[range.upperBound...]
        }
        return count
    }
}
