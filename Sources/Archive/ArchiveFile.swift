import Calendar
import Files

/// The bytes of one archive file, whole lines only.
struct ArchiveFile {
    let path: String
    private(set) var bytes: [UInt8]
    /// Bytes behind the last LF: a line that a killed run did not finish.
    let tornByteCount: Int

    /// Nil if there is no such file.
    init?(_ path: String) throws(ArchiveError) {
        guard var bytes = try Self.bytes(path) else { return nil }
        let whole = bytes.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
        tornByteCount = bytes.count - whole
        bytes.removeSubrange(whole...)
        self.path = path
        self.bytes = bytes
    }

    /// A file that a person may have written, whose last line need not end with LF.
    init?(handWritten path: String) throws(ArchiveError) {
        guard let bytes = try Self.bytes(path) else { return nil }
        self.path = path
        self.bytes = bytes
        tornByteCount = 0
    }

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
        var decoder = CSVDecoder(bytes)
        var kept: [UInt8] = []
        while let record = decoder.next() {
            if record.prefix(2).map(FormulaGuard.removed) != unwanted {
                kept += bytes[record.range]
            }
        }
        return kept
    }
}
