import Calendar
import Text

/// Hands out the cells of one record in order, each as the kind of value its column holds.
///
/// Every failure names file, line and column.
public struct FieldReader {
    let file: String
    let columns: [String]
    private let needed: Int
    private var index = 0
    /// The time read last.
    private var latest: (text: [UInt8], time: Timestamp)?
    /// The record that is read; whoever puts another in its place calls `begin`.
    var record: CSVRecord

    /// Digits of a count: sums of thousands of them still fit an `Int`.
    static let longestCount = 15

    /// - Parameters:
    ///   - columns: The file's header.
    ///   - needed: How many of them the record must have; all without it.
    init(
        file: String, record: CSVRecord = CSVRecord(), columns: [String], needed: Int? = nil
    ) {
        self.file = file
        self.record = record
        self.columns = columns
        self.needed = needed ?? columns.count
    }

    /// Goes to the first cell of a record that has as many as are needed.
    mutating func begin() throws(ArchiveError) {
        guard record.count >= needed else {
            throw .fieldCount(file: file, line: record.line, expected: needed, found: record.count)
        }
        index = 0
    }

    /// Goes to the column of that name; false if the file, or this line of it, has none.
    public mutating func find(_ column: String) -> Bool {
        guard let found = columns.firstIndex(of: column), found < record.count else {
            return false
        }
        index = found
        return true
    }

    public mutating func text() throws(ArchiveError) -> String {
        let guarded = take()
        let cell = guarded.suffix(FormulaGuard.removed(from: record.bytes[guarded]).count)
        guard let text = try? UTF8Span(validating: record.bytes.span.extracting(cell)) else {
            throw malformed("UTF-8")
        }
        return String(copying: text)
    }

    public mutating func timestamp() throws(ArchiveError) -> Timestamp {
        let cell = take()
        // The rows of a window have one time.
        if let latest, latest.text.count == cell.count,
            record.bytes[cell].starts(with: latest.text[...])
        {
            return latest.time
        }
        guard let value = Timestamp(utf8: record.bytes.span.extracting(cell)) else {
            throw malformed("a time like 2026-11-22T18:00:00Z")
        }
        latest = (Array(record.bytes[cell]), value)
        return value
    }

    public mutating func count() throws(ArchiveError) -> Int {
        let cell = take()
        guard cell.count <= Self.longestCount,
            let value = decimal(record.bytes.span.extracting(cell))
        else {
            throw malformed("a whole number")
        }
        return value
    }

    /// Nil for an empty cell.
    public mutating func optionalCount() throws(ArchiveError) -> Int? {
        if record[index].isEmpty {
            index += 1
            return nil
        }
        return try count()
    }

    public mutating func dropReasons() throws(ArchiveError) -> DropReasons {
        guard let value = DropReasons(takeText()) else {
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
        let text = takeText()
        guard !text.isEmpty else { return nil }
        guard let value = Double(text), abs(value) < 1e14 else {
            throw malformed("a number")
        }
        return value
    }

    public mutating func choice<Choice: RawRepresentable<String> & CaseIterable>(
        of type: Choice.Type
    ) throws(ArchiveError) -> Choice {
        guard let value = Choice(rawValue: takeText()) else {
            throw malformed("one of " + Choice.allCases.map(\.rawValue).joined(separator: ", "))
        }
        return value
    }

    /// Nil for an empty cell.
    public mutating func optionalChoice<Choice: RawRepresentable<String> & CaseIterable>(
        of type: Choice.Type
    ) throws(ArchiveError) -> Choice? {
        if record[index].isEmpty {
            index += 1
            return nil
        }
        return try choice(of: type)
    }

    /// Where the next cell lies in the record's bytes.
    private mutating func take() -> Range<Int> {
        defer { index += 1 }
        return record.places[index]
    }

    private mutating func takeText() -> String {
        String(decoding: record.bytes[take()], as: UTF8.self)
    }

    /// The error for the cell last taken.
    private func malformed(_ expected: String) -> ArchiveError {
        .malformed(
            file: file, line: record.line, column: columns[index - 1], expected: expected,
            found: String(decoding: record[index - 1], as: UTF8.self))
    }
}
