@testable import Archive
@testable import Decode

/// A row that can be read can be written, and is then read as the same.
enum RowRules {
    static func check(_ input: inout FuzzInput) throws {
        let kind = input.decision() % 4
        var decoder = CSVDecoder(Array(input.bytes))
        while let record = decoder.next() {
            switch kind {
            case 0: try check(WindowRow.self, record)
            case 1: try check(TopRow.self, record)
            case 2: try check(TailRow.self, record)
            default: try check(WithdrawnRow.self, record)
            }
        }
    }

    private static func check<Row: ArchiveRow & Equatable>(
        _ type: Row.Type, _ record: CSVRecord
    ) throws {
        if let row = try? read(type, record) { try check(row) }
    }

    /// Numbers lose digits when they are first written, and none from then on.
    static func check<Row: ArchiveRow & Equatable>(_ row: Row) throws {
        let written = try rewritten(row)
        try requireEqual(try rewritten(written), written, "a row written once, and twice")
    }

    private static func rewritten<Row: ArchiveRow>(_ row: Row) throws -> Row {
        var encoder = CSVEncoder()
        encoder.row(row)
        var decoder = CSVDecoder(encoder.bytes)
        guard let record = decoder.next() else { throw BrokenRule(description: "an empty row") }
        try requireEqual(record.range.upperBound, encoder.bytes.count, "one row, one line")
        do {
            return try read(Row.self, record)
        } catch {
            throw BrokenRule(description: "a row that cannot be read back: \(error)")
        }
    }

    private static func read<Row: ArchiveRow>(
        _ type: Row.Type, _ record: CSVRecord
    ) throws(ArchiveError) -> Row {
        var fields = FieldReader(
            file: "fuzz.csv", record: record, columns: Row.header, needed: Row.columns.count)
        try fields.begin()
        return try Row(fields: &fields)
    }
}
