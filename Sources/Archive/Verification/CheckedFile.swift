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
    /// Whether some line ends with CR LF, which is said once.
    private var hasReturns = false
    /// What its header names.
    private(set) var columns: [String] = []

    /// A file that is not there has no rows.
    init(_ path: String) {
        self.init(path) { () throws(ArchiveError) in try ArchiveFile(path) }
    }

    /// - Parameter open: Gives the file; nil if it is not there.
    init(_ path: String, open: () throws(ArchiveError) -> ArchiveFile?) {
        self.path = path
        do throws(ArchiveError) {
            guard let file = try open() else { return }
            var lines: Int { file.bytes.count { $0 == UInt8(ascii: "\n") } }
            if !file.torn.isEmpty {
                findings.append(
                    Finding(
                        .torn, path, line: lines + 1,
                        "the line was not finished; the next append removes it"))
            }
            if file.isCompleted {
                findings.append(
                    Finding(
                        .torn, path, line: lines,
                        "the line is whole but for its line feed, which the next append adds"))
            }
            if file.hasByteOrderMark {
                findings.append(
                    Finding(
                        .form, path, line: 1,
                        "a byte order mark stands before the header: another program has saved the file"
                    ))
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
        var bytes = bytes
        if bytes.last == UInt8(ascii: "\n"), bytes.dropLast().last == UInt8(ascii: "\r") {
            if !hasReturns {
                let sentence =
                    "lines end with CR LF from here on: another program has saved the file"
                findings.append(Finding(.form, path, line: line, sentence))
            }
            hasReturns = true
            bytes = bytes.dropLast(2) + [UInt8(ascii: "\n")]
        }
        let cells = written.dropLast()
        if bytes.starts(with: cells) {
            let next = bytes[bytes.startIndex + cells.count]
            if next == UInt8(ascii: "\n") || next == UInt8(ascii: ",") { return }
        }
        let sentence = "the line is not what Tidemark writes for its values"
        findings.append(Finding(.form, path, line: line, sentence))
    }
}
