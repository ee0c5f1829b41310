/// The right to be the only publisher of a bucket: the mark of a run in its manifest, which says every
/// minute that the run is alive.
///
/// Two runs of one machine are kept apart by the lock of the folder; this keeps machines apart. A
/// mark that nobody has renewed for five minutes is that of a dead run. Its age is told by the
/// server's clock alone.
actor Lease {
    /// After how many seconds of silence others take a run for dead.
    static let duration = 300

    private let store: any Store
    private var manifest: Manifest
    /// Of the manifest as it was written last.
    private(set) var tag: String?
    private let name: String?

    /// - Parameter manifest: what is true while the run goes on; its `run` is the mark.
    init(_ manifest: Manifest, over tag: String?, in store: any Store) {
        self.manifest = manifest
        self.tag = tag
        self.store = store
        name = manifest.run?.name
    }

    /// The seconds for which another run is to be left alone; nil if there is none alive.
    ///
    /// A store that does not tell the age has never seen a live run.
    static func secondsLeft(of stored: StoredManifest, for owner: String) -> Int? {
        guard let run = stored.manifest.run, run.owner != owner, let age = stored.age,
            age < duration
        else { return nil }
        return duration - max(0, age)
    }

    /// Makes the mark; throws `overtaken` if another was faster.
    func begin() async throws(SyncError) { try await save() }

    /// Renews the mark until it is cancelled, or until that fails, and returns why.
    ///
    /// One failure is enough: it comes after all retries, which take half of what a mark is worth.
    func keep(_ sleep: @Sendable (Duration) async throws -> Void) async -> SyncError? {
        while true {
            do {
                try await sleep(.seconds(Self.duration / 5))
            } catch {
                return nil
            }
            manifest.run?.renewals += 1
            do throws(SyncError) {
                try await save()
            } catch {
                return Task.isCancelled ? nil : error
            }
        }
    }

    /// Puts the finished manifest in the place of the mark.
    func end(with finished: Manifest) async throws(SyncError) {
        manifest = finished
        try await save()
    }

    private func save() async throws(SyncError) {
        do throws(SyncError) {
            tag = try await store.save(manifest, over: tag)
        } catch .overtaken {
            // A renewal may have been stored and its answer lost: then the mark is still ours.
            guard let there = try await store.manifest(), let name,
                there.manifest.run?.name == name
            else { throw .overtaken }
            tag = try await store.save(manifest, over: there.tag)
        }
    }
}
