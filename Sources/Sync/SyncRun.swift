import AWS

/// One publish: the finished site on this machine → the bucket.
public struct SyncRun: Sendable {
    private let settings: SyncSettings
    private let store: any Store
    private let progress: @Sendable (SyncProgress) -> Void

    /// A dry run reads the bucket and writes nothing; its plan comes by `progress` and in the
    /// report.
    public init(
        _ settings: SyncSettings, credentials: any CredentialSource, isDryRun: Bool = false,
        progress: @escaping @Sendable (SyncProgress) -> Void = { _ in }
    ) throws(SyncError) {
        let client: S3Client
        do throws(AWSError) {
            client = try S3Client(
                bucket: settings.bucket, credentials: credentials, retry: settings.retry,
                maxActive: settings.concurrency)
        } catch {
            throw .store(error)
        }
        let store = S3Store(client: client, prefix: settings.prefix)
        self.init(settings, store: isDryRun ? DryRunStore(store: store) : store, progress: progress)
    }

    init(
        _ settings: SyncSettings, store: any Store,
        progress: @escaping @Sendable (SyncProgress) -> Void = { _ in }
    ) {
        self.settings = settings
        self.store = store
        self.progress = progress
    }

    /// Throws if nothing was changed in the bucket, by a safety rule if `isRefusal`; else the
    /// report says how it went.
    public func run() async throws(SyncError) -> Report {
        let tree = try LocalTree(folder: settings.folder)
        let stored = try await store.manifest()
        let known: Manifest
        if let stored {
            known = stored.manifest
        } else {
            known = try await Adoption(store: store, concurrency: settings.concurrency)
                .manifest(for: tree)
        }
        let plan = try Plan(tree, against: known, maxDeletes: settings.maxDeletes)
        progress(.planned(plan))

        var report = Report(plan: plan)
        if !plan.actions.isEmpty {
            report = try await Apply(
                plan: plan, store: store, concurrency: settings.concurrency,
                name: String(UInt64.random(in: 1...UInt64.max), radix: 16), progress: progress
            ).run(on: known, tag: stored?.tag)
        } else if stored == nil {
            _ = try await store.save(known, over: nil)
        }
        report.requestCount = store.requestCount
        return report
    }
}
