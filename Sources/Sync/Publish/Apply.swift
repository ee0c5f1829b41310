import Tasks

/// Carries out a plan, phase by phase, and keeps the manifest true all the while.
///
/// First the manifest is saved with every object of the plan marked as unknown, which is also what
/// keeps a second publish out; last it is saved as things are then. Whenever a run dies, the next
/// one knows what to look at again.
struct Apply {
    let plan: Plan
    let store: any Store
    let edge: (any Edge)?
    let concurrency: Int
    /// The machine and folder this runs in.
    let owner: String
    let sleep: @Sendable (Duration) async throws -> Void
    let progress: @Sendable (SyncProgress) -> Void

    private enum Event: Sendable {
        case worked(Manifest, Report)
        case kept(SyncError?)
    }

    /// Throws if nothing was changed. Later failures end the phase they happen in, and stand in the
    /// report.
    func run(on known: Manifest, over tag: String?) async throws(SyncError) -> Report {
        var marked = known
        for action in plan.actions { marked.mark(action) }
        let name = String(UInt64.random(in: 1...UInt64.max), radix: 16)
        marked.run = Manifest.Run(owner: owner, name: name, renewals: 0)
        let start = marked
        let lease = Lease(start, over: tag, in: store)
        try await lease.begin()

        var (finished, report) = (start, Report(plan: plan))
        var loss: SyncError?
        await withTaskGroup(of: Event.self) { group in
            group.addTask { await work(on: start) }
            group.addTask { .kept(await lease.keep(sleep)) }
            for await event in group {
                if case .worked(let manifest, let worked) = event {
                    (finished, report) = (manifest, worked)
                } else if case .kept(let error?) = event {
                    loss = error
                }
                group.cancelAll()
            }
        }
        if let loss {
            report.failures = [.init(path: nil, error: loss)]
            return report
        }
        finished.run = nil
        // A run that is stopped still says what it has done, and that it is over.
        let (end, known) = (finished, lease)
        let ending = Task { () async -> SyncError? in
            do throws(SyncError) {
                try await known.end(with: end)
                return nil
            } catch {
                return error
            }
        }
        if let error = await ending.value {
            if store.isAllOrNothing { throw error }
            report.failures.append(.init(path: nil, error: error))
        } else {
            report.tag = await lease.tag
        }
        return report
    }

    private func work(on marked: Manifest) async -> Event {
        var manifest = marked
        var report = Report(plan: plan)
        for phase in Phase.allCases where report.failures.isEmpty {
            let actions = plan.actions.filter { $0.phase == phase }
            if phase == .deletes {
                guard await forget(&manifest, &report) else { break }
                await delete(actions, &manifest, &report)
            } else {
                await upload(actions, &manifest, &report)
            }
        }
        return .worked(manifest, report)
    }

    /// Tells the edge what has changed; false if it does not listen.
    private func forget(_ manifest: inout Manifest, _ report: inout Report) async -> Bool {
        guard let edge, let staleness = manifest.staleness else { return true }
        do throws(SyncError) {
            try await edge.forget(staleness.paths, reference: staleness.reference(of: plan))
            manifest.staleness = nil
            report.invalidated = staleness.paths
            return true
        } catch {
            report.failures.append(.init(path: nil, error: .edge(error.description)))
            return false
        }
    }

    private func upload(
        _ actions: [Action], _ manifest: inout Manifest, _ report: inout Report
    ) async {
        let outcomes = await concurrently(actions, limit: concurrency) {
            [store, progress] (action) throws(SyncError) -> (LocalFile, Upload)? in
            guard case .upload(let file) = action.kind else { return nil }
            let upload = try await store.upload(file)
            progress(.done(action, byteCount: upload.byteCount))
            return (file, upload)
        }
        for (action, outcome) in zip(actions, outcomes) {
            switch outcome {
            case .success(nil): continue
            case .success((let file, let upload)?):
                manifest.entries[file.path] = .init(
                    content: .known(file.sha256), byteCount: file.byteCount, headers: file.headers,
                    rowCount: file.rowCount, etag: upload.etag)
                report.uploadCount += 1
                report.uploadByteCount += upload.byteCount
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
                progress(.done(action, byteCount: 0))
            }
        } catch {
            report.failures.append(.init(path: nil, error: error))
        }
    }
}

extension Manifest {
    /// Takes out what will not be known of an object once the action is under way.
    fileprivate mutating func mark(_ action: Action) {
        let known = entries[action.path]
        let wasThere = known.map { $0.content != .uncertain } ?? false
        switch action.kind {
        case .upload(let file):
            entries[file.path] = Entry(
                content: wasThere ? .unknown : .uncertain,
                byteCount: max(known?.byteCount ?? 0, file.byteCount), headers: file.headers,
                rowCount: file.rowCount.map { max(known?.rowCount ?? 0, $0) })
        case .delete:
            entries[action.path]?.content = .uncertain
        }
    }
}
