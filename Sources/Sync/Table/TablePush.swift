import AWS
import Archive
import Digest
import Tasks
import Text

/// Brings a table of DynamoDB in step with an archive: what the table lacks is put, a window in one transaction whose row
/// goes in only where there is none, and what the archive has taken back goes.
///
/// A run that was killed in between is made good by the next one. Of two machines that have counted the same window one
/// writes it, and the other is told. The caller holds the archive's lock.
public struct TablePush: Sendable {
    private let folder: String
    private let client: TableClient
    private static let concurrency = 8

    /// - Parameter folder: the archive's.
    public init(of folder: String, to client: TableClient) {
        (self.folder, self.client) = (folder, client)
    }

    /// How much a run brought there.
    public struct Report: Hashable, Sendable {
        /// Windows of which something was put or taken away.
        public var windowCount = 0
        public var fileCount = 0
    }

    /// Throws `tableAhead` if the table has windows that the archive lacks and has not taken back, `tableDiffers` if a
    /// window is another there.
    ///
    /// - Parameter log: what the archive says that it took back, or read again.
    public func run(_ log: [ChangeRow]) async throws(SyncError) -> Report {
        do throws(SyncError) {
            return try await run(log, isThorough: false)
        } catch .table(let error) where error.isConditionFailure {
            // Somebody was quicker, or a killed run has left something: what is there is looked at, piece by piece.
            do throws(SyncError) {
                return try await run(log, isThorough: true)
            } catch .table(let error) where error.isConditionFailure {
                throw .overtaken
            }
        }
    }

    private func run(_ log: [ChangeRow], isThorough: Bool) async throws(SyncError) -> Report {
        let files = try await differences(isThorough)
        let (gone, rewritten) = (
            ChangeRow.gone(log), Set(log.filter(\.isRewritten).map(\.key))
        )
        // What the table has nothing of needs no look.
        var refusals = Refusals()
        for file in files where file.isOver { refusals.take(try await change(of: file)) }
        try refusals.refuse(gone, rewritten)

        var report = Report()
        report.fileCount = files.count
        var windows = WindowChanges()
        var ofIndex: (lists: [TableChange], records: [TableChange]) = ([], [])
        for file in files.sorted(by: { ExactText($0.period) < ExactText($1.period) }) {
            if windows.byteCount > Self.mostHeld,
                let start = TableLayout.start(ofPeriod: file.period)
            {
                report.windowCount += try await write(windows.take(before: start))
            }
            let change = try await change(of: file)
            // Somebody may have written there meanwhile.
            var refusals = Refusals()
            refusals.take(change)
            try refusals.refuse(gone, rewritten)
            change.changes(to: &windows)
            if TableLayout.isRecord(file.name) {
                ofIndex.records.append(change.ofIndex)
            } else {
                ofIndex.lists.append(change.ofIndex)
            }
        }
        report.windowCount += try await write(windows.take(before: nil))
        for part in TableClient.transactions(of: ofIndex.lists + ofIndex.records) {
            try await asking { () async throws(AWSError) in try await client.change(part) }
        }
        return report
    }

    /// Bytes of changes that are collected before the windows that are whole are written.
    private static let mostHeld = 2 << 20

    // MARK: what is to be done

    /// A file that is not in the table as it is here.
    private struct Difference {
        let name: String
        let old: TableFile?
        /// Whether lines have only come behind those that are there.
        var isGrown = false
        /// Whether the table may have something of it that does not stay.
        var isOver = false

        var period: String { TableLayout.period(name) }
    }

    private func differences(_ isThorough: Bool) async throws(SyncError) -> [Difference] {
        let index = try await asking { () async throws(AWSError) in
            try await client.items(of: TableLayout.index)
        }.compactMap { TableFile($0) }
        let known = Dictionary(index.map { ($0.name, $0) }) { first, _ in first }
        let names = try TableLayout.files(in: folder)
        var files: [Difference] = []
        for name in names {
            guard let lines = try TableLayout.lines(of: name, in: folder), !lines.isEmpty else {
                continue
            }
            let old = known[name]
            if let old, old.byteCount == lines.count, old.digest == SHA256(of: lines) { continue }
            // Nearly always it is so.
            if !isThorough, let old, lines.count > old.byteCount,
                SHA256(of: lines[..<old.byteCount]) == old.digest
            {
                files.append(Difference(name: name, old: old, isGrown: true))
            } else {
                files.append(Difference(name: name, old: old, isOver: isThorough || old != nil))
            }
        }
        let here = Set(names)
        return files
            + index.filter { !here.contains($0.name) }
            .map { Difference(name: $0.name, old: $0, isOver: true) }
    }

    private func change(of file: Difference) async throws(SyncError) -> FileChange {
        let lines = try TableLayout.lines(of: file.name, in: folder)
        if file.isGrown, let lines, let old = file.old {
            return try FileChange(of: file.name, lines, grownFrom: old)
        }
        return try FileChange(
            of: file.name, lines, from: file.old,
            over: file.isOver ? await items(of: file.name) : [])
    }

    private func items(of name: String) async throws(SyncError) -> [TableItem] {
        try await asking { () async throws(AWSError) in try await client.items(of: name) }
    }

    /// What the table would lose or have otherwise.
    private struct Refusals {
        private var differing: [WindowKey] = []
        private var lost: Set<WindowKey> = []

        mutating func take(_ file: FileChange) {
            differing += file.differing
            if TableLayout.isRecord(file.name) || file.new == nil { lost.formUnion(file.lost) }
        }

        /// A window goes only if the archive says that it was taken back, and is another only if it says that it was
        /// read again.
        func refuse(
            _ gone: Set<WindowKey>, _ rewritten: Set<WindowKey>
        ) throws(SyncError) {
            let differing = differing.first { !gone.contains($0) && !rewritten.contains($0) }
            if let differing {
                throw .tableDiffers(slot: "\(differing.slot)", source: differing.source)
            }
            let lost = lost.subtracting(gone)
            if let first = lost.min(by: { ($0.slot, $0.source) < ($1.slot, $1.source) }) {
                throw .tableAhead(count: lost.count, slot: "\(first.slot)", source: first.source)
            }
        }
    }

    // MARK: doing it

    /// - Returns: of how many windows something was written.
    private func write(
        _ windows: [(key: WindowKey?, window: WindowChanges.Window)]
    ) async throws(SyncError) -> Int {
        let outcomes = await concurrently(windows, limit: Self.concurrency) {
            [client] (each) throws(SyncError) in
            for part in each.window.transactions {
                try await asking { () async throws(AWSError) in try await client.change(part) }
            }
        }
        for outcome in outcomes { try outcome.get() }
        return windows.count { $0.key != nil }
    }
}

extension ChangeRow {
    /// Whether the archive has another window in the place of one that it had.
    fileprivate var isRewritten: Bool { change == .replaced || change == .merged }
}

/// What a table answers; its errors are those of the table from here on.
func asking<Value>(
    _ body: () async throws(AWSError) -> Value
) async throws(SyncError) -> Value {
    do throws(AWSError) {
        return try await body()
    } catch {
        throw .table(error)
    }
}
