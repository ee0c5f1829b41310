import Calendar
import Files

/// Two archives made one: that of this machine, and a published one that neither continues it nor is continued by it.
///
/// By slot and source. A window that one of them lacks is taken from the other: what was read live, or paid for, cannot be
/// read again. Of two, the one holds of whose slot more was read, then the one with more posts, then the published one.
/// What one of them says was taken back stays so. The caller holds the archive's lock.
public struct ArchiveMerge: Sendable {
    /// How many windows of which archive hold, where they are not the same.
    public struct Report: Hashable, Sendable {
        /// Windows that only the published archive had.
        public var fetched = 0
        /// Windows that only this machine had.
        public var kept = 0
        /// Windows that both had, and whose is kept.
        public var oursOfBoth = 0
        public var theirsOfBoth = 0

        public init() {}
    }

    public private(set) var report = Report()
    private let folder: String
    private let published: [String: [UInt8]]
    /// Windows that are put behind the published ones.
    private var ours: [WindowRow] = []
    /// Windows that are the same here and there.
    private var same: Set<WindowKey> = []
    private var files: [(path: String, bytes: [UInt8])] = []

    /// Plans it; `published` are the files there that are not as they are here, by their names in an archive.
    public init(
        of folder: String, with published: [String: [UInt8]], now: Timestamp
    ) throws(ArchiveError) {
        self.folder = folder
        self.published = published
        let changes: SmallFile<ChangeRow> = try small(ArchiveLayout.changes)
        let records = published.keys.filter { $0.hasPrefix(ArchiveLayout.windows + "/") }.sorted()
        var unwanted: Set<WindowKey> = []
        for name in records { try choose(name, changes, &unwanted) }
        let ours = Set(ours.map(\.key))
        for name in published.keys.sorted() {
            switch name.prefix(while: { $0 != "/" }) {
            case "top", "trending": try merge(TopRow.self, name, ours, unwanted) { $0.key }
            case "tail": try merge(TailRow.self, name, ours, unwanted) { $0.key }
            case "related": try merge(RelatedRow.self, name, ours, unwanted) { $0.key }
            case "links": try merge(LinkRow.self, name, ours, unwanted) { $0.key }
            // The items of the published feed are told apart by its name.
            case ArchiveLayout.feed[...]:
                files.append((path(name), published[name] ?? []))
            case ArchiveLayout.spending[...]: try mergeSpending(name)
            default: break
            }
        }
        try mergeWithdrawals()
        let known = Set(changes.rows)
        let new = self.ours.map { ChangeRow(.merged, $0, at: now) }.filter { row in
            !known.contains {
                $0.change == .merged && $0.slot == row.slot && $0.source == row.source
            }
        }
        put(changes.rows + new, into: ArchiveLayout.changes)
        let rules: SmallFile<RulesRow> = try small(ArchiveLayout.rules)
        put(rules.rows, into: ArchiveLayout.rules)
        // A row of theirs makes the lists of its slot count.
        for name in records { try merge(WindowRow.self, name, ours, unwanted) { $0.key } }
    }

    /// Puts every file in place, the windows last; all are whole aside before the first.
    public func apply() throws(ArchiveError) {
        try ArchiveError.onDisk { () throws(FileError) in try WholeFile.write(files) }
    }

    private func path(_ name: String) -> String { "\(folder)/\(name)" }

    private func theirs(_ name: String) -> ArchiveFile? {
        published[name].map { ArchiveFile(whole: $0, path: name) }
    }

    private mutating func choose(
        _ name: String, _ changes: SmallFile<ChangeRow>, _ unwanted: inout Set<WindowKey>
    ) throws(ArchiveError) {
        let theirs = try theirs(name)?.rows(of: WindowRow.self) ?? []
        let here = try ArchiveFile(path(name))?.rows(of: WindowRow.self) ?? []
        let byKey = Dictionary(theirs.map { ($0.key, $0) }) { first, _ in first }
        let hereKeys = Set(here.map(\.key))
        let (goneThere, goneHere) = (ChangeRow.gone(changes.there), ChangeRow.gone(changes.here))
        for row in here {
            guard let other = byKey[row.key] else {
                if goneThere.contains(row.key) { continue }
                report.kept += 1
                ours.append(row)
                continue
            }
            if other == row {
                same.insert(row.key)
                continue
            }
            if (row.coverage, row.posts) > (other.coverage, other.posts) {
                report.oursOfBoth += 1
                ours.append(row)
                unwanted.insert(row.key)
            } else {
                report.theirsOfBoth += 1
            }
        }
        for row in theirs where !hereKeys.contains(row.key) {
            if goneHere.contains(row.key) {
                unwanted.insert(row.key)
            } else {
                report.fetched += 1
            }
        }
    }

    private mutating func merge<Row: ArchiveRow>(
        _ type: Row.Type, _ name: String, _ ours: Set<WindowKey>, _ unwanted: Set<WindowKey>,
        _ key: (Row) -> WindowKey
    ) throws(ArchiveError) {
        let here = try ArchiveFile(path(name))
        let all = try here?.rows(of: Row.self) ?? []
        // Where a published list lacks lines that were withdrawn, those of here are whole.
        let whole = try cut(all, name, key)
        let kept = theirs(name)?.bytes(without: unwanted.union(whole)).bytes ?? []
        let rows = all.filter { ours.contains(key($0)) || whole.contains(key($0)) }
        let bytes = try kept + ArchiveWriter.lines(of: rows, behind: kept, in: path(name))
        if bytes != here?.bytes { files.append((path(name), bytes)) }
    }

    /// Of the windows that are the same here and there, those of which there are fewer lines there.
    private func cut<Row: ArchiveRow>(
        _ rows: [Row], _ name: String, _ key: (Row) -> WindowKey
    ) throws(ArchiveError) -> Set<WindowKey> {
        let there = Dictionary(grouping: try theirs(name)?.rows(of: Row.self) ?? [], by: key)
        let here = Dictionary(grouping: rows, by: key)
        return same.filter { (here[$0]?.count ?? 0) > (there[$0]?.count ?? 0) }
    }

    /// What both have paid since they parted is paid twice: the rows of one behind those of the other, but for those that
    /// both begin with. Rows of one slot may well be alike.
    private mutating func mergeSpending(_ name: String) throws(ArchiveError) {
        let there = try theirs(name)?.rows(of: SpendingRow.self) ?? []
        let here = try ArchiveFile(path(name))?.rows(of: SpendingRow.self) ?? []
        let shared = zip(there, here).prefix { $0 == $1 }.count
        put(there + here.dropFirst(shared), into: name)
    }

    private mutating func mergeWithdrawals() throws(ArchiveError) {
        guard let theirs = published[ArchiveLayout.withdrawn] else { return }
        let here = try ArchiveReader(folder: folder).withdrawals()
        var all = try Withdrawals(theirs, path: ArchiveLayout.withdrawn)
        for line in here.lines where !all.matchesAll(of: line.tag) { _ = all.add(line) }
        if all != here { files.append((path(ArchiveLayout.withdrawn), all.bytes)) }
    }

    /// The lines of a small file, there and here, each once.
    private struct SmallFile<Row: ArchiveRow & Hashable> {
        let there: [Row]
        let here: [Row]
        var rows: [Row] { there + here.filter { !there.contains($0) } }
    }

    private func small<Row: ArchiveRow & Hashable>(
        _ name: String
    ) throws(ArchiveError) -> SmallFile<Row> {
        SmallFile(
            there: try theirs(name)?.rows(of: Row.self) ?? [],
            here: try ArchiveFile(path(name))?.rows(of: Row.self) ?? [])
    }

    private mutating func put<Row: ArchiveRow>(_ rows: [Row], into name: String) {
        if !rows.isEmpty { files.append((path(name), SmallTable<Row>.bytes(of: rows))) }
    }
}

extension WindowRow { var key: WindowKey { WindowKey(slot: slot, source: source) } }
extension WindowTag { fileprivate var key: WindowKey { WindowKey(slot: slot, source: source) } }
