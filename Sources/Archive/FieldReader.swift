/// Hands out the cells of one record in order, each as the kind of value its column holds.
///
/// Every failure names file, line and column.
public struct FieldReader {
    let file: String
    let record: CSVDecoder.Record
    let columns: [String]
    private var index = 0

    /// Digits of a count: sums of thousands of them still fit an `Int`.
    private static let longestCount = 15

    init(file: String, record: CSVDecoder.Record, columns: [String]) throws(ArchiveError) {
        guard record.cells.count >= columns.count else {
            throw .fieldCount(
                file: file, line: record.line, expected: columns.count, found: record.cells.count)
        }
        self.file = file
        self.record = record
        self.columns = columns
    }

    public mutating func text() throws(ArchiveError) -> String {
        let cell = FormulaGuard.removed(from: take())
        guard let text = String(validating: cell, as: UTF8.self) else { throw malformed("UTF-8") }
        return text
    }

    public mutating func timestamp() throws(ArchiveError) -> Timestamp {
        guard let value = Timestamp(String(decoding: take(), as: UTF8.self)) else {
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
