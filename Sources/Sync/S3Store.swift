import AWS

/// A prefix of a bucket.
struct S3Store: Store {
    let client: S3Client
    let prefix: Prefix

    var requestCount: Int { client.requestCount }

    func manifest() async throws(SyncError) -> (manifest: Manifest, tag: String)? {
        guard let object = try await object() else { return nil }
        return (try ManifestFile.decode(object.bytes), object.etag)
    }

    func save(_ manifest: Manifest, over tag: String?) async throws(SyncError) -> String {
        let bytes = ManifestFile.encode(manifest)
        do throws(AWSError) {
            return try await client.put(
                try prefix.manifestKey(), .bytes(bytes),
                headers: ObjectHeaders(contentType: "application/json", cacheControl: "no-cache"),
                if: tag.map { .unchanged(etag: $0) } ?? .absent)
        } catch {
            guard error.isConditionFailure else { throw .store(error) }
            // A first attempt may have been stored and its answer lost: then what is there is ours.
            guard let there = try await object(), there.bytes == bytes else { throw .overtaken }
            return there.etag
        }
    }

    private func object() async throws(SyncError) -> S3Object? {
        try await storing { () async throws(AWSError) in
            try await client.get(try prefix.manifestKey(), byteLimit: 256 << 20)
        }
    }

    func listing() async throws(SyncError) -> [SitePath: (byteCount: Int, etag: String)] {
        let objects = try await storing { () async throws(AWSError) in
            try await client.list(prefix: prefix.text)
        }
        var listing: [SitePath: (byteCount: Int, etag: String)] = [:]
        for object in objects {
            guard let path = prefix.path(of: object.key) else { continue }
            let etag = object.etag.utf8.filter { $0 != UInt8(ascii: "\"") }
            listing[path] = (object.byteCount, String(decoding: etag, as: UTF8.self))
        }
        return listing
    }

    func headers(of path: SitePath) async throws(SyncError) -> ObjectHeaders? {
        try await storing { () async throws(AWSError) in
            try await client.head(try prefix.key(of: path))?.headers
        }
    }

    func upload(_ file: SiteFile) async throws(SyncError) {
        try await storing { () async throws(AWSError) in
            try await client.put(
                try prefix.key(of: file.path),
                .file(path: file.localPath, byteCount: file.byteCount, sha256: file.sha256),
                headers: file.headers)
        }
    }

    func delete(_ paths: [SitePath]) async throws(SyncError) -> [SitePath: SyncError] {
        let refusals = try await storing { () async throws(AWSError) in
            var keys: [ObjectKey] = []
            for path in paths { keys.append(try prefix.key(of: path)) }
            return try await client.delete(keys)
        }
        var failures: [SitePath: SyncError] = [:]
        for refusal in refusals {
            guard let path = refusal.key.flatMap(prefix.path(of:)) else { continue }
            failures[path] = .store(.refused(refusal))
        }
        return failures
    }

    @discardableResult
    private func storing<Value>(
        _ body: () async throws(AWSError) -> Value
    ) async throws(SyncError) -> Value {
        do throws(AWSError) {
            return try await body()
        } catch {
            throw .store(error)
        }
    }
}
