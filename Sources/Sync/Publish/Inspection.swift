import AWS
import Digest
import Tasks

/// What the bucket itself says of the site's objects, by a listing: size, and MD5 where the ETag is
/// one.
struct Inspection: Sendable {
    let listing: Listing
    let store: any Store
    let concurrency: Int

    /// A manifest for a bucket that has none.
    ///
    /// An object is taken for the file if its ETag is that of the file and it is served with the
    /// right headers; others of the site's paths are of unknown content. Objects of other paths are
    /// not ours, and stay out of it.
    func adopted(for tree: LocalTree) async throws(SyncError) -> Manifest {
        let entries = await concurrently(tree.files, limit: concurrency) {
            (file) throws(SyncError) -> Manifest.Entry? in
            guard let object = listing.objects[file.path] else { return nil }
            let isSame = try Self.isMade(object, of: file)
            let headers = isSame ? try await store.headers(of: file.path) : nil
            let rows =
                file.rowCount != nil && !isSame
                ? try await store.bytes(of: file.path).map { RecordRows.count(in: $0) }
                : file.rowCount
            return Manifest.Entry(
                content: headers == nil ? .unknown : .known(file.sha256),
                byteCount: file.byteCount, headers: headers ?? file.headers, rowCount: rows)
        }
        var manifest = Manifest()
        for (file, entry) in zip(tree.files, entries) {
            manifest.entries[file.path] = try entry.get()
        }
        return manifest
    }

    /// A manifest without what is not as it says: objects that are gone, and those that are not the
    /// file any more.
    func corrected(_ manifest: Manifest, for tree: LocalTree) async throws(SyncError) -> Manifest {
        var corrected = manifest
        for path in manifest.entries.keys where listing.objects[path] == nil {
            corrected.entries[path] = nil
        }
        let known = tree.files.filter { corrected.entries[$0.path]?.sha256 == $0.sha256 }
        let outcomes = await concurrently(known, limit: concurrency) {
            (file) throws(SyncError) -> Bool in
            guard let object = listing.objects[file.path] else { return false }
            if let etag = manifest.entries[file.path]?.etag { return etag == object.etag }
            return try Self.isMade(object, of: file)
        }
        for (file, outcome) in zip(known, outcomes) {
            if try !outcome.get() { corrected.entries[file.path]?.content = .unknown }
        }
        return corrected
    }

    /// What is there and was put there by no publish.
    func foreign(to manifest: Manifest, and tree: LocalTree) -> [SitePath] {
        let ours = Set(tree.files.map(\.path))
        return listing.objects.keys.filter { manifest.entries[$0] == nil && !ours.contains($0) }
            .sorted()
    }

    private static func isMade(
        _ object: StoredObject, of file: LocalFile
    ) throws(SyncError) -> Bool {
        if file.headers.contentEncoding == nil, object.byteCount != file.byteCount { return false }
        let body = try file.body()
        return object.byteCount == body.count && object.etag == MD5(of: body)?.hex
    }
}
