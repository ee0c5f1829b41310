import Archive
import Links
import Text

/// A table of the database: a kind of list, with the columns and the key that its files have.
final class ExportedTable {
    private let table: DataTable
    private let columns: [DataColumn]
    private let insertion: Insertion
    private let withdrawals: Withdrawals

    init(
        _ table: DataTable, in database: Database, _ withdrawals: Withdrawals
    ) throws(ExportError) {
        self.table = table
        self.withdrawals = withdrawals
        columns = table.header.compactMap { DataColumn.find($0, in: table) }
        try database.run(Self.definition(table, columns))
        insertion = try Insertion(into: table.rawValue, columnCount: columns.count, of: database)
    }

    /// What columns mean is kept in the database as comments. Rows lie in the order of their key, so that it is not there
    /// twice.
    private static func definition(_ table: DataTable, _ columns: [DataColumn]) -> String {
        let lines = columns.map { column in
            let type =
                switch column.kind {
                case .datetime, .string: "TEXT"
                case .integer: "INTEGER"
                case .number: "REAL"
                }
            return "    \"\(column.name)\" \(type)\(column.isFilled ? " NOT NULL" : ""),"
                + " -- \(column.meaning)\n"
        }
        let key = table.primaryKey.map { "\"\($0)\"" }.joined(separator: ", ")
        return "CREATE TABLE \(table.rawValue) ( -- \(table.meaning)\n\(lines.joined())"
            + "    PRIMARY KEY (\(key))\n) WITHOUT ROWID"
    }

    /// Puts in the lines of a file that are of one of the windows, or all, and hold nothing that is withdrawn.
    ///
    /// - Returns: How many these are.
    func add<Row: ArchiveRow>(
        _ lines: RowReader<Row>?, of windows: Set<[UInt8]>?
    ) throws(ExportError) -> Int {
        guard var lines else { return 0 }
        let places = columns.map { lines.columns.firstIndex(of: $0.name) }
        var count = 0
        var latest: (window: [UInt8], isKnown: Bool)?
        while lines.advance() {
            // For what cannot be read: cells are taken as they are.
            _ = try ExportError.reading { () throws(ArchiveError) in try lines.row() }
            let cells = lines.cells
            if let windows {
                let window = Self.window(cells)
                if latest?.window != window { latest = (window, windows.contains(window)) }
                guard latest?.isKnown ?? false else { continue }
            }
            guard !isWithdrawn(cells, places) else { continue }
            for (place, column) in zip(places, columns) {
                try bind(place.flatMap { $0 < cells.count ? cells.bytes($0) : nil } ?? [], column)
            }
            guard try insertion.finish() else {
                throw .twice(file: lines.path, line: lines.line, key: table.primaryKey)
            }
            count += 1
        }
        return count
    }

    /// Slot and source of a line, as they stand in every table.
    static func window(_ cells: CSVRecord) -> [UInt8] {
        Array(cells.bytes(0)) + [UInt8(ascii: ",")] + cells.bytes(1)
    }

    private func isWithdrawn(_ cells: CSVRecord, _ places: [Int?]) -> Bool {
        guard !withdrawals.isEmpty else { return false }
        return zip(places, columns).contains { place, column in
            guard let place, place < cells.count else { return false }
            return switch column.name {
            case "tag", "other": withdrawals.contains(ExactText(cells.text(place)))
            case "url": LinkAddress(cells.text(place)).map(withdrawals.contains) ?? false
            default: false
            }
        }
    }

    /// An empty cell is no value, but of a text that is always there.
    private func bind(_ cell: ArraySlice<UInt8>, _ column: DataColumn) throws(ExportError) {
        switch column.kind {
        case .integer:
            if let value = Int64(String(decoding: cell, as: UTF8.self)) {
                return try insertion.bind(value)
            }
        case .number:
            if let value = Double(String(decoding: cell, as: UTF8.self)) {
                return try insertion.bind(value)
            }
        case .datetime, .string:
            if !cell.isEmpty || column.isFilled { return try insertion.bind(cell) }
        }
        try insertion.bindNothing()
    }
}
