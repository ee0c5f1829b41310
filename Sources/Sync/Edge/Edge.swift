import AWS
import Synchronization

/// The caches between the store and its readers.
protocol Edge: Sendable {
    /// The path of the site's address, with a slash at its end.
    var base: String { get }
    /// Has what it keeps of these paths asked for anew; the same order with the same reference
    /// counts once.
    func forget(_ paths: [String], reference: String) async throws(SyncError)
}

/// A CloudFront distribution before the bucket.
struct CloudFrontEdge: Edge {
    let client: CloudFrontClient
    let base: String

    func forget(_ paths: [String], reference: String) async throws(SyncError) {
        try await requesting { () async throws(AWSError) in
            try await client.invalidate(paths, reference: reference)
        }
    }
}

/// An edge that is asked nothing, to see what a publish would ask.
struct DryRunEdge: Edge {
    let base: String

    func forget(_ paths: [String], reference: String) {}
}
