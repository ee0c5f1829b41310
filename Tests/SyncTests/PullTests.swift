import AWS
import Foundation
import Support
import Testing

@testable import Sync

@Suite struct PullTests {
    private static let archive = [
        "windows/2025.csv": "slot\nlast\n", "windows/2026.csv": "slot\na\nb\n",
        "top/2026/2026-11-22.csv": "top\nx\n", "trending/2026/2026-11-22.csv": "trending\n",
        "tail/2026/2026-11-22.csv": "tail\ny\n",
    ]

    /// A store that a publish of a site with this archive has filled.
    private func published(
        _ archive: [String: String] = archive, withheld: [String: String] = [:], in folder: String
    ) async throws -> MemoryStore {
        let store = MemoryStore()
        var files = ["index.html": "<!doctype html>", "data/latest.json": "{}", "data/x.csv": "?"]
        for (name, text) in archive { files["data/\(name)"] = text }
        var settings = SyncSettings(
            folder: try Site(files, in: folder + "/site").folder, destination: .folder(""))
        for (name, text) in withheld {
            try write(text, to: "\(folder)/withheld/\(name)")
            settings.withheld.append(
                Withheld(name: name, localPath: "\(folder)/withheld/\(name)"))
        }
        _ = try await SyncRun(settings, store: store, owner: "elsewhere").run()
        return store
    }

    private func contents(_ folder: String) throws -> [String: String] {
        var found: [String: String] = [:]
        for path in try FileManager.default.subpathsOfDirectory(atPath: folder) {
            let text = try? String(contentsOfFile: "\(folder)/\(path)", encoding: .utf8)
            if let text { found[path] = text }
        }
        return found
    }

    @Test func `An archive comes back whole, and a second time there is nothing to fetch`()
        async throws
    {
        try await withTemporaryFolder { folder in
            let store = try await published(in: folder)
            let here = folder + "/archive"
            let report = try await Pull(from: store, into: here).run()
            #expect(report == PullReport(fetchedCount: 5, byteCount: 41))
            #expect(try contents(here) == Self.archive)
            #expect(try await Pull(from: store, into: here).run() == PullReport(unchangedCount: 5))
        }
    }

    @Test func `A file that the site shows in part is fetched whole, with what it withholds`()
        async throws
    {
        try await withTemporaryFolder { folder in
            let whole = [
                "withdrawn.csv": "tag\nz\n", "top/2026/2026-11-22.csv": "top\nx\nz\n",
            ]
            let store = try await published(withheld: whole, in: folder)
            let here = folder + "/archive"
            _ = try await Pull(from: store, into: here).run()
            #expect(try contents(here) == Self.archive.merging(whole) { $1 })
        }
    }

    @Test func `Where strangers could read it, what is withheld is not stored, or not any more`()
        async throws
    {
        try await withTemporaryFolder { folder in
            let withheld = ["withdrawn.csv": "tag\nz\n"]
            let store = try await published(withheld: withheld, in: folder)
            #expect(store.objects[".tidemark/archive/withdrawn.csv"] == "tag\nz\n")
            store.state.withLock { $0.isPrivate = false }
            var settings = SyncSettings(folder: folder + "/site/public", destination: .folder(""))
            settings.withheld = [
                Withheld(
                    name: "withdrawn.csv", localPath: folder + "/withheld/withdrawn.csv")
            ]
            try write("tag\nz\nzz\n", to: folder + "/withheld/withdrawn.csv")
            let report = try await SyncRun(settings, store: store, owner: "here").run()
            #expect(report.notes.first?.contains("not saved, as") == true)
            #expect(store.objects[".tidemark/archive/withdrawn.csv"] == nil)
        }
    }

    @Test func `An older archive is brought up to date, a newer or another one stays as it is`()
        async throws
    {
        try await withTemporaryFolder { folder in
            let store = try await published(in: folder)
            let older = folder + "/older"
            try write("slot\na\n", to: older + "/windows/2026.csv")
            try write("top\n", to: older + "/top/2026/2026-11-22.csv")
            #expect(try await Pull(from: store, into: older).run().fetchedCount == 5)
            #expect(try contents(older) == Self.archive)

            for (name, text) in [
                ("windows/2026.csv", "slot\na\nb\nc\n"), ("windows/2026.csv", "slot\nA\n"),
                ("tail/2026/2026-11-22.csv", "tail\ny\nz"),
            ] {
                let here = folder + "/" + UUID().uuidString
                try write(text, to: "\(here)/\(name)")
                await #expect(throws: SyncError.diverged(["\(here)/\(name)"])) {
                    try await Pull(from: store, into: here).run()
                }
                #expect(try contents(here) == [name: text])
            }
        }
    }

    @Test func `A pull that breaks off leaves a mark and whole files, and the next one finishes`()
        async throws
    {
        try await withTemporaryFolder { folder in
            let store = try await published(in: folder)
            let here = folder + "/archive"
            let path = try #require(SitePath("data/windows/2025.csv"))
            let good = try #require(store.state.withLock { $0.objects[path] })
            store.state.withLock { $0.objects[path]?.bytes = Array("tampered".utf8) }
            await #expect(throws: SyncError.damaged(path: path, reason: "its checksum is another"))
            { try await Pull(from: store, into: here).run() }
            #expect(try Pull.isUnfinished(in: here))
            #expect(try contents(here).keys.allSatisfy { !$0.hasPrefix("windows/") })
            store.state.withLock { $0.objects[path] = good }
            #expect(try await Pull(from: store, into: here).run().fetchedCount == 2)
            #expect(try !Pull.isUnfinished(in: here))
            #expect(try contents(here) == Self.archive)
        }
    }

    @Test func `What a dead publish may have written is fetched, and said to be uncertain`()
        async throws
    {
        try await withTemporaryFolder { folder in
            let store = try await published(in: folder)
            var files = Self.archive.merging(["windows/2026.csv": "slot\na\nb\nc\n"]) { $1 }
            files["top/2026/2026-11-23.csv"] = "top\nnew\n"
            files["x.csv"] = "?"
            let later = try Site(
                Dictionary(uniqueKeysWithValues: files.map { ("data/\($0)", $1) }), in: folder)
            store.dies(after: 1)
            var settings = SyncSettings(folder: later.folder, destination: .folder(""))
            settings.choice.maxDeletes = 9
            _ = try? await SyncRun(settings, store: store, owner: "elsewhere").run()
            store.dies(after: .max)
            let report = try await Pull(from: store, into: folder + "/archive").run()
            #expect(report.unverified == ["windows/2026.csv"])
            #expect(try contents(folder + "/archive") == Self.archive)
        }
    }

    @Test func `While another machine publishes, nothing is fetched`() async throws {
        try await withTemporaryFolder { folder in
            let store = try await published(in: folder)
            let stored = try #require(try store.manifest())
            var manifest = stored.manifest
            manifest.run = .init(owner: "elsewhere", name: "a", renewals: 0)
            _ = try store.save(manifest, over: stored.tag)
            store.state.withLock { $0.age = 20 }
            await #expect(throws: SyncError.busy(seconds: 280)) {
                try await Pull(from: store, into: folder + "/archive").run()
            }
            store.state.withLock { $0.age = 400 }
            #expect(try await Pull(from: store, into: folder + "/archive").run().fetchedCount == 5)
        }
    }

    @Test func `Where nothing is published, nothing is fetched`() async throws {
        try await withTemporaryFolder { folder in
            #expect(
                try await Pull(from: MemoryStore(), into: folder + "/archive").run()
                    == PullReport(isEmpty: true))
            let store = try await published([:], in: folder)
            #expect(
                try await Pull(from: store, into: folder + "/archive").run()
                    == PullReport(isEmpty: true))
            #expect(!FileManager.default.fileExists(atPath: folder + "/archive"))
        }
    }

    @Test(arguments: [
        ("data/windows/2026.csv", "windows/2026.csv"), ("data/tail/a.csv", "tail/a.csv"),
        (".tidemark/archive/withdrawn.csv", "withdrawn.csv"),
        (".tidemark/archive/top/2026/a.csv", "top/2026/a.csv"),
        ("data/withdrawn.csv", nil), ("data/latest.json", nil), ("data/x.csv", nil),
        ("windows/2026.csv", nil), ("data/windows/2026.csv.gz", nil),
        (".tidemark/archive/.lock", nil),
    ])
    func `Only files of an archive are taken for some`(_ path: String, name: String?) throws {
        #expect(ArchivePath(try #require(SitePath(path)))?.name == name)
    }
}
