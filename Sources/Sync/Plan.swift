/// Everything a publish is going to do, in the order it does it.
public struct Plan: Hashable, Sendable {
    /// By phase, and by path within one.
    public let actions: [Action]
    /// Files that are in the bucket as they should be.
    public let unchangedCount: Int

    /// The difference between what is there and what should be.
    ///
    /// Throws `shrinks` if a file of the archive would go or its record of windows lose bytes,
    /// `tooManyDeletes` above the cap.
    public init(_ tree: LocalTree, against manifest: Manifest, maxDeletes: Int) throws(SyncError) {
        var left = manifest.entries
        var actions: [Action] = []
        var shrinking: [SyncError.Shrinkage] = []
        for file in tree.files {
            let entry = left.removeValue(forKey: file.path)
            if let entry, Self.isRecord(file.path), file.byteCount < entry.byteCount {
                shrinking.append(.init(path: file.path, from: entry.byteCount, to: file.byteCount))
            }
            guard let reason = Self.reason(to: file, over: entry) else { continue }
            let phase = Phase(path: file.path, isNew: entry == nil)
            actions.append(
                Action(kind: .upload(file), path: file.path, reason: reason, phase: phase))
        }
        unchangedCount = tree.files.count - actions.count
        for (path, entry) in left {
            if Self.isArchive(path) {
                shrinking.append(.init(path: path, from: entry.byteCount, to: nil))
            }
            actions.append(Action(kind: .delete, path: path, reason: .removed, phase: .deletes))
        }
        guard shrinking.isEmpty else { throw .shrinks(shrinking.sorted { $0.path < $1.path }) }
        guard left.count <= maxDeletes else {
            throw .tooManyDeletes(count: left.count, limit: maxDeletes)
        }
        self.actions = actions.sorted { ($0.phase, $0.path) < ($1.phase, $1.path) }
    }

    /// What goes over the line.
    public var byteCount: Int { actions.reduce(0) { $0 + $1.byteCount } }

    private static func reason(to file: SiteFile, over entry: Manifest.Entry?) -> Reason? {
        guard let entry else { return .new }
        guard let sha256 = entry.sha256 else { return .unknown }
        if sha256 != file.sha256 { return .content }
        return entry.headers == file.headers ? nil : .headers
    }

    /// A CSV of the data folder: the archive, of which the bucket is the backup.
    private static func isArchive(_ path: SitePath) -> Bool {
        path.text.hasPrefix("data/") && path.text.hasSuffix(".csv")
    }

    /// A CSV that keeps a row for each window. Lists may lose lines: those of withdrawn hashtags.
    private static func isRecord(_ path: SitePath) -> Bool {
        path.text.hasPrefix("data/windows/") && isArchive(path)
    }
}

extension Plan: CustomStringConvertible {
    /// A line for each action and one that sums them up.
    public var description: String {
        let deletes = actions.count { $0.kind == .delete }
        let summary =
            "\(actions.count - deletes) to upload (\(byteCount) bytes), \(deletes) to delete, "
            + "\(unchangedCount) unchanged"
        return (actions.map(\.description) + [summary]).joined(separator: "\n")
    }
}
