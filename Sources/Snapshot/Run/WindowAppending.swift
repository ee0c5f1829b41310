import Archive

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
        let row = window.row(version: run.version)
        try writer.append(
            row, top: rows.top, trending: rows.trending, tail: rows.tail, replacing: replacing)
        windows.append(row)
        archived.append(row)
    }

    /// Gives every slot between the source's first row and `running` that has none one that says so.
    func appendMissing(of source: String, before running: Slot) throws(ArchiveError) {
        let slots = windows.filter { $0.source == source }.map(\.slot)
        guard let first = slots.min(), var slot = run.schedule.slot(startingAt: first) else {
            return
        }
        let present = Set(slots)
        while slot < running {
            if !present.contains(slot.start) {
                let row = WindowRow(
                    slot: slot.start, source: source, start: slot.start, end: slot.start,
                    status: .missing, coverage: 0, version: run.version)
                try writer.append(row, top: [], tail: [])
                windows.append(row)
                archived.append(row)
            }
            slot = slot.next
        }
    }
}
