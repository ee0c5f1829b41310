import AWS
import Foundation
import Support
import Synchronization
import Tasks
import Testing

@testable import Sync

/// The whole way to a real S3 server that checks signatures.
@Suite(
    .enabled(if: S3Peer.isThere, "the S3 server of the test set-up is not installed"), .serialized)
struct S3StoryTests {
    private struct Bucket {
        var peer: S3Peer
        var prefix = "site"
        var name = "site"

        func client() throws -> S3Client {
            try S3Client(
                bucket: bucket(), credentials: Keys(pair: peer.publisher),
                retry: Retry(attempts: 5), maxActive: 4)
        }

        func bucket() throws -> S3Bucket {
            try S3Bucket(name: name, region: "us-east-1", endpoint: peer.endpoint)
        }

        func publish(
            _ site: Site, maxDeletes: Int = 256, isDryRun: Bool = false,
            by pair: (accessKeyID: String, secretAccessKey: String)? = nil,
            progress: @escaping @Sendable (SyncProgress) -> Void = { _ in }
        ) async throws -> Report {
            try await SyncRun(
                SyncSettings(
                    folder: site.folder, bucket: bucket(), prefix: Prefix(prefix),
                    choice: SyncChoice(maxDeletes: maxDeletes), stateFolder: site.folder + ".sync"),
                credentials: Keys(pair: pair ?? peer.publisher), isDryRun: isDryRun,
                progress: progress
            ).run()
        }

        /// Every object under the prefix but the manifest, as served.
        func objects() async throws -> [String: S3Object] {
            let client = try client()
            var objects: [String: S3Object] = [:]
            for listing in try await client.list(prefix: prefix + "/").objects {
                let path = String(listing.key.text.dropFirst(prefix.count + 1))
                if path == ".tidemark/manifest.json" { continue }
                objects[path] = try await client.get(listing.key, byteLimit: 1 << 20)
            }
            return objects
        }

        func holdsExactly(_ site: Site) async throws -> Bool {
            let objects = try await objects()
            let texts = objects.mapValues { String(decoding: $0.bytes, as: UTF8.self) }
            let expected = Dictionary(uniqueKeysWithValues: try site.paths.map { ($0, site[$0]) })
            return texts == expected
        }
    }

    @Test func `A site goes up whole, then only what changed, and nothing of others is touched`()
        async throws
    {
        try await withS3Peer { peer in
            try await withTemporaryFolder { folder in
                let bucket = Bucket(peer: peer)
                let site = try Site(Site.sample, in: folder)
                let other = try ObjectKey("site2/index.html")
                let foreign = try ObjectKey("site/by-hand.txt")
                for key in [other, foreign] {
                    try await bucket.client().put(
                        key, Array("mine".utf8),
                        headers: ObjectHeaders(contentType: "text/plain", cacheControl: "no-cache"))
                }

                // A dry run first: it says all of it and does none of it.
                let dry = try await bucket.publish(site, isDryRun: true)
                #expect(dry.plan.actions.count == 11)
                #expect(try await bucket.objects().keys.sorted() == ["by-hand.txt"])

                let first = try await bucket.publish(site)
                #expect(first.outcome == .done, "\(first)")
                #expect(first.uploadCount == 11 && first.deleteCount == 0)
                var there = try await bucket.objects()
                #expect(there.removeValue(forKey: "by-hand.txt") != nil)
                #expect(there.keys.sorted() == Site.sample.keys.sorted())
                for (path, object) in there {
                    #expect(String(decoding: object.bytes, as: UTF8.self) == site[path], "\(path)")
                    #expect(object.headers.contentType == ContentType(path: path).text, "\(path)")
                    #expect(object.headers.cacheControl == CacheControl(path: path).text, "\(path)")
                }

                let second = try await bucket.publish(site)
                #expect(second.outcome == .nothingToDo)
                #expect(second.requestCount == 1)
                #expect(second.plan.unchangedCount == 11)

                site["index.html"] = "<!doctype html><title>Later</title>"
                let third = try await bucket.publish(site)
                #expect(third.uploadCount == 1 && third.requestCount == 4)
                #expect(third.plan.actions.map(\.reason) == [.content])

                try site.remove("tags/100%/index.html")
                try site.finish()
                let fourth = try await bucket.publish(site)
                #expect(
                    fourth.uploadCount == 0 && fourth.deleteCount == 1 && fourth.requestCount == 4)

                there = try await bucket.objects()
                #expect(there.removeValue(forKey: "by-hand.txt") != nil)
                #expect(
                    there["index.html"]?.bytes == Array("<!doctype html><title>Later</title>".utf8))
                #expect(there.keys.sorted() == (try site.paths).sorted())
                #expect(
                    try await bucket.client().get(other, byteLimit: 10)?.bytes == Array("mine".utf8)
                )

                #expect(try await bucket.publish(site).outcome == .nothingToDo)
            }
        }
    }

    @Test func `Refusals and denials are one clear sentence and change nothing`() async throws {
        try await withS3Peer { peer in
            try await withTemporaryFolder { folder in
                let bucket = Bucket(peer: peer)
                let site = try Site(Site.sample, in: folder)

                let denied = await #expect(throws: SyncError.self) {
                    try await bucket.publish(site, by: peer.reader)
                }
                #expect(
                    denied?.description == """
                        PutObject on site/site/.tidemark/manifest.json: access denied (AccessDenied); the credentials \
                        need s3:PutObject on arn:aws:s3:::site/*, and s3:ListBucket on arn:aws:s3:::site
                        """)
                #expect(denied?.isRefusal == false)
                let unknown = await #expect(throws: SyncError.self) {
                    try await bucket.publish(site, by: ("NOBODY", "secret-of-nobody"))
                }
                #expect(unknown?.description.contains("access key id is not known") == true)
                let mistyped = await #expect(throws: SyncError.self) {
                    try await bucket.publish(site, by: (peer.publisher.accessKeyID, "wrong-secret"))
                }
                #expect(mistyped?.description.contains("AWS_SECRET_ACCESS_KEY") == true)
                #expect(mistyped?.description.contains("wrong-secret") == false)
                let missing = await #expect(throws: SyncError.self) {
                    try await Bucket(peer: peer, name: "no-such-bucket").publish(site)
                }
                #expect(missing?.description.contains("there is no such bucket") == true)
                #expect(try await bucket.objects().isEmpty)

                _ = try await bucket.publish(site)
                for path in ["feed.xml", "sitemap.xml", "assets/empty.js"] { try site.remove(path) }
                try site.finish()
                await #expect(throws: SyncError.tooManyDeletes(count: 3, limit: 2)) {
                    try await bucket.publish(site, maxDeletes: 2)
                }
                try site.remove("data/top/2026-11-22.csv")
                try site.finish()
                let shrunk = await #expect(throws: SyncError.self) {
                    try await bucket.publish(site)
                }
                #expect(shrunk?.isRefusal == true)
                #expect(shrunk?.description.contains("the archive never shrinks") == true)
                try site.remove(".tidemark-site")
                let unfinished = await #expect(throws: SyncError.self) {
                    try await bucket.publish(site)
                }
                #expect(unfinished?.isRefusal == true)
                let there = try await bucket.objects().mapValues {
                    String(decoding: $0.bytes, as: UTF8.self)
                }
                #expect(there == Site.sample)
            }
        }
    }

    private final class Stopper: Sendable {
        let task = Mutex<Task<Report, any Error>?>(nil)
        func stop() { task.withLock { $0?.cancel() } }
    }

    @Test func `A publish that is stopped half-way, repeated, ends as if it had not been`()
        async throws
    {
        try await withS3Peer { peer in
            try await withTemporaryFolder { folder in
                let bucket = Bucket(peer: peer)
                let pages = (0..<200).map { ("\($0)/index.html", "<!doctype html><p>\($0)") }
                let site = try Site(Dictionary(uniqueKeysWithValues: pages), in: folder)
                let stopper = Stopper()
                let task = Task {
                    try await bucket.publish(site) { progress in
                        if case .done(let action, _) = progress,
                            action.path.text == "150/index.html"
                        {
                            stopper.stop()
                        }
                    }
                }
                stopper.task.withLock { $0 = task }
                let stopped = try await task.value
                #expect(stopped.outcome == .partly)
                #expect((1..<200).contains(stopped.uploadCount))
                #expect(try await bucket.publish(site).outcome == .done)
                #expect(try await bucket.holdsExactly(site))
                #expect(try await bucket.publish(site).outcome == .nothingToDo)
            }
        }
    }

    @Test
    func `A lost manifest is worked out again from the bucket, with the headers of each object`()
        async throws
    {
        try await withS3Peer { peer in
            try await withTemporaryFolder { folder in
                let bucket = Bucket(peer: peer)
                let client = try bucket.client()
                let site = try Site(Site.sample, in: folder)
                _ = try await bucket.publish(site)
                _ = try await client.delete([ObjectKey("site/.tidemark/manifest.json")])
                try await client.put(
                    ObjectKey("site/feed.xml"), Array(site["feed.xml"].utf8),
                    headers: ObjectHeaders(contentType: "text/xml", cacheControl: "no-cache"))
                try await client.put(
                    ObjectKey("site/index.html"), Array("damaged".utf8),
                    headers: ObjectHeaders(
                        contentType: "text/html; charset=utf-8", cacheControl: "no-cache"))

                let report = try await bucket.publish(site)
                #expect(report.plan.actions.map(\.path.text) == ["feed.xml", "index.html"])
                #expect(report.plan.actions.map(\.reason) == [.headers, .unknown])
                #expect(try await bucket.holdsExactly(site))
                #expect(try await bucket.publish(site).outcome == .nothingToDo)
            }
        }
    }

    private static func manifest(_ run: String) -> Manifest {
        Manifest(run: .init(owner: "elsewhere", name: run, renewals: 0))
    }

    @Test func `Of two publishes at once one is told that it was overtaken`() async throws {
        try await withS3Peer { peer in
            try await withTemporaryFolder { folder in
                let bucket = Bucket(peer: peer)
                let client = try bucket.client()
                let store = S3Store(client: client, prefix: try Prefix("site"))
                let tag = try await store.save(Self.manifest("a"), over: nil)
                await #expect(throws: SyncError.overtaken) {
                    try await store.save(Self.manifest("b"), over: nil)
                }
                let next = try await store.save(Manifest(), over: tag)
                let site = try Site(Site.sample, in: folder)
                _ = try await bucket.publish(site)
                await #expect(throws: SyncError.overtaken) {
                    try await store.save(Self.manifest("c"), over: next)
                }
                #expect(try await bucket.publish(site).outcome == .nothingToDo)
            }
        }
    }
}
