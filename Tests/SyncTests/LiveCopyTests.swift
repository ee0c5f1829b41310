import AWS
import Foundation
import Support
import Tasks
import Testing

@testable import Sync

/// The file that is published each minute beside the site.
@Suite struct LiveCopyTests {
    private static let document = Array("{\"version\":1}\n".utf8)

    /// Publishes a site, the file, and the site again in every way that looks at what is there.
    private func story(
        _ site: Site, at destination: Destination, as credentials: any CredentialSource,
        look: () async throws -> String?
    ) async throws {
        func publish(_ choice: SyncChoice = SyncChoice()) async throws -> Report {
            try await SyncRun(
                SyncSettings(folder: site.folder, destination: destination, choice: choice),
                credentials: credentials
            ).run()
        }
        let copy = try #require(
            try LiveCopy(
                at: destination, credentials: credentials, retry: Retry(attempts: 3)))
        #expect(try await publish().outcome == .done)
        try await copy.put(Self.document)
        #expect(try await look() == String(decoding: Self.document, as: UTF8.self))
        for choice in [
            SyncChoice(), SyncChoice(verifiesRemote: true), SyncChoice(prunes: true),
        ] {
            let report = try await publish(choice)
            #expect(report.outcome == .nothingToDo && report.plan.actions.isEmpty)
            #expect(report.notes.isEmpty, "\(report.notes)")
        }
        try await copy.put(Array("2".utf8))
        #expect(try await look() == "2")
    }

    @Test func `no publish to a folder plans, lists or deletes it`() async throws {
        try await withTemporaryFolder { folder in
            let site = try Site(Site.sample, in: folder)
            try await story(site, at: .folder(folder + "/www"), as: CredentialChain([])) {
                text(folder + "/www/live.json")
            }
        }
    }

    @Test(.enabled(if: S3Peer.isThere, "the S3 server of the test set-up is not installed"))
    func `no publish to a bucket does either, and it may be kept for half a minute`() async throws {
        try await withS3Peer { peer in
            try await withTemporaryFolder { folder in
                let site = try Site(Site.sample, in: folder)
                let bucket = try S3Bucket(
                    name: "site", region: "us-east-1", endpoint: peer.endpoint)
                let keys = Keys(pair: peer.publisher)
                let client = try S3Client(
                    bucket: bucket, credentials: keys, retry: Retry(attempts: 3), maxActive: 1)
                try await story(site, at: .bucket(bucket, try Prefix("site")), as: keys) {
                    let object = try await client.get(
                        ObjectKey("site/live.json"), byteLimit: 1 << 20)
                    #expect(object?.headers.contentType == "application/json")
                    #expect(object?.headers.cacheControl == "public, max-age=30")
                    #expect(object?.headers.contentEncoding == nil)
                    return object.map { String(decoding: $0.bytes, as: UTF8.self) }
                }
            }
        }
    }

    @Test func `a branch has none, as it keeps each version for ever`() throws {
        let copy = try LiveCopy(
            at: .branch(GitBranch(repository: "/nowhere", name: "pages")),
            credentials: CredentialChain([]), retry: Retry(attempts: 1))
        #expect(copy == nil)
    }
}
