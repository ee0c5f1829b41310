import Foundation
import Support
import Testing

/// A disk without room, as a limit on the size of files: what was there stays, the next run repairs.
@Suite("a full disk")
struct FullDiskTests {
    /// Runs with files of at most so many KiB.
    private func limited(
        _ kibibytes: Int, _ arguments: String..., in folder: OperatorFolder
    ) async throws -> ProgramRun {
        try await ProgramRun.program(
            "/bin/bash",
            [
                "-c", "ulimit -f \(kibibytes) && exec \"$0\" \"$@\"",
                Repository.product("tidemark"),
            ] + arguments + ["--now", OperatorFolder.now], in: folder.path)
    }

    @Test("an archive that cannot grow keeps its rows, and the next run writes the missing ones")
    func archive() async throws {
        try await withTemporaryFolder { path in
            let folder = try OperatorFolder(path)
            let sources = "jetstream.ndjson, jetstream-later.ndjson"
            #expect(try await folder.tidemark("publish").code == 0)
            // A hand-written history brings the file near the limit.
            let padding = (1...9).map {
                "2025-01-0\($0)T00:00:00Z,sky,2025-01-0\($0)T00:00:00Z,2025-01-0\($0)T06:00:00Z,"
                    + "complete,1.0000,1,1,1,1,0,0,0,0.1.0\n"
            }.joined()
            try write(
                folder.text("archive/windows/2026.csv")
                    + padding.replacing("2025-01", with: "2026-01"),
                to: "\(path)/archive/windows/2026.csv")
            // Reports of runs have a file of their own, which is to have room.
            try FileManager.default.removeItem(atPath: "\(path)/archive/runs")
            let state = try folder.state()
            let run = try await limited(
                1, "publish", "--sources.sky.paths", sources, in: folder)
            #expect(
                run
                    == ProgramRun(
                        code: 1, output: "",
                        errors:
                            "tidemark: archive/windows/2026.csv: cannot be written: File too large\n"
                    ))
            #expect(
                try folder.state().contents(of: "public") == state.contents(of: "public"))
            #expect(
                folder.text("archive/windows/2026.csv").utf8.count
                    == state.contents(of: "archive")["windows/2026.csv"]?.count)
            #expect(
                try await folder.tidemark("publish", "--sources.sky.paths", sources)
                    == ProgramRun(code: 0, output: "", errors: ""))
            #expect(folder.rows("windows/2026.csv").count == 5 + 9 + 1)
            #expect(folder.rows("top/2026/2026-11-21.csv").count == 9)
        }
    }

    @Test("a site that cannot be staged leaves the old one in its place")
    func site() async throws {
        try await withTemporaryFolder { path in
            let folder = try OperatorFolder(path)
            #expect(try await folder.tidemark("publish").code == 0)
            let state = try folder.state()
            let run = try await limited(
                1, "build", "--site.title", "Another title", in: folder)
            #expect(run.code == 1)
            #expect(
                run.errors.wholeMatch(
                    of:
                        #/tidemark: \S+/\.public\.tidemark/site/\S+: cannot be written: File too large\n/#
                ) != nil,
                "\(run.errors)")
            #expect(try folder.state().changes(since: state) == [])
            // Half a site would keep the disk full.
            #expect(
                try FileManager.default.contentsOfDirectory(atPath: path + "/.public.tidemark")
                    .sorted() == ["files", "record"])
            #expect(
                try await folder.tidemark("build", "--site.title", "Another title")
                    == ProgramRun(code: 0, output: "", errors: ""))
            #expect(folder.text("public/index.html").contains("Another title"))
        }
    }
}
