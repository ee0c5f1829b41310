import AWS
import Output
import Support
import Testing

@testable import Sync

@Suite struct PlanTests {
    private func plan(
        _ files: [String: String], against old: [String: String],
        _ choice: SyncChoice = SyncChoice(),
        changing change: (inout Manifest) -> Void = { _ in }
    ) async throws -> Plan {
        try await withTemporaryFolder { folder in
            let tree = try LocalTree(folder: Site(files, in: folder + "/new").folder)
                .countingRows(against: nil)
            var manifest = Manifest()
            if !old.isEmpty {
                let older = try LocalTree(folder: Site(old, in: folder + "/old").folder)
                for file in try older.countingRows(against: nil).files {
                    manifest.entries[file.path] = .init(
                        content: .known(file.sha256), byteCount: file.byteCount,
                        headers: file.headers, rowCount: file.rowCount)
                }
            }
            change(&manifest)
            return try Plan(tree, against: manifest, choice)
        }
    }

    @Test func `Everything new goes up by phases, pages after what they lead to`() async throws {
        let plan = try await plan(Site.sample, against: [:])
        #expect(
            plan.actions.map { "\($0.phase.rawValue) \($0.path)" } == [
                "0 assets/empty.js", "0 assets/style.0123abcd.css", "0 data/top/2026-11-22.csv",
                "1 2026/11/22/index.html",
                "1 data/latest.json", "1 feed.xml", "1 tags/100%/index.html",
                "1 tags/a+b & c/index.html", "1 tags/タグ/index.html",
                "4 index.html", "5 sitemap.xml",
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
            manifest.entries[SitePath("died.html")!]?.content = .unknown
        }
        #expect(
            plan.description == """
                upload  data/grows.csv  3 bytes  changed content
                upload  headers.css  1 byte  changed headers
                upload  new\\u{202e}.html  1 byte  new
                upload  changed.html  2 bytes  changed content
                upload  died.html  1 byte  unknown content
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
        #expect(
            try await plan(["a.html": ""], against: old, SyncChoice(maxDeletes: 2)).actions.count
                == 2)
        await #expect(throws: SyncError.tooManyDeletes(count: 2, limit: 1)) {
            try await plan(["a.html": ""], against: old, SyncChoice(maxDeletes: 1))
        }
    }

    @Test func `The archive never loses a row of its windows, nor a file`() async throws {
        let old = [
            "index.html": "", "data/windows/a.csv": "slot\n1\n2\n", "data/top/b.csv": "123",
            "data/latest.json": "12345",
        ]
        let new = [
            "index.html": "", "data/windows/a.csv": "slot\n1111111\n", "data/latest.json": "1",
        ]
        await #expect(
            throws: SyncError.shrinks([
                .init(path: SitePath("data/top/b.csv")!, from: nil, to: nil),
                .init(path: SitePath("data/windows/a.csv")!, from: 2, to: 1),
            ])
        ) { try await plan(new, against: old) }
    }

    /// `data/…` is the site's copy, without the lines that are withheld.
    @Test(
        arguments: [
            // The whole list goes as nothing is withdrawn any more, and is a longer one.
            ("slot\n1\n2\n", nil, nil), ("slot\n1\n2\n3\n", nil, nil),
            ("slot\n1\n", "slot\n1\n2\n3\n", nil),
            // It is lost here, emptied, or shorter than what of it is shown.
            ("slot\n1\n", nil, "data"), ("slot\n1\n", "", "data"), ("slot\n1\n", "slot\n", "data"),
            // A list of which nothing is shown.
            (nil, "slot\n1\n2\n", nil),
        ] as [(String?, String?, String?)])
    func `What is withheld of a list is never lost with it`(
        shown: String?, whole: String?, refused: String?
    ) async throws {
        let (copy, list) = ("data/top/2026/b.csv", ".tidemark/archive/top/2026/b.csv")
        try await withTemporaryFolder { folder in
            func tree(_ shown: String?, _ whole: String?, _ name: String) throws -> LocalTree {
                var files = ["index.html": "1"]
                files[copy] = shown
                let tree = try LocalTree(folder: Site(files, in: folder + "/" + name).folder)
                guard let whole else { return tree }
                try write(whole, to: "\(folder)/\(name).csv")
                let withheld = Withheld(
                    name: "top/2026/b.csv", localPath: "\(folder)/\(name).csv")
                return try tree.adding([withheld.file(withheld.listed(over: FileList([])))])
            }
            var manifest = Manifest()
            let before = try tree(shown == nil ? nil : "slot\n1\n", "slot\n1\n2\n", "old")
            for file in before.files {
                manifest.entries[file.path] = .init(
                    content: .known(file.sha256), byteCount: file.byteCount, headers: file.headers)
            }
            let new = try tree(shown, whole, "new")
            if refused == nil {
                _ = try Plan(new, against: manifest)
            } else {
                #expect(
                    throws: SyncError.shrinks([
                        .init(path: try #require(SitePath(list)), from: nil, to: nil)
                    ])
                ) { try Plan(new, against: manifest) }
            }
        }
    }

    @Test func `A row that was replaced may be shorter`() async throws {
        let plan = try await plan(
            ["data/windows/a.csv": "slot\n2\n3\n"], against: ["data/windows/a.csv": "slot\n10\n3\n"]
        )
        #expect(plan.actions.map(\.reason) == [.content])
    }

    @Test func `Only what was asked for is uploaded, and then nothing is deleted`() async throws {
        let only = try ["data", "tags/*/index.html"].map { try #require(PathPattern($0)) }
        var old = Site.sample
        old["gone.html"] = ""
        let changed = old.mapValues { $0 + " " }.filter { $0.key != "gone.html" }
        let plan = try await plan(changed, against: old, SyncChoice(only: only))
        #expect(
            plan.actions.map(\.path.text) == [
                "data/top/2026-11-22.csv", "tags/100%/index.html", "tags/a+b & c/index.html",
                "tags/タグ/index.html", "data/latest.json",
            ])
    }

    @Test func `By force everything is uploaded`() async throws {
        let plan = try await plan(
            Site.sample, against: Site.sample, SyncChoice(isForced: true))
        #expect(plan.actions.count == Site.sample.count)
        #expect(Set(plan.actions.map(\.reason)) == [.forced])
    }

    @Test func `What a dead run may not have brought there counts as new, so pages wait for it`()
        async throws
    {
        let files = ["a.html": "leads to b", "b.html": "b", "index.html": ""]
        let plan = try await plan(files, against: files) { manifest in
            manifest.entries[SitePath("a.html")!]?.content = .unknown
            manifest.entries[SitePath("b.html")!]?.content = .uncertain
        }
        #expect(
            plan.actions.map { "\($0.path) \($0.phase)" } == ["b.html new pages", "a.html pages"])
    }

    @Test func `A list loses the lines of a withdrawn hashtag`() async throws {
        let plan = try await plan(
            ["data/top/a.csv": "1\n"], against: ["data/top/a.csv": "1\n2\n"])
        #expect(plan.actions.map(\.reason) == [.content])
    }
}
