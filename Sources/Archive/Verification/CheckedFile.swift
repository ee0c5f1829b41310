/// A row and the line it begins on.
struct Numbered<Row: Sendable>: Sendable {
    let line: Int
    let row: Row
}

typealias NumberedRows<Row: Sendable> = ArraySlice<Numbered<Row>>

/// One archive file read for checking: every row that can be read, a finding for each that cannot.
struct CheckedFile<Row: ArchiveRow>: Sendable {
    let path: String
    private(set) var rows: [Numbered<Row>] = []
    private(set) var findings: [Finding] = []
    /// Nothing is known of the lines that cannot be read: what should agree with them may not.
    private(set) var isWhole = true
    /// What its header names.
    private(set) var columns: [String] = []

    /// A file that is not there has no rows.
    init(_ path: String) {
        self.path = path
        do throws(ArchiveError) {
            guard let file = try ArchiveFile(path) else { return }
            if file.tornByteCount > 0 {
                let line = 1 + file.bytes.count { $0 == UInt8(ascii: "\n") }
                findings.append(
                    Finding(
                        .torn, path, line: line,
                        "the line was not finished; the next append removes it"))
            }
            try read(file)
        } catch {
            fail(error)
        }
    }

    private mutating func read(_ file: ArchiveFile) throws(ArchiveError) {
        guard var reader = try RowReader<Row>(file) else { return }
        columns = reader.columns
        // Those behind a column that nobody here knows are anybody's.
        let written =
            Row.columns
            + reader.columns.dropFirst(Row.columns.count).prefix {
                Row.optionalColumns.contains($0)
            }
        var encoder = CSVEncoder()
        encoder.header(written)
        check(file.bytes[reader.range], line: reader.line, holds: encoder.bytes)
        while reader.advance() {
            do throws(ArchiveError) {
                let row = try reader.row()
                rows.append(Numbered(line: reader.line, row: row))
                encoder.removeAll()
                encoder.row(row, columns: written)
                check(
                    reader.isTooLong ? [] : file.bytes[reader.range], line: reader.line,
                    holds: encoder.bytes)
            } catch {
                fail(error)
            }
        }
    }

    private mutating func fail(_ error: ArchiveError) {
        findings.append(Finding(error))
        isWhole = false
    }

    /// The line is byte for byte what would be written, apart from extra columns.
    private mutating func check(_ bytes: ArraySlice<UInt8>, line: Int, holds written: [UInt8]) {
        let cells = written.dropLast()
        if bytes.starts(with: cells) {
            let next = bytes[bytes.startIndex + cells.count]
            if next == UInt8(ascii: "\n") || next == UInt8(ascii: ",") { return }
        }
        let sentence = "the line is not what Tidemark writes for its values"
        findings.append(Finding(.form, path, line: line, sentence))
    }
}
