import AWS
import Digest
import Files
import Glibc
import Snapshot
import Sync
import Tasks

/// A prefix of a bucket as `s3://bucket/prefix` names it.
struct BucketPlace: Hashable, Sendable {
    let name: String
    let bucket: String
    /// Empty, or ends with `/`.
    let prefix: String

    /// Nil if it is none.
    init?(_ text: String) {
        guard text.hasPrefix("s3://") else { return nil }
        let parts = text.dropFirst(5).split(
            separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard let bucket = parts.first, !bucket.isEmpty,
            let prefix = try? Prefix(parts.count > 1 ? String(parts[1]) : "")
        else { return nil }
        (name, self.bucket, self.prefix) = (text, String(bucket), prefix.text)
    }

    /// For a publisher, whose site may be in the same bucket.
    func privatePrefix(of source: String, for run: SourceRun) -> PrivatePrefix {
        let publish = run.publish
        // On the server of another endpoint a bucket of that name is another one, which asking tells.
        let site = publish?.bucket == bucket ? publish?.prefix : nil
        let archive = FilePlace.canonical(run.archive)
        return privatePrefix(
            site: site, owner: "\(Self.host) \(archive)", mirroring: "\(archive) \(source)",
            publish, in: run.environment, retry: run.retry)
    }

    /// For a collector.
    func privatePrefix(in environment: [String: String]) -> PrivatePrefix {
        privatePrefix(
            site: nil, owner: "", mirroring: name, nil, in: environment,
            retry: Retry(limit: .seconds(600)))
    }

    private func privatePrefix(
        site: String?, owner: String, mirroring what: String, _ settings: Settings.Publish?,
        in environment: [String: String], retry: Retry
    ) -> PrivatePrefix {
        PrivatePrefix(
            name, prefix: prefix, site: site, owner: owner,
            mirror: Self.folder(for: what, in: environment)
        ) {
            let access = try BucketAccess(bucket, settings, in: environment, retry: retry)
            let settings = try BucketClient(
                bucket: access.bucket, credentials: access.credentials, retry: retry,
                certificates: access.certificates)
            return (try access.client(maxActive: 4), settings)
        }
    }

    /// Of this user's, for parts on their way; the same for the same work, so that what a killed run has left there goes.
    static func folder(for work: String, in environment: [String: String]) -> String {
        let digest = SHA256(of: "\(geteuid()) \(work)".utf8).hex.prefix(16)
        return FilePlace.joined(environment["TMPDIR"] ?? "/var/tmp", "tidemark-parts-\(digest)")
    }

    private static var host: String {
        var name = [CChar](repeating: 0, count: 256)
        guard gethostname(&name, name.count - 1) == 0 else { return "" }
        return String(decoding: name.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}
