import Archive
import Digest

/// What was withdrawn stays so: an archive that was restored from a back-up, or that is another machine's, may not know of
/// it. A file that is none is not looked at: no build gets past it.
extension SyncRun {
    private static let path = SitePath(SitePath.withheldFolder + ArchiveLayout.withdrawn)

    /// Throws if a line of `withdrawn.csv` is published, or was by this machine, that is not here, and nobody took it out by
    /// `tidemark withdraw --undo`. A header alone was written by somebody who says so.
    func requireWithdrawals(
        of known: Manifest, in withheld: [LocalFile]
    ) async throws(SyncError) {
        let file = withheld.first { $0.path == Self.path }
        var earlier = [state.withdrawn].compactMap(\.self)
        if let path = Self.path, let entry = known.entries[path],
            entry.sha256 == nil || entry.sha256 != file?.sha256,
            let there = try await store.bytes(of: path)
        {
            earlier.append(there)
        }
        earlier.removeAll { SHA256(of: $0) == file?.sha256 }
        if earlier.isEmpty { return }
        // What has changed meanwhile is not published either.
        guard let bytes = file.map({ try? $0.contents() }) ?? [],
            let here = Self.withdrawals(bytes),
            !here.isEmpty || bytes.isEmpty
        else { return }
        var restored = Withdrawals()
        for tag in state.restored { _ = restored.add(.init(tag: tag)) }
        let missing = earlier.compactMap(Self.withdrawals).flatMap(here.lacks).map(\.tag)
            .filter { !restored.matchesAll(of: $0) }
        guard missing.isEmpty else { throw .withdrawnMissing(count: Set(missing).count) }
    }

    /// Once all of it is published.
    func keepWithdrawals(_ withheld: [LocalFile]) {
        let file = withheld.first { $0.path == Self.path }
        if file?.sha256 != state.withdrawn.map({ SHA256(of: $0) }) {
            state.keep(withdrawn: (try? file?.contents()) ?? [])
        }
        if !state.restored.isEmpty { state.keep(restored: []) }
    }

    private static func withdrawals(_ bytes: [UInt8]) -> Withdrawals? {
        try? Withdrawals(bytes, path: ArchiveLayout.withdrawn)
    }

    /// Remembers that these lines of `withdrawn.csv` were taken out because they are to be shown again, until a publish has
    /// gone well.
    ///
    /// - Parameter stateFolder: that of `SyncSettings`.
    public static func remember(restored lines: [String], in stateFolder: String) {
        let state = LocalState(folder: stateFolder)
        state.keep(restored: state.restored + lines)
    }
}
