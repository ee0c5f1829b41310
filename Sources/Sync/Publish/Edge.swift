import AWS
import Digest
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

extension Staleness {
    /// That of an earlier publish and of the plan; nil if nothing is stale.
    ///
    /// Objects that are new are not at the edge, but for what a dead run wrote; that, and deleted
    /// ones, leave it by themselves when their minute is over.
    init?(
        _ plan: Plan, against known: Manifest, over earlier: Staleness?, in tree: LocalTree,
        base: String
    ) {
        let changed = plan.actions.filter { action in
            guard let entry = known.entries[action.path], action.kind != .delete,
                !action.path.isWithheld
            else {
                return false
            }
            return entry.content != .uncertain && action.reason != .forced
        }
        let folded = FoldedPaths(
            of: Set(changed.map(\.path)), in: tree.paths, base: base)
        guard let earlier else {
            if folded.paths.isEmpty { return nil }
            seed = String(UInt64.random(in: 1...UInt64.max), radix: 16)
            paths = folded.paths
            return
        }
        seed = earlier.seed
        let union = Set(earlier.paths).union(folded.paths).sorted()
        paths = union.count > FoldedPaths.limit ? [base + "*"] : union
    }

    /// What makes the edge take the same order once: the same paths, with the same contents behind
    /// them.
    func reference(of plan: Plan) -> String {
        var text = seed
        for path in paths { text += "\n" + path }
        for action in plan.actions {
            if case .upload(let file) = action.kind {
                text += "\n\(file.sha256.hex) \(file.path)"
            }
        }
        return SHA256(of: text.utf8).hex
    }
}
