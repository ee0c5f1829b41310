import Calendar
import Files
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
            #expect(try reader.withdrawals().isEmpty)
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
                "2026.csv", "02026.csv", "2026.csv.new", "26.csv", ".csv", "x.csv",
            ] {
                try archive.write(header, to: "windows/" + name)
            }
            #expect(try archive.reader.years() == [2026])
        }
    }

    /// As a file system that keeps no capitals, or a program that adds them, names them.
    @Test(
        "refuses what would be read, were its name not spelled otherwise",
        arguments: ["windows/2027.CSV", "Withdrawn.csv", "RULES.csv", "Tail/x", "feed.CSV"])
    func misspelled(name: String) async throws {
        try await withTemporaryFolder { folder in
            let archive = ArchiveFixture(folder: folder)
            try archive.write(header, to: name)
            let error = #expect(throws: ArchiveError.self) {
                _ = try (archive.reader.years(), archive.reader.withdrawals())
            }
            let file = name.hasSuffix("/x") ? String(name.dropLast(2)) : name
            let right = file.split(separator: "/").last?.lowercased() ?? ""
            let place = "\(folder)/\(file)"
            #expect(error == .misspelled(file: place, name: right, isSecond: false))
            guard !file.hasPrefix("Tail") else { return }
            // To rename it would take away what is read.
            try archive.write(header, to: file.lowercased())
            let second = #expect(throws: ArchiveError.self) {
                _ = try (archive.reader.years(), archive.reader.withdrawals())
            }
            #expect(
                second?.description
                    == "\(place): it is not read under this name, and what it says would not hold: "
                    + "bring what it has into \(right), which is there too, or move it out of the archive"
            )
        }
    }

    /// As on a file system without capitals, where both names lead to it.
    @Test("reads what the right name leads to, however it is spelled")
    func oneOfTwoNames() async throws {
        try await withTemporaryFolder { folder in
            let archive = ArchiveFixture(folder: folder)
            for (name, right) in [
                ("windows/2027.CSV", "windows/2027.csv"), ("Withdrawn.csv", "withdrawn.csv"),
            ] {
                try archive.write(name.hasPrefix("W") ? "" : header, to: name)
                #expect(FilePlace.link("\(folder)/\(name)", as: "\(folder)/\(right)"))
            }
            #expect(try archive.reader.years() == [2027])
            #expect(try archive.reader.withdrawals().isEmpty)
        }
    }

    @Test(
        "asks for no list of an archive that may be read and not listed",
        .enabled(if: geteuid() != 0, "root may list it"))
    func unlisted() async throws {
        try await withTemporaryFolder { folder in
            let archive = ArchiveFixture(folder: folder)
            try archive.write("", to: "withdrawn.csv")
            #expect(chmod(folder, 0o311) == 0)
            defer { chmod(folder, 0o755) }
            #expect(try archive.reader.withdrawals().isEmpty && archive.reader.rules().rows == [])
        }
    }

    @Test(
        "leads to what was published where something was",
        arguments: [
            ("windows/2026.csv", true), ("top/2026/2026-11-22.csv", true), ("rules.csv", true),
            (".failed.csv", false), ("spending/2026.csv", false), ("withdrawn.csv", false),
        ])
    func advice(file: String, isPublished: Bool) {
        let error = ArchiveError.header(file: "/srv/archive/" + file, expected: ["a"], found: "b")
        #expect(error.sentence.contains("tidemark pull then brings") == isPublished)
        #expect(error.sentence.contains("put back a copy") == (file != "withdrawn.csv"))
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

    @Test("reads what a spreadsheet has saved, and verify says so once", arguments: [true, false])
    func saved(hasReturns: Bool) async throws {
        try await withTemporaryFolder { folder in
            let archive = ArchiveFixture(folder: folder)
            let sample = try Sample("bluesky")
            try archive.writer.append(sample.window, top: sample.top, tail: sample.tail)
            let rows = try archive.reader.top(sample.window.slot.date)
            for (file, text) in try archive.files() {
                let ends = hasReturns ? text.replacing("\n", with: "\r\n") : text
                try archive.write("\u{FEFF}" + ends, to: file)
            }
            #expect(try archive.reader.windows() == [sample.window])
            #expect(try archive.reader.top(sample.window.slot.date) == rows)
            #expect(
                try archive.reader.tails(sample.window.slot.date) { _ in true }.map(\.rows) == [
                    sample.tail
                ])
            let checked = CheckedFile<TopRow>(folder + "/" + ArchiveFixture.top)
            #expect(checked.rows.count == sample.top.count)
            #expect(
                checked.findings.map(\.sentence) == [
                    "\(checked.path):1: a byte order mark stands before the header: another program has "
                        + "saved the file"
                ]
                    + (hasReturns
                        ? [
                            "\(checked.path):1: lines end with CR LF from here on: another program has "
                                + "saved the file"
                        ] : []))
            let next = try Sample("bluesky", hour: 12)
            try archive.writer.append(next.window, top: next.top, tail: next.tail)
            #expect(try archive.reader.windows() == [sample.window, next.window])
        }
    }

    @Test("a no-break space is told with file, line and what it is")
    func noBreakSpace() async throws {
        try await withTemporaryFolder { folder in
            let archive = ArchiveFixture(folder: folder)
            let text = header + line("2026-01-01T00:00:00Z", "a")
            try archive.write(
                text.replacing("missing", with: "missing\u{A0}"), to: ArchiveFixture.windows)
            let error = #expect(throws: ArchiveError.self) { try archive.reader.windows() }
            #expect(
                error?.description
                    == "\(folder)/windows/2026.csv:2: status: expected one of complete, partial, missing, "
                    + "backfilled, found \"missing\\u{a0}\"")
        }
    }

    @Test("takes a window without its line feed where its lists prove that it is whole")
    func lineFeed() async throws {
        try await withTemporaryFolder { folder in
            let archive = ArchiveFixture(folder: folder)
            let (first, last) = (try Sample("bluesky"), try Sample("wire", hour: 12))
            for sample in [first, last] {
                try archive.writer.append(sample.window, top: sample.top, tail: sample.tail)
            }
            let whole = try archive.text(ArchiveFixture.windows)
            let line = whole.split(separator: "\n").last?.utf8.count ?? 0
            // Torn anywhere else it does not.
            for count in 2...line {
                try archive.write(String(whole.dropLast(count)), to: ArchiveFixture.windows)
                #expect(try archive.reader.windows() == [first.window], "\(count) bytes less")
            }
            try archive.write(String(whole.dropLast()), to: ArchiveFixture.windows)
            #expect(try archive.reader.windows() == [first.window, last.window])
            let checked = CheckedFile<WindowRow>(folder + "/" + ArchiveFixture.windows) {
                () throws(ArchiveError) in try ArchiveFile.windows(year: 2026, in: folder)
            }
            #expect(
                checked.findings.map(\.sentence) == [
                    "\(checked.path):3: the line is whole but for its line feed, which the next append adds"
                ])
            #expect(throws: ArchiveError.self) {
                try archive.writer.append(last.window, top: last.top, tail: last.tail)
            }
            let next = try Sample("wire", hour: 18)
            try archive.writer.append(next.window, top: next.top, tail: next.tail)
            #expect(try archive.text(ArchiveFixture.windows).hasPrefix(whole))
            #expect(try archive.reader.windows() == [first.window, last.window, next.window])
        }
    }

    @Test(
        "drops a window without its line feed whose lists are not as it says, or that says nothing")
    func noProof() async throws {
        try await withTemporaryFolder { folder in
            let archive = ArchiveFixture(folder: folder)
            let sample = try Sample("bluesky")
            try archive.writer.append(sample.window, top: sample.top, tail: sample.tail)
            let whole = try archive.text(ArchiveFixture.windows)
            try archive.write(String(whole.dropLast()), to: ArchiveFixture.windows)
            let top = try archive.text(ArchiveFixture.top)
            try archive.write(
                top.split(separator: "\n").dropLast().joined(separator: "\n") + "\n",
                to: ArchiveFixture.top)
            #expect(try archive.reader.windows() == [])
            try archive.write(top, to: ArchiveFixture.top)
            #expect(try archive.reader.windows() == [sample.window])
            try archive.write(
                String((header + line("2026-11-22T06:00:00Z", "bluesky")).dropLast()),
                to: ArchiveFixture.windows)
            #expect(try archive.reader.windows() == [])
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
}
