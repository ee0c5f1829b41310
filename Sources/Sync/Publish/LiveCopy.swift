import AWS
import Files
import Output
import Tasks

/// The one file of a published site that no publish puts there: what the running slot has brought so far, which is
/// old news in a minute.
public struct LiveCopy: Sendable {
    private enum Place: Sendable {
        case bucket(S3Client, ObjectKey)
        case folder(PublicAccess)
    }

    private let place: Place

    /// Browsers may keep it for half a minute.
    private static let headers = ObjectHeaders(
        contentType: "application/json", cacheControl: "public, max-age=30")

    /// Nil for a branch, of which each version is kept for ever.
    public init?(
        at destination: Destination, credentials: any CredentialSource, retry: Retry,
        certificates: String? = nil
    ) throws(SyncError) {
        switch destination {
        case .bucket(let bucket, let prefix):
            place = try storing { () throws(AWSError) in
                .bucket(
                    try S3Client(
                        bucket: bucket, credentials: credentials, retry: retry,
                        silenceLimit: .seconds(10), maxActive: 1, certificates: certificates),
                    try ObjectKey(prefix.text + SiteLayout.live))
            }
        case .folder(let path):
            place = .folder(PublicAccess(root: (try? FilePlace.resolved(path)) ?? path))
        case .branch: return nil
        }
    }

    /// Puts it in the place of the last one.
    public func put(_ bytes: [UInt8]) async throws(SyncError) {
        switch place {
        case .bucket(let client, let key):
            _ = try await requesting { () async throws(AWSError) in
                try await client.put(key, bytes, headers: Self.headers)
            }
        case .folder(let access):
            try onDisk { () throws(FileError) in
                try WholeFile.write(bytes, to: SiteLayout.live, for: access, isSynced: false)
            }
        }
    }
}
