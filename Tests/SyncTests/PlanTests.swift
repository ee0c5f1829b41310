import AWS
import Support
import Testing

@testable import Sync

@Suite struct PlanTests {
    private func plan(
        _ files: [String: String], against old: [String: String], maxDeletes: Int = 256,
        changing change: (inout Manifest) -> Void = { _ in }
    ) async throws -> Plan {
        try await withTemporaryFolder { folder in
            let tree = try LocalTree(folder: Site(files, in: folder + "/new").folder)
            var manifest = Manifest()
            if !old.isEmpty {
                for file in try LocalTree(folder: Site(old, in: folder + "/old").folder).files {
                    manifest.entries[file.path] = .init(
                        sha256: file.sha256, byteCount: file.byteCount, headers: file.headers)
                }
            }
            change(&manifest)
            return try Plan(tree, against: manifest, maxDeletes: maxDeletes)
        }
    }

    @Test func `Everything new goes up by phases, pages after what they lead to`() async throws {
        let plan = try await plan(Site.sample, against: [:])
        #expect(
            plan.actions.map { "\($0.phase.rawValue) \($0.path)" } == [
                "0 assets/empty.js", "0 assets/style.0123abcd.css", "0 data/top/2026-11-22.csv",
                "1 2026/11/22/index.html", "1 tags/100%/index.html", "1 tags/a+b & c/index.html",
                "1 tags/タグ/index.html",
                "3 data/latest.json", "3 feed.xml", "3 index.html", "3 sitemap.xml",
            ])
        #expect(Set(plan.actions.map(\.reason)) == [.new])
        #expect(plan.unchangedCount == 0)
    }

    @Test func `Each difference is found, with its reason, and its line says so`() async throws {
        let old = [
            "same.html": "1", "changed.html": "1", "headers.css": "1", "died.html": "1",
            "gone.html": "1", "data/grows.csv": "1",
        ]
        var new = old
        new["gone.html"] = nil
        new["changed.html"] = "22"
        new["data/grows.csv"] = "1\n2"
        new["new\u{202E}.html"] = "1"
        let plan = try await plan(new, against: old) { manifest in
            manifest.entries[SitePath("headers.css")!]?.headers.cacheControl = "no-cache"
            manifest.entries[SitePath("died.html")!]?.sha256 = nil
        }
        #expect(
            plan.description == """
                upload  data/grows.csv  3 bytes  changed content
                upload  headers.css  1 bytes  changed headers
                upload  new\\u{202e}.html  1 bytes  new
                upload  changed.html  2 bytes  changed content
                upload  died.html  1 bytes  unknown content
                delete  gone.html  no longer in the site
                5 to upload (8 bytes), 1 to delete, 1 unchanged
                """)
    }

    @Test func `The same site is nothing to do`() async throws {
        let plan = try await plan(Site.sample, against: Site.sample)
        #expect(plan.actions.isEmpty && plan.unchangedCount == Site.sample.count)
    }

    @Test func `Deletes above the cap are refused as a whole, those at the cap are not`()
        async throws
    {
        let old = ["a.html": "", "b.html": "", "c.html": ""]
        #expect(try await plan(["a.html": ""], against: old, maxDeletes: 2).actions.count == 2)
        await #expect(throws: SyncError.tooManyDeletes(count: 2, limit: 1)) {
            try await plan(["a.html": ""], against: old, maxDeletes: 1)
        }
    }

    @Test func `The archive never shrinks, nor does a file of it go`() async throws {
        let old = [
            "index.html": "", "data/windows/a.csv": "12345", "data/top/b.csv": "123",
            "data/latest.json": "12345",
        ]
        let new = ["index.html": "", "data/windows/a.csv": "1234", "data/latest.json": "1"]
        await #expect(
            throws: SyncError.shrinks([
                .init(path: SitePath("data/top/b.csv")!, from: 3, to: nil),
                .init(path: SitePath("data/windows/a.csv")!, from: 5, to: 4),
            ])
        ) { try await plan(new, against: old) }
    }

    @Test func `A list loses the lines of a withdrawn hashtag`() async throws {
        let plan = try await plan(
            ["data/top/a.csv": "1\n"], against: ["data/top/a.csv": "1\n2\n"])
        #expect(plan.actions.map(\.reason) == [.content])
    }
}
