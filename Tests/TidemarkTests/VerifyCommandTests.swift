import Foundation
import Support
import Testing

@Suite("tidemark verify")
struct VerifyCommandTests {
    private let now = "2026-11-22T19:00:00Z"

    @Test("the demonstration verifies in silence; a changed number is found and said")
    func story() async throws {
        try await withTemporaryFolder { folder in
            let snapshot = try await ProgramRun.tidemark("snapshot", "--now", now, in: folder)
            #expect(snapshot.code == 0)
            let silent = ProgramRun(code: 0, output: "", errors: "")
            #expect(try await ProgramRun.tidemark("verify", "--now", now, in: folder) == silent)

            let loud = try await ProgramRun.tidemark("verify", "-v", "--now", now, in: folder)
            #expect(loud.code == 0)
            #expect(loud.errors.hasPrefix("archive: 56 windows of 15 days and "))
            #expect(loud.errors.hasSuffix(" rows of lists checked: 0 differences, 0 leftovers.\n"))

            let file = folder + "/archive/top/2026/2026-11-22.csv"
            var lines = try String(contentsOfFile: file, encoding: .utf8)
                .components(separatedBy: "\n")
            var cells = lines[2].components(separatedBy: ",")
            cells[2] = "9"
            lines[2] = cells.joined(separator: ",")
            try write(lines.joined(separator: "\n"), to: file)
            let run = try await ProgramRun.tidemark("verify", "--now", now, in: folder)
            #expect(run.code == 1)
            #expect(
                run.output
                    == "archive/top/2026/2026-11-22.csv:3: rank: 9 in place 2 of the list\n")
            #expect(run.errors.hasSuffix(": 1 difference, 0 leftovers.\n"))

            let later = try await ProgramRun.tidemark(
                "verify", "--since", "2026-11-23", "--now", now, in: folder)
            #expect(later == silent)
        }
    }

    @Test("what a stopped run left is said and is no failure")
    func leftovers() async throws {
        try await withTemporaryFolder { folder in
            try write(
                "slot,source,tag,posts,accounts\n2026-11-22T12:00:00Z,a\u{1B}[2J,kelp,2,2\n2026",
                to: folder + "/archive/tail/2026/2026-11-22.csv")
            let run = try await ProgramRun.tidemark("verify", "--now", now, in: folder)
            #expect(run.code == 0)
            #expect(
                run.output == """
                    archive/tail/2026/2026-11-22.csv:3: the line was not finished; the next append \
                    removes it
                    archive/tail/2026/2026-11-22.csv:2: a\\u{1b}[2J has no window \
                    2026-11-22T12:00:00Z: its rows here (1) count nowhere

                    """)
            #expect(
                run.errors
                    == "archive: 0 windows of 1 day and 1 row of lists checked: 0 differences, "
                    + "2 leftovers.\n")
        }
    }

    @Test("without an archive there is nothing to verify")
    func nothing() async throws {
        try await withTemporaryFolder { folder in
            let run = try await ProgramRun.tidemark("verify", in: folder)
            #expect(run == ProgramRun(code: 0, output: "", errors: ""))
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder).isEmpty)
        }
    }
}
