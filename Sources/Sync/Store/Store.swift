import AWS

/// Where a site goes: the bucket, or something that stands for it.
protocol Store: Sendable {
    /// Nil if there is none yet.
    func manifest() async throws(SyncError) -> StoredManifest?
    /// Writes the manifest in the place of the one with the tag, or of none; `overtaken` if another
    /// is there. Returns the new tag.
    func save(_ manifest: Manifest, over tag: String?) async throws(SyncError) -> String
    /// Every object under the prefix but sync's own.
    func listing() async throws(SyncError) -> Listing
    /// Nil if there is no such object.
    func headers(of path: SitePath) async throws(SyncError) -> ObjectHeaders?
    /// The bytes of the file that the object was made of; nil if there is no such object.
    func bytes(of path: SitePath) async throws(SyncError) -> [UInt8]?
    func upload(_ file: LocalFile) async throws(SyncError) -> Upload
    /// Returns what could not be deleted, and why.
    func delete(_ paths: [SitePath]) async throws(SyncError) -> [SitePath: SyncError]
    /// Why what is withheld cannot be kept where surely no stranger reads it, as the end of a sentence; nil if it
    /// can, empty where there is no need to say so at every publish.
    func obstacleToWithholding() async throws(SyncError) -> String?
    /// How many requests it has sent.
    var requestCount: Int { get }
    /// What the operator should know of the store, though the publish goes on.
    var notes: [String] { get }
    /// Whether nothing is there before the manifest is saved, and then all is.
    var isAllOrNothing: Bool { get }
}

extension Store {
    var isAllOrNothing: Bool { false }
}

/// A manifest as it was found.
struct StoredManifest: Sendable {
    var manifest: Manifest
    /// What `save` wants back.
    var tag: String
    /// How long ago it was written, in seconds of the store's clock; nil if nobody knows.
    var age: Int?
}

/// What is there.
struct Listing: Sendable {
    var objects: [SitePath: StoredObject] = [:]
    /// Names that no publish can have given, as the store told them: they are somebody else's.
    var strays: [String] = []
}

/// An object of a listing: its length as stored, and its ETag without quotes, which is the MD5 of the
/// stored bytes for some stores.
struct StoredObject: Hashable, Sendable {
    var byteCount: Int
    var etag: String
}

/// What an upload came to.
struct Upload: Hashable, Sendable {
    /// Bytes of body that were sent.
    var byteCount: Int
    /// The object's ETag, without quotes, where that is not the MD5 of the stored bytes.
    var etag: String?
}

/// A store that reads from another and writes nothing, to see what a publish would do.
struct DryRunStore: Store {
    let store: any Store

    var requestCount: Int { store.requestCount }
    var notes: [String] { store.notes }

    func manifest() async throws(SyncError) -> StoredManifest? { try await store.manifest() }

    func save(_ manifest: Manifest, over tag: String?) -> String { tag ?? "" }

    func listing() async throws(SyncError) -> Listing {
        try await store.listing()
    }

    func headers(of path: SitePath) async throws(SyncError) -> ObjectHeaders? {
        try await store.headers(of: path)
    }

    func bytes(of path: SitePath) async throws(SyncError) -> [UInt8]? {
        try await store.bytes(of: path)
    }

    func upload(_ file: LocalFile) -> Upload { Upload(byteCount: file.byteCount) }

    /// To find out would take a write.
    func obstacleToWithholding() -> String? { nil }

    func delete(_ paths: [SitePath]) -> [SitePath: SyncError] { [:] }
}
