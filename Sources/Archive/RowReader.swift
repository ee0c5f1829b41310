/// Reads the rows of one archive file, line by line.
public struct RowReader<Row: ArchiveRow> {
    public let path: String
    /// What the header names.
    public let columns: [String]
    private var decoder: CSVDecoder
    private var fields: FieldReader

    /// Nil for an empty file. Throws if its first line is not a header of such rows.
    init?(_ file: ArchiveFile) throws(ArchiveError) {
        path = file.path
        decoder = CSVDecoder(file.bytes)
        guard let header = decoder.next() else { return nil }
        columns = try ArchiveFile.columns(of: Row.self, in: header, path: file.path)
        fields = FieldReader(
            file: file.path, record: header, columns: columns, needed: Row.columns.count)
    }

    /// Goes to the next line, from the header on; false behind the last.
    public mutating func advance() -> Bool { decoder.read(&fields.record) }

    /// The line's number, from 1.
    public var line: Int { fields.record.line }
    /// The line as it stands; hold it no longer than the line, or it is copied.
    public var cells: CSVRecord { fields.record }
    /// Whether it has cells that no column is for.
    var isTooLong: Bool { fields.record.count > columns.count }
    /// Its bytes in the file, with the line end.
    var range: Range<Int> { fields.record.range }

    /// The line as a row; of the columns behind the row's own it may lack any.
    public mutating func row() throws(ArchiveError) -> Row {
        try fields.begin()
        return try Row(fields: &fields)
    }
}
