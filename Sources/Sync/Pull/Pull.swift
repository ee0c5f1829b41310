import AWS
import Digest
import Files
import Tasks

/// The archive from where it is published, into a folder of this machine.
///
/// Every file is checked by the manifest's digest. A file that is here already stays unless the
/// published one begins with all of it; if one does not, nothing is fetched at all. A pull that was
/// stopped leaves a mark, and the next one goes on from there.
public struct Pull: Sendable {
    private let folder: String
    private let store: any Store
    private let concurrency: Int
    private let progress: @Sendable (_ total: Int, _ byteCount: Int) -> Void

    /// - Parameter folder: the archive's.
    public init(
        from destination: Destination, credentials: any CredentialSource, into folder: String,
        concurrency: Int = 32, retry: Retry = SyncSettings.patience, certificates: String? = nil,
        progress: @escaping @Sendable (_ total: Int, _ byteCount: Int) -> Void = { _, _ in }
    ) throws(SyncError) {
        let store = try destination.store(
            credentials: credentials, retry: retry, silenceLimit: .seconds(30),
            concurrency: concurrency, certificates: certificates)
        self.init(from: store, into: folder, concurrency: concurrency, progress: progress)
    }

    init(
        from store: any Store, into folder: String, concurrency: Int = 8,
        progress: @escaping @Sendable (_ total: Int, _ byteCount: Int) -> Void = { _, _ in }
    ) {
        self.folder = folder
        self.store = store
        self.concurrency = concurrency
        self.progress = progress
    }

    /// Whether a pull into the folder was begun and not finished.
    public static func isUnfinished(in folder: String) throws(SyncError) -> Bool {
        try onDisk { () throws(FileError) in
            try FilePlace.kind(of: folder + "/" + markName) != nil
        }
    }

    private static let markName = ".pulling"

    private struct Item: Sendable {
        var path: SitePath
        var place: ArchivePath
        var entry: Manifest.Entry
    }

    /// Throws `diverged` if the archive here holds what the published one does not, `busy` while
    /// another machine publishes, `damaged` if a file is not what the manifest says.
    public func run() async throws(SyncError) -> PullReport {
        guard let stored = try await store.manifest() else { return PullReport(isEmpty: true) }
        if let seconds = Lease.secondsLeft(of: stored, for: "") { throw .busy(seconds: seconds) }
        let items = Self.items(of: stored.manifest)
        var report = PullReport(isEmpty: items.isEmpty)
        let wanted = try await wanted(items, &report)
        guard !wanted.isEmpty else { return report }

        let mark = folder + "/" + Self.markName
        try onDisk { () throws(FileError) in try WholeFile.write([], to: mark) }
        let isRecord = wanted.map { $0.place.isRecord }
        for (part, limit) in [(false, concurrency), (true, 1)] {
            let items = zip(wanted, isRecord).filter { $0.1 == part }.map(\.0)
            let outcomes = await concurrently(items, limit: limit) {
                [store, folder, progress] (item) throws(SyncError) -> Int? in
                guard let bytes = try await Self.bytes(of: item, in: store) else { return nil }
                try onDisk { () throws(FileError) in
                    try WholeFile.write(bytes, to: "\(folder)/\(item.place.name)")
                }
                progress(wanted.count, bytes.count)
                return bytes.count
            }
            for (item, outcome) in zip(items, outcomes) {
                guard let byteCount = try outcome.get() else { continue }
                report.fetchedCount += 1
                report.byteCount += byteCount
                if item.entry.sha256 == nil { report.unverified.append(item.place.name) }
            }
        }
        try onDisk { () throws(FileError) in try FilePlace.remove(mark) }
        return report
    }

    /// One of each file of the archive, whole where there is a whole one.
    private static func items(of manifest: Manifest) -> [Item] {
        var items: [String: Item] = [:]
        for (path, entry) in manifest.entries {
            guard let place = ArchivePath(path) else { continue }
            if let other = items[place.name], other.place.isWhole { continue }
            items[place.name] = Item(path: path, place: place, entry: entry)
        }
        return items.values.sorted { $0.place < $1.place }
    }

    /// What is not here, or only its beginning.
    private func wanted(
        _ items: [Item], _ report: inout PullReport
    ) async throws(SyncError) -> [Item] {
        var wanted: [Item] = []
        var diverged: [String] = []
        for item in items {
            let local = "\(folder)/\(item.place.name)"
            let here = try onDisk { () throws(FileError) in try WholeFile.readIfPresent(local) }
            guard let here else {
                wanted.append(item)
                continue
            }
            if SHA256(of: here) == item.entry.sha256 {
                report.unchangedCount += 1
            } else if let there = try await Self.bytes(of: item, in: store), there != here,
                // A last row that was published without its line feed was completed here.
                there + [UInt8(ascii: "\n")] != here
            {
                if there.starts(with: here) {
                    wanted.append(item)
                } else {
                    diverged.append(local)
                }
            } else {
                report.unchangedCount += 1
            }
        }
        guard diverged.isEmpty else { throw .diverged(diverged) }
        return wanted
    }

    /// Nil for an object that a dead run may have meant to write, and did not.
    private static func bytes(
        of item: Item, in store: any Store
    ) async throws(SyncError) -> [UInt8]? {
        guard let bytes = try await store.bytes(of: item.path) else {
            if item.entry.content == .uncertain { return nil }
            throw .damaged(path: item.path, reason: "it is not there")
        }
        if let sha256 = item.entry.sha256, SHA256(of: bytes) != sha256 {
            throw .damaged(path: item.path, reason: "its checksum is another")
        }
        return bytes
    }
}

/// What a pull did.
public struct PullReport: Hashable, Sendable {
    /// Whether nothing of an archive is published there.
    public var isEmpty = false
    public var fetchedCount = 0
    public var byteCount = 0
    /// Files that were here as they are there.
    public var unchangedCount = 0
    /// Fetched files that a publish was about to change when it died, so that no digest is known.
    public var unverified: [String] = []
}

extension PullReport: CustomStringConvertible {
    public var description: String {
        "\(fetchedCount) files fetched (\(byteCount) bytes), \(unchangedCount) were here"
    }
}
