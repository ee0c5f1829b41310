import AWS
import Foundation
import Support
import Testing

@testable import Sync

/// A folder of a web server in the place of a bucket.
@Suite struct FolderStoreTests {
    private func publish(_ site: Site, to folder: String) async throws -> Report {
        try await SyncRun(
            SyncSettings(folder: site.folder, destination: .folder(folder)),
            credentials: CredentialChain([])
        ).run()
    }

    private func contents(_ folder: String) throws -> [String: String] {
        var found: [String: String] = [:]
        for path in try FileManager.default.subpathsOfDirectory(atPath: folder)
        where !path.hasPrefix(".tidemark") {
            let text = try? String(contentsOfFile: "\(folder)/\(path)", encoding: .utf8)
            if let text { found[path] = text }
        }
        return found
    }

    @Test func `A site goes into the folder as it is, then only what changed; others' files stay`()
        async throws
    {
        try await withTemporaryFolder { folder in
            let there = folder + "/www"
            try write("mine", to: there + "/by-hand.txt")
            try write("mine", to: there + "/tags/100%/by-hand.txt")
            let site = try Site(Site.sample, in: folder)
            let own = ["by-hand.txt": "mine", "tags/100%/by-hand.txt": "mine"]
            let first = try await publish(site, to: there)
            #expect(first.outcome == .done && first.uploadCount == Site.sample.count)
            #expect(try contents(there) == Site.sample.merging(own) { $1 })
            #expect(try await publish(site, to: there).outcome == .nothingToDo)

            let before = try FileManager.default.attributesOfItem(atPath: there + "/feed.xml")
            site["index.html"] = "later"
            try site.remove("tags/100%/index.html")
            try site.remove("tags/a+b & c/index.html")
            try site.finish()
            let second = try await publish(site, to: there)
            #expect(second.uploadCount == 1 && second.deleteCount == 2)
            var expected = Site.sample.merging(own) { $1 }
            expected["index.html"] = "later"
            expected["tags/100%/index.html"] = nil
            expected["tags/a+b & c/index.html"] = nil
            #expect(try contents(there) == expected)
            let after = try FileManager.default.attributesOfItem(atPath: there + "/feed.xml")
            #expect(before[.systemFileNumber] as? Int == after[.systemFileNumber] as? Int)
            // A folder goes with the last file in it, and no earlier.
            #expect(!FileManager.default.fileExists(atPath: there + "/tags/a+b & c"))
            #expect(FileManager.default.fileExists(atPath: there + "/tags/100%"))
            let left = try FileManager.default.subpathsOfDirectory(atPath: there)
            #expect(!left.contains { $0.hasSuffix(".new") })
        }
    }

    @Test(arguments: [
        ("file", "it is not a folder"), ("link", "it is a link to what is not there"),
        ("link to a file", "it is not a folder"),
    ])
    func `What is no folder is named`(what: String, reason: String) async throws {
        try await withTemporaryFolder { folder in
            let (there, real) = (folder + "/www", folder + "/disk")
            if what != "link" { try write("", to: what == "file" ? there : real) }
            if what != "file" {
                try FileManager.default.createSymbolicLink(
                    atPath: there, withDestinationPath: real)
            }
            let site = try Site(Site.sample, in: folder)
            let error = await #expect(throws: SyncError.self) { try await publish(site, to: there) }
            let place = what == "link to a file" ? real : there
            #expect(error?.description.hasPrefix("\(place): cannot be written: \(reason)") == true)
        }
    }

    @Test func `A lost manifest is made again, and a listing finds what was changed by hand`()
        async throws
    {
        try await withTemporaryFolder { folder in
            let there = folder + "/www"
            let site = try Site(Site.sample, in: folder)
            _ = try await publish(site, to: there)
            try FileManager.default.removeItem(atPath: there + "/.tidemark/manifest.json")
            _ = try await publish(site, to: there)
            #expect(try await publish(site, to: there).outcome == .nothingToDo)

            try write("damaged", to: there + "/feed.xml")
            var settings = SyncSettings(folder: site.folder, destination: .folder(there))
            settings.choice.verifiesRemote = true
            let report = try await SyncRun(settings, credentials: CredentialChain([])).run()
            #expect(report.plan.actions.map(\.path.text) == ["feed.xml"])
            #expect(try contents(there) == Site.sample)
        }
    }

    @Test func `No link among the folders leads out of the place`() async throws {
        try await withTemporaryFolder { folder in
            let there = folder + "/www"
            try FileManager.default.createDirectory(
                atPath: folder + "/elsewhere", withIntermediateDirectories: true)
            try FileManager.default.createDirectory(
                atPath: there, withIntermediateDirectories: true)
            try FileManager.default.createSymbolicLink(
                atPath: there + "/tags", withDestinationPath: folder + "/elsewhere")
            let site = try Site(Site.sample, in: folder)
            let report = try await publish(site, to: there)
            #expect(report.outcome == .partly)
            #expect("\(report)".contains("/www/tags: cannot be written: it is not a folder"))
            #expect(try contents(folder + "/elsewhere") == [:])
        }
    }

    @Test func `Of two manifests at once one is refused`() async throws {
        try await withTemporaryFolder { folder in
            let store = FolderStore(folder: folder + "/www")
            let tag = try store.save(Manifest(), over: nil)
            #expect(throws: SyncError.overtaken) { try store.save(Manifest(), over: nil) }
            let path = try #require(SitePath("a"))
            let entry = Manifest.Entry(
                content: .unknown, byteCount: 1, headers: ObjectHeaders(path: path))
            _ = try store.save(Manifest(entries: [path: entry]), over: tag)
            #expect(throws: SyncError.overtaken) { try store.save(Manifest(), over: tag) }
            #expect(try store.manifest()?.manifest == Manifest(entries: [path: entry]))
        }
    }
}
