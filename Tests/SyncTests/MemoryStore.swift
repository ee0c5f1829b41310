import AWS
import Digest
import Foundation
import Synchronization

@testable import Sync

/// A bucket in memory, in which everything fails from the n-th write on, half of that write having
/// happened or not.
final class MemoryStore: Store {
    struct Object: Hashable {
        var bytes: [UInt8]
        var stored: [UInt8]
        var headers: ObjectHeaders
    }

    struct State {
        var objects: [SitePath: Object] = [:]
        var manifest: [UInt8]?
        var version = 0
        var isPrivate = true
        /// Names in it that no publish gives.
        var strays: [String] = []
        var writesLeft = Int.max
        var hidesLastWrite = false
        /// In seconds, of the manifest.
        var age: Int?
        /// What the store held after each write.
        var history: [[SitePath: Object]] = []
    }

    let state = Mutex(State())

    var objects: [String: String] {
        state.withLock { state in
            Dictionary(
                uniqueKeysWithValues: state.objects.map {
                    ($0.key.text, String(decoding: $0.value.bytes, as: UTF8.self))
                })
        }
    }

    /// From now on so many writes succeed; the one after is done or not done as told, and reported
    /// as a failure.
    func dies(after writes: Int, doingTheLast: Bool = false) {
        state.withLock {
            $0.writesLeft = writes
            $0.hidesLastWrite = doingTheLast
        }
    }

    static let dead = SyncError.store(.file("the bucket", reason: "gone"))

    private func write(_ change: (inout State) throws(SyncError) -> Void) throws(SyncError) {
        let outcome: Result<Void, SyncError> = state.withLock { state in
            state.writesLeft -= 1
            do throws(SyncError) {
                if state.writesLeft >= 0 || state.writesLeft == -1 && state.hidesLastWrite {
                    try change(&state)
                    state.history.append(state.objects)
                }
            } catch {
                return .failure(error)
            }
            return state.writesLeft >= 0 ? .success(()) : .failure(Self.dead)
        }
        try outcome.get()
    }

    var requestCount: Int { 0 }
    var notes: [String] { [] }

    func manifest() throws(SyncError) -> StoredManifest? {
        let (bytes, version, age) = state.withLock { ($0.manifest, $0.version, $0.age) }
        guard let bytes else { return nil }
        return StoredManifest(
            manifest: try ManifestFile.decode(bytes).manifest(over: nil), tag: String(version),
            age: age)
    }

    func save(_ manifest: Manifest, over tag: String?) throws(SyncError) -> String {
        try write { (state) throws(SyncError) in
            guard tag == (state.manifest == nil ? nil : String(state.version)) else {
                throw .overtaken
            }
            state.manifest = ManifestFile.encode(ManifestLayer(manifest))
            state.version += 1
        }
        return state.withLock { String($0.version) }
    }

    func listing() -> Listing {
        state.withLock { state in
            let objects = state.objects.mapValues {
                StoredObject(
                    byteCount: $0.stored.count, etag: MD5(of: $0.stored)?.hex ?? "")
            }
            return Listing(objects: objects, strays: state.strays)
        }
    }

    func bytes(of path: SitePath) -> [UInt8]? { state.withLock { $0.objects[path]?.bytes } }

    func headers(of path: SitePath) -> ObjectHeaders? {
        state.withLock { $0.objects[path]?.headers }
    }

    func upload(_ file: LocalFile) throws(SyncError) -> Upload {
        let bytes = [UInt8](FileManager.default.contents(atPath: file.localPath) ?? Data())
        let stored = try file.body()
        try write { state in
            state.objects[file.path] = Object(bytes: bytes, stored: stored, headers: file.headers)
        }
        return Upload(byteCount: stored.count)
    }

    func obstacleToWithholding() -> String? {
        state.withLock { $0.isPrivate } ? nil : "as anybody can read it"
    }

    func delete(_ paths: [SitePath]) throws(SyncError) -> [SitePath: SyncError] {
        try write { state in for path in paths { state.objects[path] = nil } }
        return [:]
    }
}
