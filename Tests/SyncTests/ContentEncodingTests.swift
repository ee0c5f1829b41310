import AWS
import Digest
import Support
import Testing

@testable import Sync

@Suite struct ContentEncodingTests {
    @Test(arguments: [
        ("index.html", true), ("assets/a.0123abcd.css", true), ("a.svg", true),
        ("data/a.csv", false),
        ("data/a.csv.gz", false), ("data/latest.json", false),
        ("data/sha256sums-2026-10.txt", false),
        ("data/index.html", true), ("tags/a/series.csv", false), ("feed.xml", false),
        ("feed.json", false), ("sitemap.xml", false), ("robots.txt", false), ("a.png", false),
        ("html", false),
    ])
    func `What browsers alone load is packed, what programs read is not`(
        _ path: String, isPacked: Bool
    ) {
        #expect(ContentEncoding(path: path).text == (isPacked ? "gzip" : nil))
    }

    @Test func `The days of a tail are packed once a file of their month has them`() async throws {
        try await withTemporaryFolder { folder in
            let site = try Site(
                [
                    "index.html": "<!doctype html>", "data/2026/10/tail-2026-10.csv.gz": "?",
                    "data/tail/2026/2026-10-31.csv": "a", "data/tail/2026/2026-11-01.csv": "b",
                    "data/top/2026/2026-10-31.csv": "c",
                ], in: folder)
            let files = try LocalTree(folder: site.folder).files
            let packed = files.filter { $0.headers.contentEncoding != nil }.map(\.path.text)
            #expect(packed == ["data/tail/2026/2026-10-31.csv", "index.html"])
        }
    }

    /// As older versions have left a bucket.
    @Test func `Data that were packed are stored as they are, which is said once`() async throws {
        try await withTemporaryFolder { folder in
            let site = try Site(
                ["index.html": "<!doctype html>", "data/top/2026/2026-11-22.csv": "a"], in: folder)
            let store = MemoryStore()
            let settings = SyncSettings(folder: site.folder, destination: .folder(""))
            _ = try await SyncRun(settings, store: store, owner: "a").run()
            let path = try #require(SitePath("data/top/2026/2026-11-22.csv"))
            var stored = try #require(try store.manifest())
            stored.manifest.entries[path]?.headers.contentEncoding = "gzip"
            _ = try store.save(stored.manifest, over: stored.tag)
            let report = try await SyncRun(settings, store: store, owner: "a").run()
            #expect(report.uploadCount == 1)
            #expect(
                report.notes == [
                    "1 file of data, packed until now, is stored as it is, so that every program can read it (said once)"
                ])
            let again = try await SyncRun(settings, store: store, owner: "a").run()
            #expect(again.uploadCount == 0)
            #expect(again.notes == [])
        }
    }
}
