import AWS

/// A manifest for a bucket that has none: what is there of the site's own paths, compared by size,
/// MD5 and headers.
///
/// An object is taken for the file if its ETag is the file's MD5 and it is served with the right
/// headers. Other objects of the site's paths are known by their size alone. Objects of other paths
/// are not ours, and stay out of it.
struct Adoption {
    let store: any Store
    let concurrency: Int

    func manifest(for tree: LocalTree) async throws(SyncError) -> Manifest {
        let listing = try await store.listing()
        let store = store
        let entries = await concurrently(tree.files, limit: concurrency) {
            (file) throws(SyncError) -> Manifest.Entry? in
            guard let object = listing[file.path] else { return nil }
            let isSame = try Self.hasBytes(of: file, object.byteCount, object.etag)
            let headers = isSame ? try await store.headers(of: file.path) : nil
            return Manifest.Entry(
                sha256: headers == nil ? nil : file.sha256, byteCount: object.byteCount,
                headers: headers ?? file.headers)
        }
        var manifest = Manifest()
        for (file, entry) in zip(tree.files, entries) {
            manifest.entries[file.path] = try entry.get()
        }
        return manifest
    }

    private static func hasBytes(
        of file: SiteFile, _ byteCount: Int, _ etag: String
    ) throws(SyncError) -> Bool {
        guard byteCount == file.byteCount else { return false }
        do throws(AWSError) {
            return try Digest.file(file.localPath, [.md5]).digests[0].hex == etag
        } catch {
            throw .store(error)
        }
    }
}
