import AWS

/// One publish: the finished site on this machine → the bucket.
public struct SyncRun: Sendable {
    private let settings: SyncSettings
    private let store: any Store
    private let edge: (any Edge)?
    private let owner: String
    private let sleep: @Sendable (Duration) async throws -> Void
    private let progress: @Sendable (SyncProgress) -> Void

    /// A dry run reads the bucket and writes nothing; its plan comes by `progress` and in the
    /// report.
    public init(
        _ settings: SyncSettings, credentials: any CredentialSource, isDryRun: Bool = false,
        progress: @escaping @Sendable (SyncProgress) -> Void = { _ in }
    ) throws(SyncError) {
        let client = try storing { () throws(AWSError) in
            try S3Client(
                bucket: settings.bucket, credentials: credentials, retry: settings.retry,
                silenceLimit: settings.silenceLimit, maxActive: settings.concurrency)
        }
        let state = LocalState(folder: isDryRun ? nil : settings.stateFolder)
        let store = S3Store(client: client, prefix: settings.prefix, state: state)
        let edge = settings.distribution.map { client -> any Edge in
            isDryRun
                ? DryRunEdge(base: settings.addressPath)
                : CloudFrontEdge(client: client, base: settings.addressPath)
        }
        self.init(
            settings, store: isDryRun ? DryRunStore(store: store) : store, edge: edge,
            owner: state.owner(), progress: progress)
    }

    init(
        _ settings: SyncSettings, store: any Store, edge: (any Edge)? = nil, owner: String,
        sleep: @escaping @Sendable (Duration) async throws -> Void = {
            try await Task.sleep(for: $0)
        },
        progress: @escaping @Sendable (SyncProgress) -> Void = { _ in }
    ) {
        self.settings = settings
        self.store = store
        self.edge = edge
        self.owner = owner
        self.sleep = sleep
        self.progress = progress
    }

    /// Throws if nothing was changed in the bucket, by a safety rule if `isRefusal`; else the
    /// report says how it went.
    public func run() async throws(SyncError) -> Report {
        let tree = try LocalTree(folder: settings.folder)
        let stored = try await store.manifest()
        if let stored, let seconds = Lease.secondsLeft(of: stored, for: owner),
            !(store is DryRunStore)
        {
            throw .busy(seconds: seconds)
        }
        var (known, foreign) = try await knowledge(of: tree, by: stored?.manifest)
        let plan = try Plan(tree, against: known, settings.choice, foreign: foreign)
        progress(.planned(plan))

        if let edge {
            known.staleness = Staleness(
                plan, against: known, over: stored?.manifest.staleness, in: tree, base: edge.base)
        }
        var report = Report(plan: plan)
        if !plan.actions.isEmpty || known.staleness != nil {
            report = try await Apply(
                plan: plan, store: store, edge: edge, concurrency: settings.concurrency,
                owner: owner, sleep: sleep, progress: progress
            ).run(on: known, over: stored?.tag)
        } else if known != stored?.manifest {
            _ = try await store.save(Manifest(entries: known.entries), over: stored?.tag)
        }
        report.requestCount = store.requestCount
        report.notes = store.notes
        return report
    }

    /// What is in the bucket, by the manifest; by a listing if there is none, or if asked for.
    private func knowledge(
        of tree: LocalTree, by stored: Manifest?
    ) async throws(SyncError) -> (known: Manifest, foreign: [SitePath]) {
        let choice = settings.choice
        if let stored, !choice.verifiesRemote, !choice.prunes {
            return (Manifest(entries: stored.entries), [])
        }
        let inspection = Inspection(
            listing: try await store.listing(), store: store, concurrency: settings.concurrency)
        let known =
            if let stored {
                try await inspection.corrected(Manifest(entries: stored.entries), for: tree)
            } else {
                try await inspection.adopted(for: tree)
            }
        return (known, choice.prunes ? inspection.foreign(to: known, and: tree) : [])
    }
}
