import AWS
import Foundation
import Support
import Synchronization
import Testing

@testable import Sync

/// Publishes with caches before the store.
@Suite struct EdgeTests {
    /// Keeps the orders it got, and what the store held when it got them.
    private final class Orders: Edge {
        let base = "/"
        let store: MemoryStore
        let isAway = Mutex(false)
        let taken = Mutex<[(paths: [String], reference: String)]>([])

        init(_ store: MemoryStore) { self.store = store }

        func forget(_ paths: [String], reference: String) throws(SyncError) {
            if isAway.withLock({ $0 }) { throw .store(.file("the edge", reason: "away")) }
            taken.withLock { $0.append((paths, reference)) }
        }

        var paths: [[String]] { taken.withLock { $0.map(\.paths) } }
        var references: Set<String> { taken.withLock { Set($0.map(\.reference)) } }
    }

    private static let before = ["index.html": "old", "a/index.html": "old", "gone.html": "g"]
    private static let after = ["index.html": "new", "a/index.html": "new", "b/index.html": "n"]
    private static let order = ["/", "/a/*", "/index.html"]

    private func run(
        _ site: Site, on store: MemoryStore, before edge: (any Edge)?
    ) async throws -> Report {
        let settings = SyncSettings(
            folder: site.folder, bucket: try S3Bucket(name: "site", region: "us-east-1"),
            prefix: try Prefix("site"), concurrency: 3)
        return try await SyncRun(settings, store: store, edge: edge, owner: "here").run()
    }

    @Test func `What changed is forgotten, not what is new or gone, before deletes and once`()
        async throws
    {
        try await withTemporaryFolder { folder in
            let store = MemoryStore()
            let edge = Orders(store)
            let first = try await run(Site(Self.before, in: folder + "/1"), on: store, before: edge)
            #expect(edge.paths == [] && first.invalidated == [])
            let new = try Site(Self.after, in: folder + "/2")
            let report = try await run(new, on: store, before: edge)
            #expect(edge.paths == [Self.order] && report.invalidated == Self.order)
            #expect("\(report)".contains("3 paths invalidated"))
            #expect(try await run(new, on: store, before: edge).outcome == .nothingToDo)
            #expect(edge.paths.count == 1)
        }
    }

    @Test func `An edge that is away leaves the old pages, and the next run goes on from there`()
        async throws
    {
        try await withTemporaryFolder { folder in
            let store = MemoryStore()
            let edge = Orders(store)
            _ = try await run(Site(Self.before, in: folder + "/1"), on: store, before: edge)
            edge.isAway.withLock { $0 = true }
            let new = try Site(Self.after, in: folder + "/2")
            let failed = try await run(new, on: store, before: edge)
            #expect(failed.outcome == .partly)
            #expect("\(failed)".contains("the site is up, but CloudFront may serve the old one"))
            #expect(store.objects == Self.after.merging(["gone.html": "g"]) { $1 })
            // Nobody told the edge meanwhile, and nothing else is to be done.
            #expect(try await run(new, on: store, before: edge).uploadCount == 0)
            edge.isAway.withLock { $0 = false }
            let done = try await run(new, on: store, before: edge)
            #expect(done.outcome == .done && done.uploadCount == 0)
            #expect(edge.paths == [Self.order] && store.objects == Self.after)
            #expect(try await run(new, on: store, before: edge).outcome == .nothingToDo)
        }
    }

    @Test(arguments: 0..<8, [false, true])
    func `A run that dies at any write still tells the edge after the last upload, and pays once`(
        _ writes: Int, doingTheLast: Bool
    ) async throws {
        try await withTemporaryFolder { folder in
            let store = MemoryStore()
            let edge = Orders(store)
            _ = try await run(Site(Self.before, in: folder + "/1"), on: store, before: edge)
            let new = try Site(Self.after, in: folder + "/2")
            store.dies(after: writes, doingTheLast: doingTheLast)
            _ = try? await run(new, on: store, before: edge)
            store.dies(after: .max)
            _ = try await run(new, on: store, before: edge)
            #expect(Set(edge.paths) == [Self.order])
            #expect(edge.references.count == 1)
            #expect(try await run(new, on: store, before: edge).outcome == .nothingToDo)
        }
    }

    @Test func `The same change later is another order`() async throws {
        try await withTemporaryFolder { folder in
            let store = MemoryStore()
            let edge = Orders(store)
            let sites = try ["old", "new"].map {
                try Site(["index.html": $0], in: folder + "/" + $0)
            }
            for site in sites + sites { _ = try await run(site, on: store, before: edge) }
            #expect(edge.paths.count == 3 && edge.references.count == 3)
        }
    }

    @Test func `What one run could not tell is told with what the next changed`() async throws {
        try await withTemporaryFolder { folder in
            let store = MemoryStore()
            let edge = Orders(store)
            let site = try Site(Self.before, in: folder)
            _ = try await run(site, on: store, before: edge)
            edge.isAway.withLock { $0 = true }
            site["index.html"] = "new"
            _ = try await run(site, on: store, before: edge)
            edge.isAway.withLock { $0 = false }
            site["a/index.html"] = "new"
            _ = try await run(site, on: store, before: edge)
            #expect(edge.paths == [Self.order])
            // Without an edge nothing is kept for one.
            edge.isAway.withLock { $0 = true }
            site["index.html"] = "newer"
            _ = try await run(site, on: store, before: edge)
            _ = try await run(site, on: store, before: nil)
            edge.isAway.withLock { $0 = false }
            #expect(try await run(site, on: store, before: edge).outcome == .nothingToDo)
        }
    }
}
