import Calendar
import Files

/// The bytes of one archive file, whole lines only, without a byte order mark.
struct ArchiveFile {
    let path: String
    private(set) var bytes: [UInt8]
    /// What stands behind the last LF on the disk: a line that a killed run did not finish, unless it is
    /// `completed`.
    private(set) var torn: [UInt8]
    /// Whether what stood there is a line, and in `bytes`.
    private(set) var isCompleted = false
    let hasByteOrderMark: Bool

    /// Nil if there is no such file.
    init?(_ path: String) throws(ArchiveError) {
        guard var bytes = try Self.bytes(path) else { return nil }
        hasByteOrderMark = bytes.hasByteOrderMark
        if hasByteOrderMark { bytes = bytes.withoutByteOrderMark }
        let whole = bytes.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
        torn = Array(bytes[whole...])
        bytes.removeSubrange(whole...)
        self.path = path
        self.bytes = bytes
    }

    /// A file of another archive, whose bytes are all of it.
    init(whole bytes: [UInt8], path: String) {
        (self.path, self.bytes, torn) = (path, bytes.withoutByteOrderMark, [])
        hasByteOrderMark = bytes.hasByteOrderMark
    }

    /// The windows of a year; nil if there is no such file. A last row that lacks its line feed alone, as editors and
    /// copies lose it, counts: its lists, which were written before it, hold the rows that it says.
    ///
    /// - Parameter folder: the archive's.
    static func windows(year: Int, in folder: String) throws(ArchiveError) -> ArchiveFile? {
        let path = folder + "/" + ArchiveLayout.windows(year: year)
        guard var file = try ArchiveFile(path) else { return nil }
        guard !file.torn.isEmpty, let end = file.bytes.firstIndex(of: UInt8(ascii: "\n")) else {
            return file
        }
        var last = file
        last.bytes = file.bytes[...end] + file.torn + [UInt8(ascii: "\n")]
        guard let row = try? last.rows(of: WindowRow.self).first, let rows = row.rows,
            try rows == lineCount(of: row, in: folder)
        else { return file }
        file.bytes += file.torn + [UInt8(ascii: "\n")]
        (file.torn, file.isCompleted) = ([], true)
        return file
    }

    /// How many lines the lists of a window have.
    private static func lineCount(
        of window: WindowRow, in folder: String
    ) throws(ArchiveError) -> Int {
        var count = 0
        for list in [ArchiveLayout.top, ArchiveLayout.trending, ArchiveLayout.tail] {
            guard let file = try ArchiveFile(folder + "/" + list(window.slot.date)) else {
                continue
            }
            var decoder = CSVDecoder(file.bytes)
            let name = [Array(window.slot.description.utf8)[...], Array(window.source.utf8)[...]]
            while let record = decoder.next() {
                if record.prefix(2).map(FormulaGuard.removed) == name { count += 1 }
            }
        }
        return count
    }

    /// Whether the file on the disk ends as it does here.
    var endsAsOnDisk: Bool { torn.isEmpty && !isCompleted }

    private static func bytes(_ path: String) throws(ArchiveError) -> [UInt8]? {
        try ArchiveError.onDisk { () throws(FileError) in try WholeFile.readIfPresent(path) }
    }

    /// Every row, in the order of the file. An empty file has none.
    func rows<Row: ArchiveRow>(of type: Row.Type) throws(ArchiveError) -> [Row] {
        guard var reader = try RowReader<Row>(self) else { return [] }
        var rows: [Row] = []
        while reader.advance() { rows.append(try reader.row()) }
        return rows
    }

    /// What the first line names: the row's columns, and perhaps more behind them.
    static func columns<Row: ArchiveRow>(
        of type: Row.Type, in header: CSVRecord, path: String
    ) throws(ArchiveError) -> [String] {
        let found = header.map { String(decoding: $0, as: UTF8.self) }
        guard Array(found.prefix(Row.columns.count)) == Row.columns else {
            throw .header(file: path, expected: Row.columns, found: found.joined(separator: ","))
        }
        return found
    }

    /// The bytes without the lines that begin with these two cells; all else stays byte for byte.
    func bytes(without slot: Timestamp, _ source: String) -> [UInt8] {
        let unwanted = [Array(slot.description.utf8)[...], Array(source.utf8)[...]]
        return bytes(unless: { $0 == unwanted }).bytes
    }

    /// The bytes without the lines of these windows, and how many lines are left below the header.
    func bytes(without windows: Set<WindowKey>) -> (bytes: [UInt8], rowCount: Int) {
        let unwanted = Set(
            windows.map { [Array($0.slot.description.utf8)[...], Array($0.source.utf8)[...]] })
        let (bytes, lineCount) = bytes(unless: unwanted.contains)
        return (bytes, max(0, lineCount - 1))
    }

    private func bytes(
        unless isUnwanted: ([ArraySlice<UInt8>]) -> Bool
    ) -> (bytes: [UInt8], lineCount: Int) {
        var decoder = CSVDecoder(bytes)
        var kept: [UInt8] = []
        var lineCount = 0
        while let record = decoder.next() {
            if isUnwanted(record.prefix(2).map(FormulaGuard.removed)) { continue }
            kept += bytes[record.range]
            lineCount += 1
        }
        return (kept, lineCount)
    }
}
