import AWS
import Digest
import Output
import Synchronization
import Text

/// The manifest in the bucket: `.tidemark/manifest.json`, and beside it the base that it is the
/// difference to, which has its digest in its name, so that no run overwrites the base of another.
final class S3Manifest: Sendable {
    private let client: S3Client
    private let prefix: Prefix
    private let state: LocalState
    private let base = Mutex<ManifestBase?>(nil)
    private let isUnconditional = Mutex(false)
    private let isForgetful = Mutex(false)

    init(client: S3Client, prefix: Prefix, state: LocalState) {
        self.client = client
        self.prefix = prefix
        self.state = state
    }

    /// Whether the server was found to know no conditions, so that two publishes at once are told
    /// from each other by reading what was written.
    var lacksConditions: Bool { isUnconditional.withLock { $0 } }

    /// Whether the server was found to give what is packed without saying so.
    var forgetsPacking: Bool { isForgetful.withLock { $0 } }

    func read() async throws(SyncError) -> StoredManifest? {
        guard let object = try await object(SitePath.manifestName) else { return nil }
        let layer = try ManifestFile.decode(object.bytes)
        return StoredManifest(
            manifest: layer.manifest(over: try await base(layer.base)), tag: object.etag,
            age: object.age)
    }

    func save(_ manifest: Manifest, over tag: String?) async throws(SyncError) -> String {
        let older = base.withLock { $0?.reference }
        let layer = try await layer(of: manifest)
        // A mark that is renewed later is void by then.
        let isRenewal = manifest.run.map { $0.renewals > 0 } ?? false
        let tag = try await put(
            ManifestFile.encode(layer), over: tag,
            within: isRenewal ? .seconds(Lease.duration / 2) : nil)
        if let older, older != layer.base {
            // One that is left over does no harm.
            _ = try? await client.delete([prefix.ownKey(older.file)])
        }
        return tag
    }

    private func put(
        _ bytes: [UInt8], over tag: String?, within limit: Duration?
    ) async throws(SyncError) -> String {
        if !lacksConditions {
            do throws(SyncError) {
                guard let tag else { return try await create(bytes) }
                return try await put(
                    bytes, SitePath.manifestName, if: .unchanged(etag: tag), within: limit)
            } catch .store(let error) where error.isConditionFailure {
                // A first attempt may have been stored and its answer lost: then what is there is
                // ours.
                let there = try await object(SitePath.manifestName)
                if let there, there.bytes == bytes { return there.etag }
                // A condition that holds and is refused means nothing to this server.
                guard error.isPreconditionFailure, there?.etag == tag else { throw .overtaken }
                isUnconditional.withLock { $0 = true }
            } catch .store(let error) where error.isUnsupported {
                isUnconditional.withLock { $0 = true }
            }
        }
        return try await saveByLooking(bytes, over: tag, within: limit)
    }

    /// The first manifest is written twice: a server that takes it both times knows no conditions,
    /// whatever it says.
    private func create(_ bytes: [UInt8]) async throws(SyncError) -> String {
        let tag = try await put(bytes, SitePath.manifestName, if: .absent)
        do throws(SyncError) {
            let other = try await put(bytes, SitePath.manifestName, if: .absent)
            isUnconditional.withLock { $0 = true }
            return other
        } catch .store(let error) where error.isConditionFailure {
            return tag
        }
    }

    /// For servers without conditions: what is there is looked at before and after.
    private func saveByLooking(
        _ bytes: [UInt8], over tag: String?, within limit: Duration?
    ) async throws(SyncError) -> String {
        guard try await object(SitePath.manifestName)?.etag == tag else { throw .overtaken }
        _ = try await put(bytes, SitePath.manifestName, if: .none, within: limit)
        guard let there = try await object(SitePath.manifestName), there.bytes == bytes else {
            throw .overtaken
        }
        return there.etag
    }

    /// The difference to the base; a finished manifest that has grown far from it gets a new one.
    private func layer(of manifest: Manifest) async throws(SyncError) -> ManifestLayer {
        let older = base.withLock { $0 }
        let layer = ManifestLayer(manifest, over: older)
        guard manifest.run == nil, layer.isDue(over: older?.count ?? 0) else { return layer }
        let (new, bytes) = try ManifestBase.of(manifest)
        _ = try await put(bytes, new.reference.file, if: .none)
        state.keep(base: bytes)
        base.withLock { $0 = new }
        return ManifestLayer(run: nil, staleness: manifest.staleness, base: new.reference)
    }

    private func base(_ reference: ManifestLayer.Base?) async throws(SyncError) -> ManifestBase? {
        guard let reference else { return nil }
        if let known = base.withLock({ $0 }), known.reference == reference { return known }
        let bytes: [UInt8]
        if let kept = state.base(reference) {
            bytes = kept
        } else {
            guard reference.file.hasPrefix("manifest-base-"),
                let object = try await object(reference.file),
                SHA256(of: object.bytes).hex == reference.sha256
            else { throw .manifestBase(reference) }
            bytes = object.bytes
            state.keep(base: bytes)
        }
        let read = try ManifestBase(bytes, reference)
        base.withLock { $0 = read }
        return read
    }

    private static let byteLimit = 256 << 20

    private func object(_ name: String) async throws(SyncError) -> S3Object? {
        var object = try await requesting { () async throws(AWSError) in
            try await client.get(try prefix.ownKey(name), byteLimit: Self.byteLimit)
        }
        if let packed = object?.bytes, packed.starts(with: [0x1F, 0x8B]) {
            isForgetful.withLock { $0 = true }
            object?.bytes = Gzip.expand(packed, byteLimit: Self.byteLimit) ?? packed
        }
        return object
    }

    private func put(
        _ bytes: [UInt8], _ name: String, if condition: S3Condition, within limit: Duration? = nil
    ) async throws(SyncError) -> String {
        let body = try LocalFile.packed(bytes, of: name)
        return try await requesting { () async throws(AWSError) in
            try await client.put(
                try prefix.ownKey(name), body,
                headers: ObjectHeaders(
                    contentType: "application/json", cacheControl: "no-cache",
                    contentEncoding: "gzip"),
                if: condition, within: limit)
        }
    }
}
