import Files

/// Appends windows to an archive, each slot of a source once.
///
/// One writer at a time: the caller holds the lock. What was given with the hashtags goes first, then the lists, and the
/// window row last; it alone makes the others count, so a run killed in between leaves nothing that counts,
/// and the next append of that window clears what it left.
public struct ArchiveWriter: Sendable {
    public let folder: String

    public init(folder: String) { self.folder = folder }

    /// Makes the window durable, or throws and leaves the archive as it was.
    ///
    /// The lists hold rows of the window's slot and source alone. With
    /// `replacing`, a row that is there already makes room; the new files are whole on the disk before
    /// the first is put in place.
    public func append(
        _ window: WindowRow, top: [TopRow], trending: [TopRow] = [], tail: [TailRow],
        related: [RelatedRow] = [], links: [LinkRow] = [], replacing: Bool = false
    ) throws(ArchiveError) {
        let year = window.slot.date.year
        let windows = path(ArchiveLayout.windows(year: year))
        let record = try ArchiveFile.windows(year: year, in: folder)
        let tops = path(ArchiveLayout.top(window.slot.date))
        let trends = path(ArchiveLayout.trending(window.slot.date))
        let tails = path(ArchiveLayout.tail(window.slot.date))
        let relations = path(ArchiveLayout.related(window.slot.date))
        let addresses = path(ArchiveLayout.links(window.slot.date))
        let archived = try record?.rows(of: WindowRow.self)
            .contains { $0.slot == window.slot && $0.source == window.source }
        if archived == true {
            guard replacing else {
                throw .alreadyArchived(slot: window.slot, source: window.source)
            }
            let files = [
                (
                    addresses,
                    try rewritten(ArchiveFile(addresses), addresses, with: links, of: window)
                ),
                (
                    relations,
                    try rewritten(ArchiveFile(relations), relations, with: related, of: window)
                ),
                (tails, try rewritten(ArchiveFile(tails), tails, with: tail, of: window)),
                (trends, try rewritten(ArchiveFile(trends), trends, with: trending, of: window)),
                (tops, try rewritten(ArchiveFile(tops), tops, with: top, of: window)),
                (windows, try rewritten(record, windows, with: [window], of: window)),
            ]
            try ArchiveError.onDisk { () throws(FileError) in
                try WholeFile.write(files.filter { !$0.1.isEmpty })
            }
        } else {
            try append(links, to: ArchiveFile(addresses), addresses, of: window)
            try append(related, to: ArchiveFile(relations), relations, of: window)
            try append(tail, to: ArchiveFile(tails), tails, of: window)
            try append(trending, to: ArchiveFile(trends), trends, of: window)
            try append(top, to: ArchiveFile(tops), tops, of: window)
            try append([window], to: record, windows, of: window)
        }
    }

    private func append<Row: ArchiveRow>(
        _ rows: [Row], to file: ArchiveFile?, _ path: String, of window: WindowRow
    ) throws(ArchiveError) {
        let kept = file?.bytes(without: window.slot, window.source) ?? []
        let added = try Self.lines(of: rows, behind: kept, in: path)
        try ArchiveError.onDisk { () throws(FileError) in
            if let file, !file.endsAsOnDisk || kept.count < file.bytes.count {
                try WholeFile.write(kept, to: path)
            }
            if !added.isEmpty { try WholeFile.append(added, to: path) }
        }
    }

    /// The file's bytes with these rows instead of those of the same slot and source.
    private func rewritten<Row: ArchiveRow>(
        _ file: ArchiveFile?, _ path: String, with rows: [Row], of window: WindowRow
    ) throws(ArchiveError) -> [UInt8] {
        let kept = file?.bytes(without: window.slot, window.source) ?? []
        return try kept + Self.lines(of: rows, behind: kept, in: path)
    }

    /// Lines that fit the header of what is kept, or begin with one; nothing for no rows.
    static func lines<Row: ArchiveRow>(
        of rows: [Row], behind kept: [UInt8], in path: String
    ) throws(ArchiveError) -> [UInt8] {
        guard !rows.isEmpty else { return [] }
        var encoder = CSVEncoder()
        var decoder = CSVDecoder(kept)
        let header = decoder.next()
        if header == nil { encoder.header(Row.header) }
        let columns = try header.map { header throws(ArchiveError) in
            try ArchiveFile.columns(of: Row.self, in: header, path: path)
        }
        for row in rows { encoder.row(row, columns: columns ?? Row.header) }
        return encoder.bytes
    }

    private func path(_ file: String) -> String { folder + "/" + file }
}
