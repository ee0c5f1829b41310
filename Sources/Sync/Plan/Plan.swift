import Archive
import Output
import Text

/// Everything a publish is going to do, in the order it does it.
public struct Plan: Hashable, Sendable {
    /// By phase, and by path within one.
    public let actions: [Action]
    /// Files that are in the bucket as they should be.
    public let unchangedCount: Int

    /// The difference between what is there and what should be.
    ///
    /// - Parameter foreign: objects that no publish put there, and that are to go.
    /// - Throws: `unmatched` if none of the files is one of those chosen, `shrinks` if a file of the
    ///   archive would go or its record of windows lose rows and is not `excused`, `tooManyDeletes` above the cap.
    public init(
        _ tree: LocalTree, against manifest: Manifest, _ choice: SyncChoice = SyncChoice(),
        foreign: [SitePath] = [], excused: Set<SitePath> = []
    ) throws(SyncError) {
        let files = tree.files.filter { file in
            choice.only.isEmpty || choice.only.contains { $0.matches(file.path) }
        }
        guard !files.isEmpty || tree.gone != nil else { throw .unmatched }
        var actions = files.compactMap { file -> Action? in
            let entry = manifest.entries[file.path]
            guard let reason = Self.reason(to: file, over: entry, choice) else { return nil }
            let isThere = entry.map { $0.content != .uncertain } ?? false
            return Action(
                kind: .upload(file), path: file.path, reason: reason,
                phase: Phase(path: file.path, isThere: isThere))
        }
        unchangedCount = tree.unseenCount + files.count - actions.count
        if choice.only.isEmpty {
            let ours = Set(tree.files.map(\.path))
            let known =
                tree.gone.map {
                    $0 + manifest.entries.keys(beginningWith: SitePath.withheldFolder)
                } ?? manifest.entries.keys
            actions += known.filter { !ours.contains($0) && manifest.entries[$0] != nil }
                .map { Action(kind: .delete, path: $0, reason: .removed, phase: .deletes) }
            actions += foreign.map {
                Action(kind: .delete, path: $0, reason: .foreign, phase: .deletes)
            }
        }
        let seen = Dictionary(uniqueKeysWithValues: tree.files.map { ($0.path, $0.byteCount) })
        let shown = { (path: SitePath) in
            seen[path] ?? (tree.gone == nil ? nil : tree.list?.file(path.text)?.byteCount)
        }
        let losses = actions.filter { !excused.contains($0.path) }.compactMap {
            $0.loss(over: manifest.entries[$0.path], in: shown)
        }
        guard losses.isEmpty else { throw .shrinks(losses.sorted { $0.path < $1.path }) }
        let deletes = actions.count { $0.kind == .delete }
        guard deletes <= choice.maxDeletes else {
            throw .tooManyDeletes(count: deletes, limit: choice.maxDeletes)
        }
        self.actions = actions.sorted { ($0.phase, $0.path) < ($1.phase, $1.path) }
    }

    /// Of the files to upload, before compression.
    public var byteCount: Int { actions.reduce(0) { $0 + $1.byteCount } }

    private static func reason(
        to file: LocalFile, over entry: Manifest.Entry?, _ choice: SyncChoice
    ) -> Reason? {
        guard let entry else { return .new }
        guard let sha256 = entry.sha256 else { return .unknown }
        if sha256 != file.sha256 { return .content }
        if entry.headers != file.headers { return .headers }
        return choice.isForced ? .forced : nil
    }
}

extension Action {
    /// What the archive in the bucket would lose by it: rows of its record of windows, or a file.
    ///
    /// - Parameter shown: The bytes of a file, if the site has it.
    fileprivate func loss(
        over entry: Manifest.Entry?, in shown: (SitePath) -> Int?
    ) -> SyncError.Shrinkage? {
        if path.isWithheld, let loss = withheldLoss(over: entry, in: shown) { return loss }
        switch kind {
        case .upload(let file):
            if isEmptied(by: file, over: entry, in: shown) {
                return .init(path: path, from: nil, to: nil)
            }
            guard let from = entry?.rowCount, let to = file.rowCount, to < from else { return nil }
            return .init(path: path, from: from, to: to)
        case .delete:
            let data = SiteLayout.data + "/"
            // What is withheld is told as long as there is something.
            guard path.text.hasPrefix(data), path.text.hasSuffix(".csv"),
                !path.text.hasPrefix(data + ArchiveLayout.withheld + "/")
            else { return nil }
            return .init(path: path, from: entry?.rowCount, to: nil)
        }
    }

    /// Whether a list that had lines gets a file with its header alone, and is not withheld: it is lost here, and the
    /// site took its day for one on which nothing was listed.
    private func isEmptied(
        by file: LocalFile, over entry: Manifest.Entry?, in shown: (SitePath) -> Int?
    ) -> Bool {
        guard let entry, entry.byteCount > file.byteCount, let place = ArchivePath(path),
            place.isList, !place.isWhole, file.byteCount < Self.longestHeader,
            SitePath(SitePath.withheldFolder + place.name).flatMap(shown) == nil,
            let bytes = try? file.contents()
        else { return false }
        return RecordRows.isHeaderAlone(bytes)
    }

    /// Bytes of a list with its header alone, at most.
    private static let longestHeader = 256

    /// A list is withheld as long as the site's copy of it has fewer lines: where the whole one has less than the copy,
    /// or goes before the copy is as long, it is lost here.
    private func withheldLoss(
        over entry: Manifest.Entry?, in shown: (SitePath) -> Int?
    ) -> SyncError.Shrinkage? {
        guard let entry, let place = ArchivePath(path), place.name != ArchiveLayout.withdrawn,
            let copy = SitePath("\(SiteLayout.data)/\(place.name)").flatMap(shown)
        else { return nil }
        let isLost =
            switch kind {
            case .upload(let file): file.byteCount < copy
            case .delete: copy < entry.byteCount
            }
        return isLost ? .init(path: path, from: nil, to: nil) : nil
    }
}

extension Plan: CustomStringConvertible {
    /// A line for each action and one that sums them up.
    public var description: String {
        let deletes = actions.count { $0.kind == .delete }
        let summary =
            "\(actions.count - deletes) to upload (\(quantity(byteCount, "byte"))), \(deletes) to delete, "
            + "\(unchangedCount) unchanged"
        return (actions.map(\.description) + [summary]).joined(separator: "\n")
    }
}

/// What of a publish is done.
public struct SyncChoice: Hashable, Sendable {
    /// The most files that one run may delete.
    public var maxDeletes: Int
    /// Whether the manifest is checked by a listing of the bucket.
    public var verifiesRemote: Bool
    /// Whether what no publish put under the prefix is deleted too.
    public var prunes: Bool
    /// Whether files are uploaded that are there as they should be.
    public var isForced: Bool
    /// If not empty, the only files that are uploaded; then nothing is deleted.
    public var only: [PathPattern]

    /// Whether it is what a publish does by itself, whatever the cap.
    var isPlain: Bool { !verifiesRemote && !prunes && !isForced && only.isEmpty }

    public init(
        maxDeletes: Int = 256, verifiesRemote: Bool = false, prunes: Bool = false,
        isForced: Bool = false, only: [PathPattern] = []
    ) {
        self.maxDeletes = maxDeletes
        self.verifiesRemote = verifiesRemote
        self.prunes = prunes
        self.isForced = isForced
        self.only = only
    }
}
