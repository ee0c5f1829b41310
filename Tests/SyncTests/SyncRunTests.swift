import AWS
import Digest
import Files
import Output
import Support
import Synchronization
import Testing

@testable import Sync

@Suite struct SyncRunTests {
    private static let before = [
        "index.html": "old", "same.html": "s", "changed.html": "old", "gone.html": "g",
        "feed.xml": "old",
        "data/a.csv": "1",
    ]
    private static let after = [
        "index.html": "new", "same.html": "s", "changed.html": "new", "fresh.html": "f",
        "feed.xml": "new",
        "data/a.csv": "12", "assets/a.css": "a",
    ]

    private func run(
        _ site: Site, on store: some Store, isDryRun: Bool = false, owner: String = "here"
    ) async throws -> Report {
        let settings = SyncSettings(
            folder: site.folder, bucket: try S3Bucket(name: "site", region: "us-east-1"),
            prefix: try Prefix("site"), concurrency: 3)
        return try await SyncRun(
            settings, store: isDryRun ? DryRunStore(store: store) : store as any Store,
            owner: owner
        ).run()
    }

    /// How many writes the change from one site to the other takes.
    private static let writeCount = 9

    @Test(arguments: 0..<writeCount, [false, true])
    func `A run that dies at any write, repeated, ends as if it had not`(
        _ writes: Int, doingTheLast: Bool
    ) async throws {
        try await withTemporaryFolder { folder in
            let store = MemoryStore()
            let old = try Site(Self.before, in: folder + "/old")
            let new = try Site(Self.after, in: folder + "/new")
            _ = try await run(old, on: store)

            store.dies(after: writes, doingTheLast: doingTheLast)
            let died = try? await run(new, on: store)
            #expect(died?.outcome == (writes == 0 ? nil : .partly))
            store.dies(after: .max)
            _ = try await run(new, on: store)
            #expect(store.objects == Self.after)
            #expect(try await run(new, on: store).outcome == .nothingToDo)
        }
    }

    @Test(arguments: 0..<writeCount, [false, true])
    func `Even if the next site is the old one again`(
        _ writes: Int, doingTheLast: Bool
    ) async throws {
        // Without the archive, which rightly would not shrink.
        let before = Self.before.filter { $0.key != "data/a.csv" }
        let after = Self.after.filter { $0.key != "data/a.csv" }
        try await withTemporaryFolder { folder in
            let store = MemoryStore()
            let old = try Site(before, in: folder + "/old")
            let new = try Site(after, in: folder + "/new")
            _ = try await run(old, on: store)
            store.dies(after: writes, doingTheLast: doingTheLast)
            _ = try? await run(new, on: store)
            store.dies(after: .max)
            _ = try await run(old, on: store)
            #expect(store.objects == before)
        }
    }

    @Test func `A run takes as many writes as there are changes, and two for the manifest`()
        async throws
    {
        try await withTemporaryFolder { folder in
            let store = MemoryStore()
            _ = try await run(Site(Self.before, in: folder + "/old"), on: store)
            let start = store.state.withLock { $0.history.count }
            _ = try await run(Site(Self.after, in: folder + "/new"), on: store)
            #expect(store.state.withLock { $0.history.count } - start == Self.writeCount)
        }
    }

    @Test func `Nothing is deleted and no page is changed before what it leads to is there`()
        async throws
    {
        try await withTemporaryFolder { folder in
            let store = MemoryStore()
            _ = try await run(Site(Self.before, in: folder + "/old"), on: store)
            let start = store.state.withLock { $0.history.count }
            _ = try await run(Site(Self.after, in: folder + "/new"), on: store)
            let moments = store.state.withLock { $0.history[start...] }.map { objects in
                Dictionary(
                    uniqueKeysWithValues: objects.map {
                        ($0.key.text, String(decoding: $0.value.bytes, as: UTF8.self))
                    })
            }
            #expect(!moments.isEmpty)
            for there in moments {
                if there["fresh.html"] != nil { #expect(there["assets/a.css"] != nil) }
                if there["changed.html"] == "new" { #expect(there["fresh.html"] != nil) }
                if there["index.html"] == "new" || there["feed.xml"] == "new" {
                    #expect(there["changed.html"] == "new")
                }
                if there["gone.html"] == nil {
                    #expect(there["index.html"] == "new" && there["feed.xml"] == "new")
                }
            }
        }
    }

    @Test func `A dry run has the plan of the real one and writes nothing`() async throws {
        try await withTemporaryFolder { folder in
            let store = MemoryStore()
            _ = try await run(Site(Self.before, in: folder + "/old"), on: store)
            let new = try Site(Self.after, in: folder + "/new")
            let dry = try await run(new, on: store, isDryRun: true)
            #expect(store.objects == Self.before)
            #expect(try await run(new, on: store).plan == dry.plan)
        }
    }

    @Test func `A refusal leaves the last good site and its manifest alone`() async throws {
        try await withTemporaryFolder { folder in
            let store = MemoryStore()
            _ = try await run(Site(Self.before, in: folder + "/old"), on: store)
            let writes = store.state.withLock { $0.history.count }
            let site = try Site(Self.before.filter { $0.key != "data/a.csv" }, in: folder + "/new")
            await #expect(throws: SyncError.self) { try await run(site, on: store) }
            #expect(store.state.withLock { $0.history.count } == writes)
        }
    }

    @Test func `What no build made is named once, and neither published nor deleted`()
        async throws
    {
        try await withTemporaryFolder { folder in
            let (site, store) = (try Site(Self.before, in: folder), MemoryStore())
            try site.list()
            site["google123.html"] = "mine"
            let settings = SyncSettings(folder: site.folder, destination: .folder("/srv/www"))
            let state = LocalState(folder: folder + "/state")
            func notes() async throws -> [String] {
                try await SyncRun(settings, store: store, state: state, owner: "here").run().notes
            }
            let note = try await notes()
            #expect(note.count == 1)
            #expect(note.first?.contains("public/google123.html: no build made it") == true)
            #expect(note.first?.contains("put into /srv/www by hand") == true)
            #expect(try await notes() == [])
            #expect(store.objects == Self.before)
            #expect(site["google123.html"] == "mine")
            site["other"] = "mine"
            #expect(try await notes().first?.contains("public/other: ") == true)
        }
    }

    @Test(arguments: [false, true])
    func `Names that no publish gives are told and left alone, even by a prune`(
        _ prunes: Bool
    ) async throws {
        try await withTemporaryFolder { folder in
            let (site, store) = (try Site(Self.before, in: folder), MemoryStore())
            _ = try await run(site, on: store)
            store.state.withLock { $0.strays = ["a%0Ab", "c\u{1B}[2J"] }
            var settings = SyncSettings(folder: site.folder, destination: .folder("/srv/www"))
            settings.choice = SyncChoice(verifiesRemote: true, prunes: prunes)
            let report = try await SyncRun(settings, store: store, owner: "here").run()
            #expect(report.outcome == .nothingToDo)
            #expect(
                report.notes == [
                    "2 objects where the site is published have names that no publish gives, such as "
                        + "a%0Ab, c\\u{1b}[2J: they are somebody else's, and are left alone"
                ])
        }
    }

    @Test func `What is withheld is read again only when it has changed`() async throws {
        try await withTemporaryFolder { folder in
            let (site, store) = (try Site(Self.before, in: folder), MemoryStore())
            let list = folder + "/withdrawn.csv"
            try write("tag,since,reason\nx,,\n", to: list)
            var settings = SyncSettings(folder: site.folder, destination: .folder("/srv/www"))
            settings.withheld = [Withheld(name: "withdrawn.csv", localPath: list)]
            let state = LocalState(folder: folder + "/state")
            let run = SyncRun(settings, store: store, state: state, owner: "here")
            #expect(try await run.run().uploadCount == Self.before.count + 1)
            let found = try FileStatus(of: list)
            let status = try #require(found)
            let known = FileList([
                FileList.File(
                    path: "withdrawn.csv", digest: SHA256(of: [1]), byteCount: status.byteCount,
                    modified: status.modified)
            ])
            #expect(state.withheld.files.first?.isSame(status) == true)
            // A digest that it has not shows that it is not read.
            state.keep(withheld: known)
            #expect(try await run.run().plan.actions.map(\.reason) == [.content])
        }
    }

    /// Of an older copy of the archive, or another machine's; nil for no file at all.
    @Test(
        arguments: [
            (nil, 2), ("", 0), ("x,,\n", 1), ("#Y,,\n", 1), ("z,,\n", 2),
            ("X,2026-11-22,a\ny,,b\n", 0), ("x*,,\ny,,\n", 0),
        ] as [(String?, Int)])
    func `Lines of what was withdrawn that are missing here are refused`(
        lines: String?, missing: Int
    ) async throws {
        // Where strangers could read it, it is not stored, and this machine alone knows.
        for isPrivate in [true, false] {
            try await withTemporaryFolder { folder in
                let (site, store) = (try Site(Self.before, in: folder), MemoryStore())
                store.state.withLock { $0.isPrivate = isPrivate }
                let list = folder + "/withdrawn.csv"
                try write("tag,since,reason\nx,,\ny,,\n", to: list)
                var settings = SyncSettings(folder: site.folder, destination: .folder("/srv/www"))
                settings.withheld = [Withheld(name: "withdrawn.csv", localPath: list)]
                let mine = LocalState(folder: folder + "/mine")
                func run(_ state: LocalState) async throws {
                    _ = try await SyncRun(settings, store: store, state: state, owner: "here").run()
                }
                try await run(mine)
                if let lines {
                    try write("tag,since,reason\n" + lines, to: list)
                } else {
                    settings.withheld = []
                }
                guard missing > 0 else { return try await run(mine) }
                for state in isPrivate ? [mine, LocalState(folder: nil)] : [mine] {
                    await #expect(throws: SyncError.withdrawnMissing(count: missing)) {
                        try await run(state)
                    }
                }
                SyncRun.remember(restored: ["#x", "y"], in: folder + "/mine")
                try await run(mine)
                #expect(mine.restored == [])
            }
        }
    }

    @Test func `Progress tells the plan, then each action once`() async throws {
        try await withTemporaryFolder { folder in
            let site = try Site(Self.before, in: folder)
            let seen = Seen()
            let settings = SyncSettings(
                folder: site.folder, bucket: try S3Bucket(name: "site", region: "us-east-1"),
                prefix: try Prefix(""))
            _ = try await SyncRun(
                settings, store: MemoryStore(), owner: "here", progress: { seen.add($0) }
            ).run()
            #expect(seen.lines.first == "planned 6")
            #expect(
                seen.lines.dropFirst().sorted() == Self.before.keys.map { "done \($0)" }.sorted())
        }
    }

    private final class Seen: Sendable {
        private let kept = Mutex<[String]>([])
        var lines: [String] { kept.withLock { $0 } }
        func add(_ progress: SyncProgress) {
            kept.withLock { lines in
                switch progress {
                case .planned(let plan): lines.append("planned \(plan.actions.count)")
                case .done(let action, _): lines.append("done \(action.path)")
                }
            }
        }
    }
}
