import AWS

/// What the edge may still serve as it was: kept in the manifest from before the first upload until
/// the edge has been told, so that no death of a run and no refusal leaves old pages there.
public struct Staleness: Hashable, Sendable, Codable {
    /// No two publishes have the same; one that is repeated keeps it.
    var seed: String
    /// Absolute and encoded; with `*` at the end for all that begin so.
    public var paths: [String]

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
            of: Set(changed.map(\.path)), in: tree.files.map(\.path), base: base)
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
    func reference(of plan: Plan) throws(SyncError) -> String {
        var text = seed
        for path in paths { text += "\n" + path }
        for action in plan.actions {
            if case .upload(let file) = action.kind {
                text += "\n\(file.sha256.hex) \(file.path)"
            }
        }
        return try storing { () throws(AWSError) in try Digest.sha256(Array(text.utf8)).hex }
    }
}
