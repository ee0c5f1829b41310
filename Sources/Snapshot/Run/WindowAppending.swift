import Archive

/// Lets the sources of a run append one after another.
actor WindowAppending {
    private let writer: ArchiveWriter
    private let run: SnapshotRun
    private let replacing: Bool
    private(set) var archived: [WindowRow] = []

    init(writer: ArchiveWriter, run: SnapshotRun, replacing: Bool) {
        self.writer = writer
        self.run = run
        self.replacing = replacing
    }

    func append(_ window: ClosedWindow) throws(ArchiveError) {
        let rows = window.rows(top: run.top, version: run.version)
        try writer.append(rows.window, top: rows.top, tail: rows.tail, replacing: replacing)
        archived.append(rows.window)
    }

    /// Gives every slot between the source's first row and `running` that has none one that says so.
    func appendMissing(of source: String, before running: Slot) throws(ArchiveError) {
        let slots = try ArchiveReader(folder: writer.folder).windows()
            .filter { $0.source == source }.map(\.slot)
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
                archived.append(row)
            }
            slot = slot.next
        }
    }
}
