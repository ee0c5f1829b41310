import Support
import Testing

@testable import Archive

@Suite("FieldReader")
struct FieldReaderTests {
    /// The error's words when a tail row is read from this line, which is line 3 of its file.
    private func complaint(_ line: String) throws -> String {
        let record = try #require(records(bytes("header\nrow\n" + line)).last)
        do throws(ArchiveError) {
            var fields = FieldReader(
                file: "archive/tail/2026/2026-11-22.csv", record: record, columns: TailRow.columns)
            try fields.begin()
            return "\(try TailRow(fields: &fields))"
        } catch {
            return "\(error)"
        }
    }

    @Test(
        "says file, line, column, what it expected and what it found",
        arguments: [
            (
                "2026-11-22T18:00:00Z,bluesky,tag,1",
                "archive/tail/2026/2026-11-22.csv:3: expected 5 fields, found 4"
            ),
            ("\n", "archive/tail/2026/2026-11-22.csv:3: expected 5 fields, found 1"),
            (
                "2026-11-22 18:00,bluesky,tag,1,1",
                "archive/tail/2026/2026-11-22.csv:3: slot: "
                    + "expected a time like 2026-11-22T18:00:00Z, found \"2026-11-22 18:00\""
            ),
            (
                "2026-11-22T18:00:00Z,bluesky,tag,-1,1",
                "archive/tail/2026/2026-11-22.csv:3: posts: "
                    + "expected a whole number, found \"-1\""
            ),
            (
                "2026-11-22T18:00:00Z,bluesky,tag,1,",
                "archive/tail/2026/2026-11-22.csv:3: accounts: "
                    + "expected a whole number, found \"\""
            ),
            (
                "2026-11-22T18:00:00Z,bluesky,tag,1,9999999999999999999",
                "archive/tail/2026/2026-11-22.csv:3: accounts: "
                    + "expected a whole number, found \"9999999999999999999\""
            ),
            (
                "2026-11-22T18:00:00Z,bluesky,tag,1,\"\u{1B}[31m\nx\"",
                "archive/tail/2026/2026-11-22.csv:3: accounts: "
                    + "expected a whole number, found \"\\u{1b}[31m\\u{a}x\""
            ),
            (
                "2026-11-22T18:00:00Z,bluesky,tag,\(String(repeating: "x", count: 80)),1",
                "archive/tail/2026/2026-11-22.csv:3: posts: "
                    + "expected a whole number, found \"\(String(repeating: "x", count: 60))…\""
            ),
        ])
    func complains(line: String, sentence: String) throws {
        #expect(try complaint(line) == sentence)
    }

    @Test("refuses text that is not UTF-8")
    func invalidUTF8() throws {
        let record = try #require(
            records(bytes("2026-11-22T18:00:00Z,bluesky,") + [0xFF] + bytes(",1,1\n")).first)
        var fields = FieldReader(file: "f.csv", record: record, columns: TailRow.columns)
        try fields.begin()
        let error = #expect(throws: ArchiveError.self) { try TailRow(fields: &fields) }
        #expect(error?.description == "f.csv:1: tag: expected UTF-8, found \"\u{FFFD}\"")
    }

    private func number(_ cell: String) throws -> Double? {
        let record = try #require(records(bytes(cell + ",")).first)
        var fields = FieldReader(file: "f.csv", record: record, columns: ["score"])
        try fields.begin()
        return try fields.optionalNumber()
    }

    @Test("reads numbers, and none from an empty cell")
    func numbers() throws {
        #expect(try number("") == nil)
        #expect(try number("-12.50") == -12.5)
        #expect(try number("99999999999999") == 99_999_999_999_999)
    }

    @Test(
        "refuses numbers that the archive cannot hold",
        arguments: ["nan", "inf", "9e99", "-infinity", "1e14", "-1e300", "x", " 1"])
    func refusedNumbers(cell: String) {
        #expect(throws: ArchiveError.self) { try number(cell) }
    }

    @Test("names the choices there are")
    func choices() throws {
        let record = try #require(records(bytes("done\n")).first)
        var fields = FieldReader(file: "w.csv", record: record, columns: ["status"])
        try fields.begin()
        let error = #expect(throws: ArchiveError.self) { try fields.choice(of: WindowStatus.self) }
        #expect(
            error?.description
                == "w.csv:1: status: expected one of complete, partial, missing, backfilled, found \"done\""
        )
    }
}
