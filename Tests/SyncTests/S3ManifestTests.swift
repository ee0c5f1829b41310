import AWS
import Digest
import Support
import Tasks
import Testing

@testable import Sync

/// Against a real S3 server: a manifest that has grown large is written as what changed.
@Suite(.enabled(if: S3Peer.isThere, "the S3 server of the test set-up is not installed"))
struct S3ManifestTests {
    private func client(_ peer: S3Peer) throws -> S3Client {
        try S3Client(
            bucket: S3Bucket(name: "site", region: "us-east-1", endpoint: peer.endpoint),
            credentials: Keys(pair: peer.publisher), retry: Retry(attempts: 5), maxActive: 1)
    }

    private func manifest(_ range: Range<Int>) throws -> Manifest {
        let headers = ObjectHeaders(contentType: "text/html", cacheControl: "no-cache")
        var manifest = Manifest()
        for number in range {
            let path = try #require(SitePath("tags/\(number)/index.html"))
            manifest.entries[path] = .init(
                content: .known(SHA256(of: [UInt8(number % 256)])), byteCount: number,
                headers: headers)
        }
        return manifest
    }

    @Test func `It is read back, from the base and what changed since, with one request`()
        async throws
    {
        try await withS3Peer { peer in
            try await withTemporaryFolder { folder in
                let client = try client(peer)
                let state = LocalState(folder: folder + "/state")
                func kept(_ state: LocalState = LocalState(folder: nil)) throws -> S3Manifest {
                    S3Manifest(client: client, prefix: try Prefix("p"), state: state)
                }
                /// The number of requests it takes.
                func cost(_ body: () async throws -> Void) async throws -> Int {
                    let before = client.requestCount
                    try await body()
                    return client.requestCount - before
                }
                func read(_ kept: S3Manifest) async throws -> (Manifest?, cost: Int) {
                    let before = client.requestCount
                    return (try await kept.read()?.manifest, client.requestCount - before)
                }
                func bytes(_ name: String) async throws -> Int {
                    try await client.list(prefix: "p/.tidemark/" + name).objects.first?.byteCount
                        ?? 0
                }

                let old = try manifest(0..<2000)
                #expect(try await kept().read() == nil)
                // A large one takes a base, and the first is written twice.
                var tag = ""
                #expect(try await cost { tag = try await kept(state).save(old, over: nil) } == 3)
                #expect(try await bytes("manifest.json") < 200)
                #expect(try await bytes("manifest-base-") > 20_000)

                // What changes goes into the small one.
                var new = old
                for number in 0..<20 {
                    let path = try #require(SitePath("tags/\(number * 7)/index.html"))
                    new.entries[path] = number == 0 ? nil : new.entries[path]
                    new.entries[path]?.content = .unknown
                }
                new.run = .init(owner: "here", name: "1", renewals: 0)
                let here = try kept(state)
                #expect(try await read(here) == (old, 1))
                #expect(try await cost { tag = try await here.save(new, over: tag) } == 1)
                #expect(try await bytes("manifest.json") < 2000)

                // Another machine asks for the base too.
                #expect(try await read(kept()) == (new, 2))

                // When much has changed, a new base takes the place of the old one.
                let later = try manifest(1500..<4000)
                #expect(try await cost { tag = try await here.save(later, over: tag) } == 3)
                let bases = try await client.list(prefix: "p/.tidemark/manifest-base-").objects
                #expect(bases.count == 1)
                #expect(try await kept(state).read()?.manifest == later)
                #expect(try await kept(state).read()?.tag == tag)

                // A base that is not the one meant is no base.
                try await client.put(
                    #require(bases.first).key, Array("{}".utf8),
                    headers: ObjectHeaders(contentType: "", cacheControl: ""))
                await #expect(throws: SyncError.self) { try await kept().read() }
                #expect(try await kept(state).read()?.manifest == later)
            }
        }
    }
}
