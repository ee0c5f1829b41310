import Calendar
import Foundation
import Support
import Testing

@testable import Archive

@Suite("ArchiveReader")
struct ArchiveReaderTests {
    private let header = WindowRow.columns.joined(separator: ",") + "\n"

    private func line(_ slot: String, _ source: String, more: String = "") -> String {
        "\(slot),\(source),\(slot),\(slot),missing,0.0000,0,0,0,0,0,0,0,1.0.0\(more)\n"
    }

    @Test("finds nothing where there is no archive")
    func noArchive() async throws {
        try await withTemporaryFolder { folder in
            let reader = ArchiveReader(folder: folder + "/none")
            let day = try #require(CivilDate("2026-11-22"))
            #expect(try reader.years() == [])
            #expect(try reader.windows() == [])
            #expect(try reader.top(day) == [])
            #expect(try reader.tail(day) == [])
            #expect(try reader.withdrawn() == [])
        }
    }

    @Test("sorts the windows of all years by slot, then source")
    func sorts() async throws {
        try await withTemporaryFolder { folder in
            let archive = ArchiveFixture(folder: folder)
            try archive.write(
                header + line("2026-01-01T06:00:00Z", "b") + line("2026-01-01T00:00:00Z", "b")
                    + line("2026-01-01T06:00:00Z", "a"), to: "windows/2026.csv")
            try archive.write(
                header + line("2025-12-31T18:00:00Z", "z"), to: "windows/2025.csv")
            #expect(try archive.reader.years() == [2025, 2026])
            #expect(
                try archive.reader.windows().map { "\($0.slot) \($0.source)" } == [
                    "2025-12-31T18:00:00Z z", "2026-01-01T00:00:00Z b", "2026-01-01T06:00:00Z a",
                    "2026-01-01T06:00:00Z b",
                ])
        }
    }

    @Test("takes no other file for a year")
    func years() async throws {
        try await withTemporaryFolder { folder in
            let archive = ArchiveFixture(folder: folder)
            for name in [
                "2026.csv", "02026.csv", "2026.csv.new", "26.csv", ".csv", "x.csv", "2027.CSV",
            ] {
                try archive.write(header, to: "windows/" + name)
            }
            #expect(try archive.reader.years() == [2026])
        }
    }

    @Test("accepts unknown columns at the end, in the header and in any line")
    func extraColumns() async throws {
        try await withTemporaryFolder { folder in
            let archive = ArchiveFixture(folder: folder)
            try archive.write(
                header.dropLast() + ",future\n"
                    + line("2026-01-01T00:00:00Z", "a", more: ",x,\"y\n\"")
                    + line("2026-01-01T06:00:00Z", "a"), to: ArchiveFixture.windows)
            #expect(try archive.reader.windows().count == 2)
        }
    }

    @Test("ignores a torn last line, wherever it was torn")
    func tornLine() async throws {
        try await withTemporaryFolder { folder in
            let archive = ArchiveFixture(folder: folder)
            let whole = header + line("2026-01-01T00:00:00Z", "a")
            let torn = line("2026-01-01T06:00:00Z", "a")
            for count in 0..<torn.utf8.count {
                try archive.write(whole + torn.prefix(count), to: ArchiveFixture.windows)
                #expect(try archive.reader.windows().count == 1, "torn after \(count) bytes")
            }
            for count in 0..<header.utf8.count {
                try archive.write(String(header.prefix(count)), to: ArchiveFixture.windows)
                #expect(try archive.reader.windows() == [], "torn after \(count) bytes")
            }
        }
    }

    @Test("reads LF and CRLF alike")
    func lineEnds() async throws {
        try await withTemporaryFolder { folder in
            let archive = ArchiveFixture(folder: folder)
            let text = header + line("2026-01-01T00:00:00Z", "a")
            try archive.write(text, to: ArchiveFixture.windows)
            let rows = try archive.reader.windows()
            let withReturns = String(
                decoding: text.utf8.flatMap { $0 == 0x0A ? [0x0D, 0x0A] : [$0] }, as: UTF8.self)
            try archive.write(withReturns, to: ArchiveFixture.windows)
            #expect(try archive.reader.windows() == rows)
        }
    }

    @Test("refuses a file with another header")
    func header() async throws {
        try await withTemporaryFolder { folder in
            let archive = ArchiveFixture(folder: folder)
            try archive.write("slot,source,tag\n", to: ArchiveFixture.tail)
            let day = try #require(CivilDate("2026-11-22"))
            let error = #expect(throws: ArchiveError.self) { try archive.reader.tail(day) }
            #expect(
                error?.description
                    == "\(folder)/tail/2026/2026-11-22.csv:1: "
                    + "expected the header slot,source,tag,posts,accounts, found \"slot,source,tag\""
            )
        }
    }

    @Test("says which file cannot be read, and why")
    func unreadable() async throws {
        try await withTemporaryFolder { folder in
            let archive = ArchiveFixture(folder: folder)
            try FileManager.default.createDirectory(
                atPath: folder + "/" + ArchiveFixture.windows, withIntermediateDirectories: true)
            let error = #expect(throws: ArchiveError.self) { try archive.reader.windows() }
            #expect(
                error?.description == "\(folder)/windows/2026.csv: cannot be read: it is not a file"
            )
        }
    }

    @Test(
        "reads the operator's list of withdrawn tags, however the last line ends",
        arguments: ["", "\n", "\r\n"])
    func withdrawn(end: String) async throws {
        try await withTemporaryFolder { folder in
            let archive = ArchiveFixture(folder: folder)
            try archive.write(
                "tag,since,reason\nkelp,2026-11-22T00:00:00Z,\"spam, says A.\"\n"
                    + "tide,2026-11-22T06:00:00Z," + end, to: "withdrawn.csv")
            let since = try #require(Timestamp("2026-11-22T00:00:00Z"))
            #expect(
                try archive.reader.withdrawn() == [
                    WithdrawnRow(tag: "kelp", since: since, reason: "spam, says A."),
                    WithdrawnRow(tag: "tide", since: since + 6 * 3600, reason: ""),
                ])
        }
    }
}
