import AWS
import Archive
import Digest
import Files
import Output
import Tasks
import Text

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
        try await fetch(wanted, &report)
        return report
    }

    /// Puts files in place, windows last.
    private func fetch(_ wanted: [Item], _ report: inout PullReport) async throws(SyncError) {
        guard !wanted.isEmpty else { return }
        let mark = folder + "/" + Self.markName
        try onDisk { () throws(FileError) in try WholeFile.write([], to: mark) }
        let isRecord = wanted.map { $0.place.isRecord }
        for (part, limit) in [(false, concurrency), (true, 1)] {
            let items = zip(wanted, isRecord).filter { $0.1 == part }.map(\.0)
            let outcomes = await concurrently(items, limit: limit) {
                [store, folder, progress] (item) throws(SyncError) -> Int? in
                guard let bytes = try await Self.bytes(of: item, in: store),
                    // The site has a file with its header alone for a day on which nothing was listed.
                    !(item.place.isList && RecordRows.isHeaderAlone(bytes))
                else { return nil }
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
    }

    /// Brings here what the archive here lacks, where it has nothing else instead, as one that was restored from a
    /// back-up lacks windows.
    ///
    /// Throws `diverged` if windows are published that are not here, and others here that are not published, or if one is
    /// published otherwise than it is here.
    ///
    /// - Parameters:
    ///   - changes: why windows may be otherwise here, or not be here.
    ///   - isThorough: whether lists are looked at though no record of windows lacks any.
    public func complete(
        by changes: [ChangeRow], isThorough: Bool = false
    ) async throws(SyncError) -> PullReport {
        let takenBack = ChangeRow.gone(changes)
        // Changes of one window say what it was.
        let touched = Set(changes.filter { $0.status != nil }.map(\.key))
        guard let stored = try await store.manifest() else { return PullReport(isEmpty: true) }
        if let seconds = Lease.secondsLeft(of: stored, for: "") { throw .busy(seconds: seconds) }
        let isCut = try onDisk { () throws(FileError) in
            try FilePlace.kind(of: "\(folder)/\(ArchiveLayout.withdrawn)") != nil
        }
        var report = PullReport()
        var (wanted, diverged): ([Item], [String]) = ([], [])
        for isRecord in [true, false] {
            if !isRecord && wanted.isEmpty && !isThorough { break }
            let items = Self.items(
                of: stored.manifest, in: isRecord ? ArchiveLayout.windows + "/" : "")
            for item in items where item.place.isRecord == isRecord {
                // What the operator writes is here, and the site's copies of lists lack what is withdrawn.
                if item.place.name == ArchiveLayout.withdrawn { continue }
                let local = "\(folder)/\(item.place.name)"
                let status = try onDisk { () throws(FileError) in try FileStatus(of: local) }
                if let status, !isRecord {
                    if status.byteCount == item.entry.byteCount { continue }
                    if isCut, !item.place.isWhole { continue }
                }
                let here = try onDisk { () throws(FileError) in try WholeFile.readIfPresent(local) }
                if let here, SHA256(of: here) == item.entry.sha256 { continue }
                guard let there = try await Self.bytes(of: item, in: store) else { continue }
                let ours = WindowKey.lines(in: here ?? [])
                let isAccountedFor = WindowKey.lines(in: there).allSatisfy { key, line in
                    guard let own = ours[key] else { return takenBack.contains(key) }
                    return !isRecord || own == line || touched.contains(key)
                }
                if isAccountedFor { continue }
                if there.starts(with: here ?? []) {
                    wanted.append(item)
                } else {
                    diverged.append(local)
                }
            }
            guard diverged.isEmpty else { throw .diverged(diverged) }
        }
        try await fetch(wanted.sorted { $0.place < $1.place }, &report)
        return report
    }

    /// The published files of the archive that are not as they are here, by their names in an archive; nil if none is
    /// published.
    public func differing() async throws(SyncError) -> [String: [UInt8]]? {
        guard let stored = try await store.manifest() else { return nil }
        if let seconds = Lease.secondsLeft(of: stored, for: "") { throw .busy(seconds: seconds) }
        var files: [String: [UInt8]] = [:]
        for item in Self.items(of: stored.manifest) {
            let local = "\(folder)/\(item.place.name)"
            let here = try onDisk { () throws(FileError) in try WholeFile.readIfPresent(local) }
            if let here, SHA256(of: here) == item.entry.sha256 { continue }
            if let there = try await Self.bytes(of: item, in: store), there != here {
                files[item.place.name] = there
            }
        }
        return files
    }

    /// One of each file of the archive, whole where there is a whole one.
    ///
    /// - Parameter folder: of the archive; empty, or with a slash at its end.
    private static func items(of manifest: Manifest, in folder: String = "") -> [Item] {
        var items: [String: Item] = [:]
        let paths = ["\(SiteLayout.data)/", SitePath.withheldFolder].flatMap {
            manifest.entries.keys(beginningWith: $0 + folder)
        }
        for path in paths {
            guard let place = ArchivePath(path), let entry = manifest.entries[path] else {
                continue
            }
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
        "\(quantity(fetchedCount, "file")) fetched (\(quantity(byteCount, "byte"))), \(unchangedCount) were here"
    }
}
