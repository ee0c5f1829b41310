/// Carries out a plan, phase by phase, and keeps the manifest true all the while.
///
/// First the manifest is saved with every object of the plan marked as unknown, which is also what
/// keeps a second publish out; last it is saved as things are then. Whenever a run dies, the next
/// one knows what to look at again.
struct Apply {
    let plan: Plan
    let store: any Store
    let concurrency: Int
    /// A name that no other run has: it tells our marked manifest from that of a rival.
    let name: String
    let progress: @Sendable (SyncProgress) -> Void

    /// Throws if nothing was changed. Later failures end the phase they happen in, and stand in the
    /// report.
    func run(
        on stored: Manifest, tag: String?
    ) async throws(SyncError) -> Report {
        var report = Report(plan: plan)
        var manifest = stored
        for action in plan.actions { manifest.mark(action) }
        manifest.run = name
        let markedTag = try await store.save(manifest, over: tag)
        for phase in Phase.allCases where report.failures.isEmpty {
            let actions = plan.actions.filter { $0.phase == phase }
            if phase == .deletes {
                await delete(actions, &manifest, &report)
            } else {
                await upload(actions, &manifest, &report)
            }
        }
        manifest.run = nil
        do throws(SyncError) {
            _ = try await store.save(manifest, over: markedTag)
        } catch {
            report.failures.append(.init(path: nil, error: error))
        }
        return report
    }

    private func upload(
        _ actions: [Action], _ manifest: inout Manifest, _ report: inout Report
    ) async {
        let outcomes = await concurrently(actions, limit: concurrency) {
            [store, progress] (action) throws(SyncError) -> SiteFile? in
            guard case .upload(let file) = action.kind else { return nil }
            try await store.upload(file)
            progress(.done(action))
            return file
        }
        for (action, outcome) in zip(actions, outcomes) {
            switch outcome {
            case .success(nil): continue
            case .success(let file?):
                manifest.entries[file.path] = .init(
                    sha256: file.sha256, byteCount: file.byteCount, headers: file.headers)
                report.uploadCount += 1
                report.uploadByteCount += file.byteCount
            case .failure(let error):
                report.failures.append(.init(path: action.path, error: error))
            }
        }
    }

    private func delete(
        _ actions: [Action], _ manifest: inout Manifest, _ report: inout Report
    ) async {
        guard !actions.isEmpty else { return }
        do throws(SyncError) {
            let failures = try await store.delete(actions.map(\.path))
            for action in actions {
                if let error = failures[action.path] {
                    report.failures.append(.init(path: action.path, error: error))
                    continue
                }
                manifest.entries[action.path] = nil
                report.deleteCount += 1
                progress(.done(action))
            }
        } catch {
            report.failures.append(.init(path: nil, error: error))
        }
    }
}

extension Manifest {
    /// Takes out what will not be known of an object once the action is under way.
    fileprivate mutating func mark(_ action: Action) {
        switch action.kind {
        case .upload(let file):
            let known = entries[file.path]?.byteCount ?? 0
            entries[file.path] = Entry(
                sha256: nil, byteCount: max(known, file.byteCount), headers: file.headers)
        case .delete:
            entries[action.path]?.sha256 = nil
        }
    }
}
