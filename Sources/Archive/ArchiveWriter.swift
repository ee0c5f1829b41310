/// Appends windows to an archive, each slot of a source once.
///
/// One writer at a time: the caller holds the lock. The tail goes first, then the top, and the window
/// row last; it alone makes the others count, so a run killed in between leaves nothing that counts,
/// and the next append of that window clears what it left.
public struct ArchiveWriter: Sendable {
    public let folder: String

    public init(folder: String) { self.folder = folder }

    /// Makes the window durable, or throws and leaves the archive as it was.
    ///
    /// `top` and `tail` hold rows of the window's slot and source alone. With `replacing`, a row that
    /// is there already makes room.
    public func append(
        _ window: WindowRow, top: [TopRow], tail: [TailRow], replacing: Bool = false
    ) throws(ArchiveError) {
        let windows = path(ArchiveLayout.windows(year: window.slot.date.year))
        let archived = try ArchiveFile(windows)?.rows(of: WindowRow.self)
            .contains { $0.slot == window.slot && $0.source == window.source }
        if archived == true {
            guard replacing else {
                throw .alreadyArchived(slot: window.slot, source: window.source)
            }
            // The window row goes first: from here on the old top and tail are leftovers.
            try clear(windows, of: window)
        }
        try append(tail, to: path(ArchiveLayout.tail(window.slot.date)), for: window)
        try append(top, to: path(ArchiveLayout.top(window.slot.date)), for: window)
        try append([window], to: windows, for: window)
    }

    private func append<Row: ArchiveRow>(
        _ rows: [Row], to file: String, for window: WindowRow
    ) throws(ArchiveError) {
        try clear(file, of: window)
        var encoder = CSVEncoder()
        if try ArchiveFile(file)?.bytes.isEmpty ?? true { encoder.header(Row.columns) }
        for row in rows { encoder.row(row) }
        if !encoder.bytes.isEmpty { try DurableFile.append(encoder.bytes, to: file) }
    }

    /// Takes a torn line and the rows of this slot and source out of a file, if it has any.
    private func clear(_ path: String, of window: WindowRow) throws(ArchiveError) {
        guard let file = try ArchiveFile(path) else { return }
        let kept = file.bytes(without: window.slot, window.source)
        if file.tornByteCount > 0 || kept.count < file.bytes.count {
            try DurableFile.replace(path, with: kept)
        }
    }

    private func path(_ file: String) -> String { folder + "/" + file }
}
