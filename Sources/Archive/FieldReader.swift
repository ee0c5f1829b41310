/// Hands out the cells of one record in order, each as the kind of value its column holds.
///
/// Every failure names file, line and column.
public struct FieldReader {
    let file: String
    let record: CSVDecoder.Record
    let columns: [String]
    private var index = 0

    /// Digits of a count: sums of thousands of them still fit an `Int`.
    static let longestCount = 15

    /// - Parameters:
    ///   - columns: The file's header.
    ///   - needed: How many of them the record must have; all without it.
    init(
        file: String, record: CSVDecoder.Record, columns: [String], needed: Int? = nil
    ) throws(ArchiveError) {
        let needed = needed ?? columns.count
        guard record.cells.count >= needed else {
            throw .fieldCount(
                file: file, line: record.line, expected: needed, found: record.cells.count)
        }
        self.file = file
        self.record = record
        self.columns = columns
    }

    /// Goes to the column of that name; false if the file, or this line of it, has none.
    public mutating func find(_ column: String) -> Bool {
        guard let found = columns.firstIndex(of: column), found < record.cells.count else {
            return false
        }
        index = found
        return true
    }

    public mutating func text() throws(ArchiveError) -> String {
        let cell = FormulaGuard.removed(from: take())
        guard let text = String(validating: cell, as: UTF8.self) else { throw malformed("UTF-8") }
        return text
    }

    public mutating func timestamp() throws(ArchiveError) -> Timestamp {
        guard let value = Timestamp(utf8: take()) else {
            throw malformed("a time like 2026-11-22T18:00:00Z")
        }
        return value
    }

    public mutating func count() throws(ArchiveError) -> Int {
        let cell = take()
        guard cell.count <= Self.longestCount, let value = decimal(cell) else {
            throw malformed("a whole number")
        }
        return value
    }

    /// Nil for an empty cell.
    public mutating func optionalCount() throws(ArchiveError) -> Int? {
        if record.cells[index].isEmpty { return nil }
        return try count()
    }

    public mutating func dropReasons() throws(ArchiveError) -> DropReasons {
        guard let value = DropReasons(String(decoding: take(), as: UTF8.self)) else {
            throw malformed("reasons like deleted=3 language=812, sorted by name")
        }
        return value
    }

    public mutating func number() throws(ArchiveError) -> Double {
        guard let value = try optionalNumber() else { throw malformed("a number") }
        return value
    }

    /// Nil for an empty cell. Refuses what `FixedPoint` could not write.
    public mutating func optionalNumber() throws(ArchiveError) -> Double? {
        let cell = take()
        guard !cell.isEmpty else { return nil }
        guard let value = Double(String(decoding: cell, as: UTF8.self)), abs(value) < 1e14 else {
            throw malformed("a number")
        }
        return value
    }

    public mutating func choice<Choice: RawRepresentable<String> & CaseIterable>(
        of type: Choice.Type
    ) throws(ArchiveError) -> Choice {
        guard let value = Choice(rawValue: String(decoding: take(), as: UTF8.self)) else {
            throw malformed("one of " + Choice.allCases.map(\.rawValue).joined(separator: ", "))
        }
        return value
    }

    private mutating func take() -> ArraySlice<UInt8> {
        defer { index += 1 }
        return record.cells[index]
    }

    /// The error for the cell last taken.
    private func malformed(_ expected: String) -> ArchiveError {
        .malformed(
            file: file, line: record.line, column: columns[index - 1], expected: expected,
            found: String(decoding: record.cells[index - 1], as: UTF8.self))
    }
}
