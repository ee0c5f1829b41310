import AWS
import Archive
import Digest
import Tasks

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
        let files = try await changed(isThorough)
        try refuse(files, ChangeRow.gone(log), Set(log.filter(\.isRewritten).map(\.key)))
        var report = Report()
        report.fileCount = files.count
        report.windowCount = try await write(files)
        for part in TableClient.transactions(of: files.map(\.ofIndex)) {
            try await asking { () async throws(AWSError) in try await client.change(part) }
        }
        return report
    }

    // MARK: what is to be done

    private func changed(_ isThorough: Bool) async throws(SyncError) -> [FileChange] {
        let index = try await asking { () async throws(AWSError) in
            try await client.items(of: TableLayout.index)
        }.compactMap { TableFile($0) }
        let known = Dictionary(index.map { ($0.name, $0) }) { first, _ in first }
        let names = try TableLayout.files(in: folder)
        var files: [FileChange] = []
        for name in names {
            guard let lines = try TableLayout.lines(of: name, in: folder), !lines.isEmpty else {
                continue
            }
            let old = known[name]
            if let old, old.byteCount == lines.count, old.digest == SHA256(of: lines) { continue }
            // Nearly always lines have come behind those that are there.
            if !isThorough, let old, lines.count > old.byteCount,
                SHA256(of: lines[..<old.byteCount]) == old.digest
            {
                files.append(try FileChange(of: name, lines, grownFrom: old))
            } else {
                let items = isThorough || old != nil ? try await items(of: name) : []
                files.append(try FileChange(of: name, lines, from: old, over: items))
            }
        }
        for old in index where !names.contains(old.name) {
            files.append(
                try FileChange(of: old.name, nil, from: old, over: await items(of: old.name)))
        }
        return files
    }

    private func items(of name: String) async throws(SyncError) -> [TableItem] {
        try await asking { () async throws(AWSError) in try await client.items(of: name) }
    }

    /// A window goes only if the archive says that it was taken back, and is another only if it says that it was read
    /// again.
    private func refuse(
        _ files: [FileChange], _ gone: Set<WindowKey>, _ rewritten: Set<WindowKey>
    ) throws(SyncError) {
        let differing = files.flatMap(\.differing).filter {
            !gone.contains($0) && !rewritten.contains($0)
        }
        if let first = differing.first {
            throw .tableDiffers(slot: "\(first.slot)", source: first.source)
        }
        let lost = files.filter { TableLayout.isRecord($0.name) || $0.new == nil }
            .reduce(into: Set<WindowKey>()) { $0.formUnion($1.lost) }.subtracting(gone)
        if let first = lost.min(by: { ($0.slot, $0.source) < ($1.slot, $1.source) }) {
            throw .tableAhead(count: lost.count, slot: "\(first.slot)", source: first.source)
        }
    }

    // MARK: doing it

    /// - Returns: of how many windows something was written.
    private func write(_ files: [FileChange]) async throws(SyncError) -> Int {
        var (lists, rows): ([WindowKey?: [TableChange]], [WindowKey?: [TableChange]]) = ([:], [:])
        for file in files { file.changes(to: &lists, &rows) }
        let keys = Set(lists.keys).union(rows.keys)
        let windows = keys.sorted { left, right in
            (left?.slot.secondsSinceEpoch ?? .min, left?.source ?? "")
                < (right?.slot.secondsSinceEpoch ?? .min, right?.source ?? "")
        }.map { (lists: lists[$0] ?? [], row: rows[$0] ?? []) }
        let outcomes = await concurrently(windows, limit: Self.concurrency) {
            [client] (window) throws(SyncError) in
            // What is too much for one goes before the row, without which it does not count.
            let whole = TableClient.transactions(of: window.lists + window.row)
            let parts =
                whole.count < 2
                ? whole
                : TableClient.transactions(of: window.lists)
                    + TableClient.transactions(of: window.row)
            for part in parts {
                try await asking { () async throws(AWSError) in try await client.change(part) }
            }
        }
        for outcome in outcomes { try outcome.get() }
        return keys.filter { $0 != nil }.count
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
