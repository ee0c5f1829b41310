import AWS
import Digest
import Files
import Output
import Support
import Synchronization
import Testing

@testable import Sync

/// A publish that looks only at what the lists say to have changed must do what one does that looks at all.
@Suite struct BelievedListTests {
    private let key = "published"

    private func settings(_ site: Site, least: Int? = 0) -> SyncSettings {
        var settings = SyncSettings(folder: site.folder, destination: .folder("/srv/www"))
        settings.believed = least.map { (FileList([]), $0) }
        return settings
    }

    private func run(
        _ settings: SyncSettings, on store: some Store, _ state: LocalState
    ) async throws -> Report {
        var settings = settings
        // That which the last build has left.
        if let (_, least) = settings.believed {
            settings.believed = try OutputFolder(settings.folder).list().map { ($0, least) }
        }
        return try await SyncRun(settings, store: store, state: state, owner: "here").run()
    }

    private func state(_ folder: String) -> LocalState { LocalState(folder: folder + "/state") }

    /// A build made the site so.
    private func build(_ files: [String: String], in site: Site) throws {
        for path in try site.paths where files[path] == nil { try site.remove(path) }
        for (path, text) in files where site[path] != text { site[path] = text }
        try site.finish()
        try site.list()
    }

    private func anySite(_ random: inout SeededRandom) -> [String: String] {
        var files = ["index.html": "\(Int.random(in: 0..<9, using: &random))"]
        let names = [
            "a.html", "tags/a b/index.html", "tags/a/index.html", "tags/a!/index.html",
            "tags/é/index.html",
            "data/2026/10/tail-2026-10.csv.gz", "data/tail/2026/2026-10-01.csv",
            "data/tail/2026/2026-11-01.csv", "data/top/2026/2026-10-01.csv", "feed.xml",
        ]
        for name in names where Int.random(in: 0..<3, using: &random) > 0 || name.hasSuffix(".csv")
        {
            files[name] = String(repeating: "x", count: Int.random(in: 0..<3, using: &random))
        }
        return files
    }

    @Test(arguments: 1...20)
    func `The same is published, and as much of it, whatever fails`(seed: UInt64) async throws {
        try await withTemporaryFolder { folder in
            var random = SeededRandom(seed)
            let (quick, slow) = (MemoryStore(), MemoryStore())
            let site = try Site(["index.html": "0"], in: folder)
            let withheld = folder + "/withdrawn.csv"
            for round in 0..<12 {
                try build(anySite(&random), in: site)
                try write("tag\n\(Int.random(in: 0..<3, using: &random))\n", to: withheld)
                var (one, other) = (settings(site), settings(site, least: nil))
                one.withheld = [Withheld(name: "withdrawn.csv", localPath: withheld)]
                other.withheld = one.withheld
                if round > 0, Int.random(in: 0..<3, using: &random) == 0 {
                    quick.dies(
                        after: Int.random(in: 0..<6, using: &random),
                        doingTheLast: Bool.random(using: &random))
                    _ = try? await run(one, on: quick, state(folder))
                    quick.dies(after: .max)
                    // The next site comes before what was begun is ended.
                    if Bool.random(using: &random) { try build(anySite(&random), in: site) }
                }
                let report = try await run(one, on: quick, state(folder))
                #expect(report.outcome != .partly)
                let all = try await run(other, on: slow, LocalState(folder: nil))
                #expect(
                    report.plan.actions.count + report.plan.unchangedCount
                        - report.plan.actions.count { $0.kind == .delete }
                        == all.plan.actions.count + all.plan.unchangedCount
                        - all.plan.actions.count { $0.kind == .delete })
                #expect(
                    quick.state.withLock(\.objects) == slow.state.withLock(\.objects), "\(round)")
                #expect(
                    try await run(other, on: quick, LocalState(folder: nil)).outcome == .nothingToDo
                )
                #expect(try await run(one, on: quick, state(folder)).outcome == .nothingToDo)
            }
        }
    }

    /// A file of the list that is not so is not seen: that shows when the list is believed.
    private func changedUnseen(_ site: Site) throws {
        try site.remove("b.html")
        site["b.html"] = "by hand"
    }

    @Test func `The list is believed, and all is looked at by a sync`() async throws {
        try await withTemporaryFolder { folder in
            let (site, store) = (
                try Site(["index.html": "1", "b.html": "1"], in: folder), MemoryStore()
            )
            try site.list()
            _ = try await run(settings(site), on: store, state(folder))
            try changedUnseen(site)
            #expect(try await run(settings(site), on: store, state(folder)).outcome == .nothingToDo)
            // Nor is it believed for a small site.
            let few = try await run(settings(site, least: 3), on: store, state(folder))
            #expect(few.plan.actions.map(\.path.text) == ["b.html"])
            try site.list()
            site["b.html"] = "by hand again"
            let all = try await run(settings(site, least: nil), on: store, state(folder))
            #expect(all.plan.actions.map(\.path.text) == ["b.html"])
        }
    }

    enum Doubt: CaseIterable {
        case otherPublisher, otherPlace, noList, noState, damagedState, changedFile, verified
    }

    @Test(arguments: Doubt.allCases)
    func `In any doubt all files are looked at`(_ doubt: Doubt) async throws {
        try await withTemporaryFolder { folder in
            let site = try Site(["index.html": "1", "b.html": "1", "c.html": "1"], in: folder)
            var (store, settings) = (MemoryStore(), settings(site))
            try site.list()
            _ = try await run(settings, on: store, state(folder))
            try changedUnseen(site)
            let output = OutputFolder(site.folder)
            switch doubt {
            case .otherPublisher:
                let other = try Site(
                    ["index.html": "2", "b.html": "1", "c.html": "1"], in: folder + "/other")
                _ = try await run(self.settings(other), on: store, LocalState(folder: nil))
            case .otherPlace:
                settings.destination = .folder("/srv/other")
                store = MemoryStore()
                _ = try await run(settings, on: store, LocalState(folder: nil))
                site["b.html"] = "once more"
            case .noList: try FilePlace.remove(output.companion)
            case .noState: try FilePlace.remove(folder + "/state")
            case .damagedState:
                try WholeFile.write(Array("x\n1\nx".utf8), to: folder + "/state/\(key)")
            case .changedFile:
                site["b.html"] = "1"
                site["index.html"] = "2"
                try site.list()
                try changedUnseen(site)
                site["index.html"] = "by hand"
            case .verified: settings.choice.verifiesRemote = true
            }
            let report = try await run(settings, on: store, state(folder))
            #expect(report.outcome == .done)
            #expect(store.objects["b.html"] == site["b.html"])
            #expect(store.objects["index.html"] == site["index.html"])
        }
    }

    enum Killed: CaseIterable { case behindOldBase, beforeList, withinBase }

    @Test(arguments: Killed.allCases)
    func `What a publish left that was killed while it kept its list does no harm`(
        _ killed: Killed
    ) async throws {
        try await withTemporaryFolder { folder in
            let site = try Site(["index.html": "1", "b.html": "1"], in: folder)
            let store = MemoryStore()
            try site.list()
            let output = OutputFolder(site.folder)
            let list = try #require(try output.list()).rebased(from: 0).list
            let base = try #require(list.base)
            try WholeFile.write(base.text, to: "\(output.companion)/\(base.name)")
            try WholeFile.write(list.encoded, to: "\(output.companion)/\(FileList.name)")
            _ = try await run(settings(site), on: store, state(folder))
            try changedUnseen(site)
            #expect(try await run(settings(site), on: store, state(folder)).outcome == .nothingToDo)
            let kept = "\(folder)/state/\(base.name)"
            try FilePlace.remove(kept)
            switch killed {
            case .behindOldBase: break
            case .beforeList:
                try WholeFile.write([1], to: "\(folder)/state/\(FileList.name)-1")
            case .withinBase: try WholeFile.write(Array(base.text.dropLast(9)), to: kept)
            }
            // The next build wrote its list over another base.
            try site.list()
            try changedUnseen(site)
            #expect(try await run(settings(site), on: store, state(folder)).outcome == .done)
            #expect(store.objects["b.html"] == "by hand")
        }
    }

    @Test func `A site that is not whole is refused as ever`() async throws {
        try await withTemporaryFolder { folder in
            let (site, store) = (try Site(["index.html": "1"], in: folder), MemoryStore())
            try site.list()
            _ = try await run(settings(site), on: store, state(folder))
            try write("{\"files\": 2}", to: site.folder + "/.tidemark-site")
            await #expect(throws: SyncError.self) {
                try await run(settings(site), on: store, state(folder))
            }
            try FilePlace.remove(site.folder)
            await #expect(throws: SyncError.self) {
                try await run(settings(site), on: store, state(folder))
            }
            #expect(store.objects == ["index.html": "1"])
        }
    }

    @Test func `Neither a part of the site nor what failed is remembered`() async throws {
        try await withTemporaryFolder { folder in
            let files = ["index.html": "1", "b.html": "1", "c.html": "1"]
            let (site, store) = (try Site(files, in: folder), MemoryStore())
            try site.list()
            var part = settings(site)
            part.choice.only = [try #require(PathPattern("b.html"))]
            _ = try await run(part, on: store, state(folder))
            #expect(try await run(settings(site), on: store, state(folder)).uploadCount == 2)
            try build(["index.html": "2", "b.html": "2", "c.html": "2"], in: site)
            store.dies(after: 2)
            #expect(try await run(settings(site), on: store, state(folder)).outcome == .partly)
            store.dies(after: .max)
            _ = try await run(settings(site), on: store, state(folder))
            #expect(store.objects == ["index.html": "2", "b.html": "2", "c.html": "2"])
        }
    }
}
