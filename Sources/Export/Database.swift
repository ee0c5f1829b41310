import CSQLite

/// A new database of SQLite that one thread fills in one transaction, without a journal: if that is not finished, the
/// file is good for nothing.
final class Database {
    private let handle: OpaquePointer
    private let path: String

    init(creating path: String) throws(ExportError) {
        var opened: OpaquePointer?
        let flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX
        let code = sqlite3_open_v2(path, &opened, flags, nil)
        guard let opened, code == SQLITE_OK else {
            defer { sqlite3_close_v2(opened) }
            throw .database(path, Self.reason(code, opened))
        }
        (handle, self.path) = (opened, path)
        // What is synced is the whole file, once, at the end. Pages are kept in 8 MiB of memory, and then written.
        try run(
            """
            PRAGMA journal_mode = OFF; PRAGMA locking_mode = EXCLUSIVE; PRAGMA synchronous = FULL;
            PRAGMA cache_size = -8192; BEGIN
            """)
    }

    deinit { sqlite3_close_v2(handle) }

    func run(_ statements: String) throws(ExportError) {
        try check(sqlite3_exec(handle, statements, nil, nil, nil))
    }

    /// Waits until the disk has all of it.
    func commit() throws(ExportError) { try run("COMMIT") }

    fileprivate func prepare(_ statement: String) throws(ExportError) -> OpaquePointer {
        var prepared: OpaquePointer?
        try check(sqlite3_prepare_v2(handle, statement, -1, &prepared, nil))
        guard let prepared else { throw .database(path, "no statement") }
        return prepared
    }

    fileprivate func check(_ code: Int32) throws(ExportError) {
        guard code == SQLITE_OK || code == SQLITE_DONE else {
            throw .database(path, Self.reason(code, handle))
        }
    }

    /// In SQLite's words; those of a full disk are "database or disk is full".
    private static func reason(_ code: Int32, _ handle: OpaquePointer?) -> String {
        String(cString: handle.map { sqlite3_errmsg($0) } ?? sqlite3_errstr(code))
    }
}

/// Puts lines into a table, a value after the other.
final class Insertion {
    private let database: Database
    private let statement: OpaquePointer
    private var place: Int32 = 0

    init(into table: String, columnCount: Int, of database: Database) throws(ExportError) {
        self.database = database
        let values = Array(repeating: "?", count: columnCount).joined(separator: ", ")
        statement = try database.prepare("INSERT INTO \(table) VALUES (\(values))")
    }

    deinit { sqlite3_finalize(statement) }

    func bind(_ text: ArraySlice<UInt8>) throws(ExportError) {
        place += 1
        let code = text.withUnsafeBytes { bytes in
            // Without bytes it would be no text, but none.
            bytes.isEmpty
                ? bind_text(statement, place, "", 0)
                : bind_text(
                    statement, place, bytes.baseAddress?.assumingMemoryBound(to: CChar.self),
                    Int32(bytes.count))
        }
        try database.check(code)
    }

    func bind(_ number: Int64) throws(ExportError) {
        place += 1
        try database.check(sqlite3_bind_int64(statement, place, number))
    }

    func bind(_ number: Double) throws(ExportError) {
        place += 1
        try database.check(sqlite3_bind_double(statement, place, number))
    }

    func bindNothing() throws(ExportError) {
        place += 1
        try database.check(sqlite3_bind_null(statement, place))
    }

    /// Puts the line in. False if the table has one with the same key.
    func finish() throws(ExportError) -> Bool {
        place = 0
        let code = sqlite3_step(statement)
        sqlite3_reset(statement)
        if code == SQLITE_CONSTRAINT { return false }
        try database.check(code)
        return true
    }
}
