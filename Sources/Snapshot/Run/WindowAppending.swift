import Archive
import Calendar

/// Lets the sources of a run append one after another.
actor WindowAppending {
    private let writer: ArchiveWriter
    private let run: SnapshotRun
    private let replacing: Bool
    /// Every row of the archive.
    private var windows: [WindowRow]
    private(set) var archived: [WindowRow] = []

    init(writer: ArchiveWriter, windows: [WindowRow], run: SnapshotRun, replacing: Bool) {
        self.windows = windows
        self.writer = writer
        self.run = run
        self.replacing = replacing
    }

    func append(_ window: ClosedWindow) throws(ArchiveError) {
        let reader = ArchiveReader(folder: writer.folder)
        let baseline = try Baseline(
            of: window.slot, source: window.source, in: reader, windows: windows)
        let rows = window.rows(top: run.top, baseline: baseline)
        var row = window.row(version: run.version)
        row.rows = rows.top.count + rows.trending.count + rows.tail.count
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
            links: context.links, replacing: replacing)
        windows.append(row)
        archived.append(row)
    }

    /// Gives a slot that has no row one that says so, and why.
    func appendMissing(_ slot: Slot, of source: String, note: String) throws(ArchiveError) {
        guard !windows.contains(where: { $0.slot == slot.start && $0.source == source }) else {
            return
        }
        let row = WindowRow(
            slot: slot.start, source: source, start: slot.start, end: slot.start,
            status: .missing, coverage: 0, version: run.version,
            held: 0, reasons: DropReasons(), note: WindowNote.line(note), rows: 0)
        try writer.append(row, top: [], tail: [])
        windows.append(row)
        archived.append(row)
    }

    /// Gives every slot between the source's first row and `running` that has none, and can no longer
    /// be read, one that says so.
    func appendMissing(
        of source: String, _ availability: Availability, before running: Slot, now: Timestamp
    ) throws(ArchiveError) {
        let (lookBack, note): (Int, String)
        switch availability {
        case .recording: return
        case .live: (lookBack, note) = (0, "no run read it")
        case .replayable(let seconds, _):
            lookBack = seconds
            note = "not read within \(seconds / 3600) h, as far back as the source goes"
        }
        let slots = windows.filter { $0.source == source }.map(\.slot)
        guard let first = slots.min(), var slot = run.schedule.slot(startingAt: first) else {
            return
        }
        let present = Set(slots)
        while slot < running, slot.end + lookBack <= now {
            if !present.contains(slot.start) { try appendMissing(slot, of: source, note: note) }
            slot = slot.next
        }
    }
}
