import Foundation
import Support
import Testing

/// `tidemark export`: what is in the database is what is in the files.
@Suite("an archive as a database") struct ExportStoryTests {
    private func withArchive(_ body: (OperatorFolder) async throws -> Void) async throws {
        try await withTemporaryFolder { path in
            let folder = try OperatorFolder(path)
            // Hashtags of ill will, guarded cells, a day that nothing read.
            try await python("Tests/Browser/archive.py", path + "/archive", in: path)
            try await body(folder)
        }
    }

    @discardableResult
    private func python(
        _ script: String, _ arguments: String..., in path: String
    ) async throws -> String {
        let run = try await ProgramRun.program(
            try #require(Repository.python), [Repository.folder + "/" + script] + arguments,
            in: path)
        #expect(run.code == 0, "\(run.output.prefix(2000)) \(run.errors)")
        return run.output
    }

    @Test("has every row of it, typed, and no guard of a cell")
    func whole() async throws {
        try await withArchive { folder in
            let path = folder.path
            try write(
                """
                slot,source,tag,other,accounts
                2026-11-11T00:00:00Z,harbour,art,'=1+1,9
                2026-11-11T00:00:00Z,nowhere,art,music,9

                """, to: path + "/archive/related/2026/2026-11-11.csv")
            for _ in 0..<2 {
                let run = try await folder.tidemark("export", "--sqlite", "new/tide.db")
                #expect(run.code == 0 && run.output == "" && run.errors == "", "\(run)")
            }
            let said = try await python(
                "Tests/Reader/database.py", "archive", "new/tide.db", in: path)
            #expect(said.contains("related: 1 rows") && said.contains("links: 0 rows"))
            #expect(
                try FileManager.default.contentsOfDirectory(atPath: path + "/new") == ["tide.db"])
        }
    }

    @Test("lacks what is withdrawn, as the published copy does")
    func withdrawn() async throws {
        try await withArchive { folder in
            #expect(try await folder.tidemark("withdraw", "art", "birds").code == 0)
            #expect(try await folder.tidemark("build").code == 0)
            try FileManager.default.copyItem(
                atPath: folder.path + "/public/data", toPath: folder.path + "/copy")
            for (archive, file) in [("archive", "own.db"), ("copy", "copy.db")] {
                let run = try await folder.tidemark(
                    "export", "--archive", archive, "--sqlite", file)
                #expect(run.code == 0, "\(run.errors)")
                let said = try await python(
                    "Tests/Reader/database.py", "copy", file, in: folder.path)
                #expect(!said.contains("withheld: 0 rows"))
            }
        }
    }

    @Test("leaves alone what is no database, and what there was if it cannot be made")
    func refused() async throws {
        try await withArchive { folder in
            let file = folder.path + "/notes.txt"
            try write("mine", to: file)
            let foreign = try await folder.tidemark("export", "--sqlite", "notes.txt")
            #expect(foreign.code == 3)
            #expect(foreign.errors.contains("is no database of SQLite, and is left as it is"))
            #expect(folder.text("notes.txt") == "mine")

            #expect(try await folder.tidemark("export", "--sqlite", "tide.db").code == 0)
            let before = try Data(contentsOf: URL(filePath: folder.path + "/tide.db"))
            try write("", to: folder.path + "/tide.db-wal")
            #expect(try await folder.tidemark("export", "--sqlite", "tide.db").code == 3)
            try FileManager.default.removeItem(atPath: folder.path + "/tide.db-wal")

            let top = "archive/top/2026/2026-11-11.csv"
            let lines = folder.text(top).split(separator: "\n", omittingEmptySubsequences: false)
            for (damage, reason) in [
                (
                    String(lines[1]),
                    "\(top):\(lines.count): another line has the same slot, source, rank"
                ),
                ("2026-11-11T00:00:00Z,harbour,x", "\(top):\(lines.count): expected"),
            ] {
                try write(
                    lines.joined(separator: "\n") + damage + "\n", to: "\(folder.path)/\(top)")
                let run = try await folder.tidemark("export", "--sqlite", "tide.db")
                #expect(run.code == 1 && run.errors.contains(reason), "\(run.errors)")
            }
            #expect(try Data(contentsOf: URL(filePath: folder.path + "/tide.db")) == before)
            #expect(!FileManager.default.fileExists(atPath: folder.path + "/tide.db.new"))
        }
    }
}
