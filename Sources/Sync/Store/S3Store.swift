import AWS
import Digest

/// A prefix of a bucket.
struct S3Store: Store {
    private let client: S3Client
    private let prefix: Prefix
    private let kept: S3Manifest
    private let region: String
    /// Of the site at an edge that reads the bucket as its owner; nil if there is none.
    private let siteAddress: String?

    init(
        client: S3Client, prefix: Prefix, state: LocalState = LocalState(folder: nil),
        siteAddress: String? = nil
    ) {
        self.siteAddress = siteAddress
        self.client = client
        self.prefix = prefix
        kept = S3Manifest(client: client, prefix: prefix, state: state)
        region = client.bucket.region
    }

    var requestCount: Int { client.requestCount }

    var notes: [String] {
        var notes: [String] = []
        let found = client.bucket
        if let note = found.note(on: region) { notes.append(note) }
        if kept.lacksConditions {
            notes.append(
                "\(found.name) is on a server without conditional writes: never publish to it from "
                    + "two machines at once (said once)")
        }
        if kept.forgetsPacking {
            notes.append(
                "\(found.name) is on a server that gives files without the Content-Encoding they were stored with: "
                    + "browsers show pages and styles of it as rubbish, until it keeps that header (said once)"
            )
        }
        return notes
    }

    func manifest() async throws(SyncError) -> StoredManifest? { try await kept.read() }

    func save(_ manifest: Manifest, over tag: String?) async throws(SyncError) -> String {
        try await kept.save(manifest, over: tag)
    }

    func listing() async throws(SyncError) -> Listing {
        let contents = try await requesting { () async throws(AWSError) in
            try await client.list(prefix: prefix.text)
        }
        var listing = Listing(strays: contents.strays)
        for object in contents.objects {
            guard let path = prefix.path(of: object.key) else {
                if !prefix.isOwn(object.key) { listing.strays.append(object.key.text) }
                continue
            }
            let found = StoredObject(byteCount: object.byteCount, etag: unquoted(object.etag))
            // A listing that tells two things of an object tells nothing of its bytes.
            let isSame = listing.objects[path].map { $0 == found } ?? true
            listing.objects[path] =
                isSame ? found : StoredObject(byteCount: object.byteCount, etag: "")
        }
        return listing
    }

    func headers(of path: SitePath) async throws(SyncError) -> ObjectHeaders? {
        try await requesting { () async throws(AWSError) in
            try await client.head(try prefix.key(of: path))?.headers
        }
    }

    func bytes(of path: SitePath) async throws(SyncError) -> [UInt8]? {
        try await requesting { () async throws(AWSError) in
            try await client.get(try prefix.key(of: path), byteLimit: 256 << 20)?.bytes
        }
    }

    func upload(_ file: LocalFile) async throws(SyncError) -> Upload {
        let body = try file.body()
        return try await requesting { () async throws(AWSError) in
            let etag = try await client.put(
                try prefix.key(of: file.path), body, headers: file.headers)
            let isMD5 = MD5(of: body)?.hex == unquoted(etag)
            return Upload(byteCount: body.count, etag: isMD5 ? nil : unquoted(etag))
        }
    }

    func delete(_ paths: [SitePath]) async throws(SyncError) -> [SitePath: SyncError] {
        let refusals = try await requesting { () async throws(AWSError) in
            var keys: [ObjectKey] = []
            for path in paths { keys.append(try prefix.key(of: path)) }
            return try await client.delete(keys)
        }
        var failures: [SitePath: SyncError] = [:]
        for (key, refusal) in refusals {
            guard let path = prefix.path(of: key) else { continue }
            failures[path] = .store(.refused(refusal))
        }
        return failures
    }

    /// By the manifest, which is there, and no secret, that a stranger asks for.
    func obstacleToWithholding() async throws(SyncError) -> String? {
        let isPrivate = try await requesting { () async throws(AWSError) in
            try await !client.givesToAnyone(
                try prefix.ownKey(SitePath.manifestName), beginning: Array("{\"version\":".utf8),
                orAt: siteAddress.map { $0 + SitePath.manifest })
        }
        return isPrivate
            ? nil
            : "as anybody can read .tidemark/ where the site is published; tidemark bucket shows how to close it"
    }

    private func unquoted(_ etag: String) -> String {
        String(decoding: etag.utf8.filter { $0 != UInt8(ascii: "\"") }, as: UTF8.self)
    }
}
