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
    /// What the archive keeps of rules, and what of it is still to be written.
    private var kept: ArchiveRules
    private var turns: [RulesRow]

    init(
        writer: ArchiveWriter, windows: [WindowRow], run: SnapshotRun, choice: SnapshotRun.Choice,
        turns: [RulesRow]
    ) {
        kept = run.kept
        self.turns = turns
        self.windows = windows
        self.writer = writer
        self.run = run
        self.choice = choice
    }

    /// Appends a window, and before it those of its editions: whether a slot is due is told by the source's own row, so
    /// that a run which is killed between them is made up for.
    func append(_ window: ClosedWindow) throws {
        for edition in window.editions(named: run.editions[window.source] ?? [])
        where choice.replaces || place(of: edition) == nil {
            try appendAlone(edition)
        }
        try appendAlone(window)
    }

    /// Of the row that the archive has of the same slot.
    private func place(of window: ClosedWindow) -> Int? {
        windows.firstIndex { $0.slot == window.slot.start && $0.source == window.source }
    }

    private func appendAlone(_ window: ClosedWindow) throws {
        let reader = ArchiveReader(folder: writer.folder)
        var row = window.row(version: run.version)
        let rules = run.explanations[window.source].map(RulesRow.hash)
        row.rules = rules
        let baseline = try Baseline(
            of: window.slot, source: window.source, rules: rules, by: kept, in: reader,
            windows: windows)
        let rows = window.rows(
            top: kept.top(at: row.slot, or: run.top), baseline: baseline)
        row.rows = rows.top.count + rows.trending.count + rows.tail.count
        let place = place(of: window)
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
        try settle(row, in: place.map { windows[$0] })
        try writer.append(
            row, top: rows.top, trending: rows.trending, tail: rows.tail, related: context.related,
            links: context.links, replacing: choice.replaces)
        if let place { windows[place] = row } else { windows.append(row) }
        archived.append(row)
    }

    /// Writes what is to be kept of schedule and places.
    func turn() throws(ArchiveError) {
        try SmallTable<RulesRow>("\(writer.folder)/\(ArchiveLayout.rules)").append(turns)
        turns = []
    }

    /// Keeps by which rules a window was counted, and what it takes the place of, before the window is there.
    private func settle(_ row: WindowRow, in place: WindowRow?) throws(ArchiveError) {
        var changes: [ChangeRow] = []
        if let place { changes.append(ChangeRow(.replaced, place, at: run.now)) }
        if let explanation = run.explanations[row.source] {
            let before = kept.lastRules(of: row.source)
            if before?.value != explanation {
                let rules = RulesRow(.rules, of: row.source, explanation, since: row.slot)
                turns.append(rules)
                kept = ArchiveRules(rows: kept.rows + [rules])
                if before != nil {
                    changes.append(
                        ChangeRow(.rules, of: row.source, from: row.slot, at: run.now))
                }
            }
        }
        try turn()
        try SmallTable<ChangeRow>("\(writer.folder)/\(ArchiveLayout.changes)").append(changes)
    }

    /// Gives a slot that has no row one that says so, and why.
    func appendMissing(_ gap: GapFilling.Gap) throws(ArchiveError) {
        let row = WindowRow(
            slot: gap.slot.start, source: gap.source, start: gap.slot.start, end: gap.slot.start,
            status: .missing, coverage: 0, version: run.version,
            held: 0, reasons: DropReasons(), note: WindowNote.line(gap.note), rows: 0)
        try turn()
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
