import AWS
import Support
import Synchronization
import Testing

@testable import Sync

@Suite struct LeaseTests {
    private static let files = [
        "index.html": "1", "a.html": "1", "data/windows/a.csv": "slot\n1\n",
    ]

    private func run(
        _ folder: String, on store: MemoryStore, owner: String,
        sleep: @escaping @Sendable (Duration) async throws -> Void = {
            try await Task.sleep(for: $0)
        }
    ) async throws -> Report {
        let settings = SyncSettings(
            folder: try Site(Self.files, in: folder).folder,
            bucket: try S3Bucket(name: "site", region: "us-east-1"), prefix: try Prefix(""))
        return try await SyncRun(settings, store: store, owner: owner, sleep: sleep).run()
    }

    /// A store with the mark of a run that died over its first upload.
    private func died(_ owner: String, _ folder: String) async throws -> MemoryStore {
        let store = MemoryStore()
        store.dies(after: 1)
        #expect(try await run(folder, on: store, owner: owner).outcome == .partly)
        store.dies(after: .max)
        return store
    }

    @Test func `A live run of another machine is left alone, a dead one is taken over`()
        async throws
    {
        try await withTemporaryFolder { folder in
            let store = try await died("there", folder)
            store.state.withLock { $0.age = 10 }
            await #expect(throws: SyncError.busy(seconds: 290)) {
                try await run(folder, on: store, owner: "here")
            }
            store.state.withLock { $0.age = 300 }
            #expect(try await run(folder, on: store, owner: "here").outcome == .done)
            #expect(store.objects == Self.files)
        }
    }

    @Test func `A dead run of this machine is taken over at once`() async throws {
        try await withTemporaryFolder { folder in
            let store = try await died("here", folder)
            store.state.withLock { $0.age = 0 }
            #expect(try await run(folder, on: store, owner: "here").outcome == .done)
            #expect(store.objects == Self.files)
        }
    }

    @Test func `A run that is overtaken stops at once, and leaves the other's manifest alone`()
        async throws
    {
        try await withTemporaryFolder { folder in
            let store = MemoryStore()
            // The first renewal comes after a rival has made its mark.
            let report = try await run(folder, on: store, owner: "here") { [store] _ in
                while store.state.withLock({ $0.history.isEmpty }) { await Task.yield() }
                let tag = try store.manifest()?.tag
                let rival = Manifest(run: .init(owner: "there", name: "rival", renewals: 0))
                _ = try store.save(rival, over: tag)
            }
            #expect(report.failures.map(\.error).contains(.overtaken))
            #expect(try store.manifest()?.manifest.run?.name == "rival")
        }
    }

    @Test func `A mark that is renewed is another one, and the end of the run still finds it`()
        async throws
    {
        try await withTemporaryFolder { folder in
            let store = MemoryStore()
            let renewals = Mutex(0)
            let report = try await run(folder, on: store, owner: "here") { _ in
                let count = renewals.withLock { count in
                    count += 1
                    return count
                }
                // Three renewals, then nothing more until the run is over.
                if count > 3 { try await Task.sleep(for: .seconds(3600)) }
            }
            #expect(report.outcome == .done)
            #expect(store.objects == Self.files)
            #expect(try store.manifest()?.manifest.run == nil)
        }
    }
}
