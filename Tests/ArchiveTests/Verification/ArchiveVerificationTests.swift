import Foundation
import Support
import Testing

@testable import Archive

@Suite("ArchiveVerification")
struct ArchiveVerificationTests {
    @Test("an archive as a run leaves it has no findings")
    func sound() async throws {
        try await withTemporaryFolder { folder in
            let archive = try VerifiedArchive(folder)
            #expect(try archive.findings() == [])
            let extent = archive.verification().run { _ in }
            #expect(extent == .init(days: 5, windows: 5, rows: 5 * (4 + 3) + 1))
            let recent = archive.verification(since: "2026-11-21").run { _ in }
            #expect(recent == .init(days: 2, windows: 2, rows: 2 * (4 + 3) + 1))
        }
    }

    @Test("no archive has no findings")
    func nothing() async throws {
        try await withTemporaryFolder { folder in
            let archive = VerifiedArchive(empty: folder)
            let findings = try archive.findings()
            #expect(findings == [])
            let extent = archive.verification().run { _ in }
            #expect(extent == .init())
        }
    }

    @Test("a changed cell is found, and said where and why", arguments: ChangedCell.all)
    func cells(_ cell: ChangedCell) async throws {
        try await withTemporaryFolder { folder in
            let archive = try VerifiedArchive(folder)
            try archive.set(cell.file, line: cell.line, column: cell.column, to: cell.value)
            #expect(try archive.findings() == cell.findings)
        }
    }

    @Test("changed lines and files are found", arguments: ChangedArchive.all)
    func files(_ changed: ChangedArchive) async throws {
        try await withTemporaryFolder { folder in
            let archive = try VerifiedArchive(folder)
            try changed.change(archive)
            #expect(try archive.findings() == changed.findings)
        }
    }

    @Test("a list whose end is missing is found by the number of rows")
    func endOfList() async throws {
        try await withTemporaryFolder { folder in
            let archive = try VerifiedArchive(folder)
            let windows = "windows/2026.csv"
            try archive.set(windows, line: 6, column: 19, to: "8")
            #expect(try archive.findings() == [])
            // The last of the top, which no tail has.
            try archive.change("top/2026/2026-11-22.csv") { $0.remove(at: 4) }
            #expect(
                try archive.findings() == [
                    "sums \(windows):6: rows: 8 in all, and its lists have 7"
                ]
            )
            try archive.set(windows, line: 6, column: 19, to: "")
            #expect(try archive.findings() == [])
        }
    }

    @Test("every check is tripped by one of these tests", arguments: ArchiveCheck.allCases)
    func checks(_ check: ArchiveCheck) {
        let found =
            ChangedCell.all.flatMap(\.findings) + ChangedArchive.all.flatMap(\.findings)
            // By tests of their own.
            + ["superseded", "context", "gap"]
        let names = Set(found.compactMap { $0.split(separator: " ").first.map(String.init) })
        #expect(names.contains(check.rawValue))
    }

    @Test("days before --since are looked at as baselines alone")
    func since() async throws {
        try await withTemporaryFolder { folder in
            let archive = try VerifiedArchive(folder)
            try archive.set("top/2026/2026-11-19.csv", line: 2, column: 3, to: "7")
            try archive.set("windows/2026.csv", line: 3, column: 4, to: "2026-11-19T05:00:00Z")
            #expect(try archive.findings().count == 2)
            #expect(try archive.findings(since: "2026-11-20") == [])
            try archive.set("tail/2026/2026-11-19.csv", line: 2, column: 5, to: "31")
            let sentence =
                #"scores top/2026/2026-11-22.csv:2: "kelp": expected 30.00, score 0.00 is recorded, "#
                + "and expected 30.25, score 0.00 follows from the tails of 4 days"
            #expect(try archive.findings(since: "2026-11-22") == [sentence])
        }
    }

    @Test("lists begun before there were bounds are right without them")
    func withoutBounds() async throws {
        try await withTemporaryFolder { folder in
            let archive = try VerifiedArchive(folder)
            for file in ["top/2026/2026-11-22.csv", "trending/2026/2026-11-22.csv"] {
                try archive.change(file) { lines in
                    lines = lines.map { line in
                        line.lastIndex(of: ",").map { String(line[..<$0]) } ?? line
                    }
                }
            }
            #expect(try archive.findings() == [])
        }
    }

    @Test("a slot filled in later is no baseline of windows that were scored before")
    func backfilled() async throws {
        try await withTemporaryFolder { folder in
            let archive = try VerifiedArchive(folder, days: 18...20)
            try archive.append(22, foam: 25)
            try archive.append(21, foam: 24)
            #expect(try archive.findings() == [])
        }
    }

    @Test("scores made before a window was read again cannot be recomputed, which is no fault")
    func replaced() async throws {
        try await withTemporaryFolder { folder in
            let archive = try VerifiedArchive(folder)
            try archive.append(20, foam: 24, replacing: true)
            let sentences = [21, 22].map { day in
                "superseded windows/2026.csv:\(day - 17): the scores of wire "
                    + "2026-11-\(day)T06:00:00Z cannot be recomputed: 2026-11-20T06:00:00Z was "
                    + "archived again after them"
            }
            #expect(try archive.findings() == sentences)
        }
    }

    @Test("a slot filled in after the turn of the year leaves the new year's scores right")
    func turnOfTheYear() async throws {
        try await withTemporaryFolder { folder in
            let archive = try VerifiedArchive(folder, days: 18...20)
            try archive.append(0, foam: 25, date: "2025-11-20")
            for date in ["2025-12-27", "2025-12-28", "2025-12-29", "2025-12-31"] {
                try archive.append(0, foam: 6, date: date)
            }
            try archive.append(0, foam: 25, date: "2026-01-01")
            try archive.append(0, foam: 24, date: "2025-12-30")
            try archive.append(0, foam: 25, date: "2026-01-02")
            #expect(try archive.findings() == [])
        }
    }

    @Test("a list by posts is as right as one by accounts, but not one by both")
    func orders() async throws {
        try await withTemporaryFolder { folder in
            let archive = try VerifiedArchive(folder, days: 18...19)
            for file in ["top/2026/2026-11-19.csv", "tail/2026/2026-11-19.csv"] {
                try archive.change(file) { lines in
                    lines = lines.map { $0.replacingOccurrences(of: ",20,12", with: ",60,12") }
                }
            }
            #expect(try archive.findings() == [])
            try archive.change("top/2026/2026-11-19.csv") { lines in
                lines.swapAt(1, 2)
                lines[1] = lines[1].replacingOccurrences(of: ",2,tide", with: ",1,tide")
                lines[2] = lines[2].replacingOccurrences(of: ",1,kelp", with: ",2,kelp")
            }
            let below =
                #"ranks top/2026/2026-11-19.csv:3: "kelp" stands below "tide", which it outranks"#
            #expect(try archive.findings().first == below)
            try archive.change("tail/2026/2026-11-19.csv") { $0.swapAt(1, 2) }
            #expect(try archive.findings() == [])
        }
    }
}
