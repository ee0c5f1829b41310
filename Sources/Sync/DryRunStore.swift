import AWS

/// A store that reads from another and writes nothing, to see what a publish would do.
struct DryRunStore: Store {
    let store: any Store

    var requestCount: Int { store.requestCount }
    var notes: [String] { store.notes }

    func manifest() async throws(SyncError) -> StoredManifest? { try await store.manifest() }

    func save(_ manifest: Manifest, over tag: String?) -> String { tag ?? "" }

    func listing() async throws(SyncError) -> [SitePath: StoredObject] {
        try await store.listing()
    }

    func headers(of path: SitePath) async throws(SyncError) -> ObjectHeaders? {
        try await store.headers(of: path)
    }

    func bytes(of path: SitePath) async throws(SyncError) -> [UInt8]? {
        try await store.bytes(of: path)
    }

    func upload(_ file: SiteFile) -> Upload { Upload(byteCount: file.byteCount) }

    /// To find out would take a write.
    func isPrivate() -> Bool { true }

    func delete(_ paths: [SitePath]) -> [SitePath: SyncError] { [:] }
}
