import Archive
import Calendar

/// Lets the sources of a run append one after another.
actor WindowAppending {
    private let writer: ArchiveWriter
    private let run: SnapshotRun
    private let choice: SnapshotRun.Choice
    /// Every row of the archive.
    private(set) var windows: [WindowRow]
    private(set) var archived: [WindowRow] = []

    init(writer: ArchiveWriter, windows: [WindowRow], run: SnapshotRun, choice: SnapshotRun.Choice)
    {
        self.windows = windows
        self.writer = writer
        self.run = run
        self.choice = choice
    }

    func append(_ window: ClosedWindow) throws {
        let reader = ArchiveReader(folder: writer.folder)
        let baseline = try Baseline(
            of: window.slot, source: window.source, in: reader, windows: windows)
        let rows = window.rows(top: run.top, baseline: baseline)
        var row = window.row(version: run.version)
        row.rows = rows.top.count + rows.trending.count + rows.tail.count
        let place = windows.firstIndex { $0.slot == row.slot && $0.source == row.source }
        if choice.replaces, !choice.isForced, let place, row.isLess(than: windows[place]) {
            throw SnapshotError.lowers(
                slot: "\(row.slot)", old: windows[place].worth, new: row.worth)
        }
        var context: (related: [RelatedRow], links: [LinkRow]) = ([], [])
        do {
            context = try window.context(of: rows.top + rows.trending)
        } catch {
            // The counts stand without it.
            let notes = [
                window.note, "what was written and linked with hashtags is unknown: \(error)",
            ]
            row.note = WindowNote.line(notes.filter { !$0.isEmpty }.joined(separator: "; "))
        }
        try writer.append(
            row, top: rows.top, trending: rows.trending, tail: rows.tail, related: context.related,
            links: context.links, replacing: choice.replaces)
        if let place { windows[place] = row } else { windows.append(row) }
        archived.append(row)
    }

    /// Gives a slot that has no row one that says so, and why.
    func appendMissing(_ gap: GapFilling.Gap) throws(ArchiveError) {
        let row = WindowRow(
            slot: gap.slot.start, source: gap.source, start: gap.slot.start, end: gap.slot.start,
            status: .missing, coverage: 0, version: run.version,
            held: 0, reasons: DropReasons(), note: WindowNote.line(gap.note), rows: 0)
        try writer.append(row, top: [], tail: [])
        windows.append(row)
        archived.append(row)
    }
}

extension WindowRow {
    /// What another window of the same slot has to have at least, in words.
    fileprivate var worth: String {
        let share = FixedPoint.text(coverage * 100, decimals: 1)
        return "\(status.rawValue), \(share) % of it read, \(posts) posts"
    }

    /// Whether it says less of its slot.
    fileprivate func isLess(than other: WindowRow) -> Bool {
        coverage < other.coverage || posts < other.posts
            || status == .missing && other.status != .missing
    }
}
