import AWS

/// A store that reads from another and writes nothing, to see what a publish would do.
struct DryRunStore: Store {
    let store: any Store

    var requestCount: Int { store.requestCount }

    func manifest() async throws(SyncError) -> (manifest: Manifest, tag: String)? {
        try await store.manifest()
    }

    func save(_ manifest: Manifest, over tag: String?) -> String { tag ?? "" }

    func listing() async throws(SyncError) -> [SitePath: (byteCount: Int, etag: String)] {
        try await store.listing()
    }

    func headers(of path: SitePath) async throws(SyncError) -> ObjectHeaders? {
        try await store.headers(of: path)
    }

    func upload(_ file: SiteFile) {}

    func delete(_ paths: [SitePath]) -> [SitePath: SyncError] { [:] }
}
