import Foundation
import Support
import Testing

/// Whoever has the published data, and nothing else, can check them.
@Suite("a public copy of the data") struct PublicCopyTests {
    /// The site of a made-up archive of that many days, without some of its hashtags.
    private func withSite(
        days: Int, withdrawn count: Int, _ body: (OperatorFolder) async throws -> Void
    ) async throws {
        try await withTemporaryFolder { path in
            let folder = try OperatorFolder(path)
            let made = try await ProgramRun.program(
                try #require(Repository.python),
                [
                    Repository.folder + "/Benchmarks/building/generate.py", path + "/archive",
                    "\(days)", "600", "--tails",
                ], in: path)
            #expect(made.code == 0, "\(made.errors)")
            if count > 0 {
                // Of what trended last, and of the very last lines of a full tail.
                let tags =
                    try tags(of: "tail", in: path).suffix(count / 2 + 1)
                    + tags(of: "trending", in: path).suffix(count / 2)
                let run = try await ProgramRun.program(
                    Repository.product("tidemark"), ["withdraw"] + Set(tags).sorted(), in: path)
                #expect(run.code == 0, "\(run.errors)")
            }
            let build = try await folder.tidemark("build")
            #expect(build.code == 0, "\(build.errors)")
            try FileManager.default.copyItem(atPath: path + "/public/data", toPath: path + "/copy")
            try await body(folder)
        }
    }

    private func tags(of list: String, in path: String) throws -> [String] {
        let year = "\(path)/archive/\(list)/2026"
        let names = try FileManager.default.contentsOfDirectory(atPath: year).sorted()
        return try names.flatMap { name in
            try String(contentsOfFile: "\(year)/\(name)", encoding: .utf8).split(separator: "\n")
                .dropFirst().map { String($0.split(separator: ",")[list == "tail" ? 2 : 3]) }
        }
    }

    @Test("is found in order by verify, whatever was withdrawn", arguments: [0, 1, 20])
    func verified(count: Int) async throws {
        try await withSite(days: 16, withdrawn: count) { folder in
            let run = try await folder.tidemark("verify", "--archive", "copy")
            #expect(run.code == 0, "\(run.output.prefix(2000))")
            #expect(run.output == "")
        }
    }

    @Test("is found wrong by verify for one digit, wherever it is")
    func changed() async throws {
        try await withSite(days: 10, withdrawn: 3) { folder in
            var random = SeededRandom(3)
            let data = folder.path + "/copy"
            let files = try FileManager.default.subpathsOfDirectory(atPath: data)
                .filter { $0.hasSuffix(".csv") }.sorted()
            for kind in ["windows", "top", "trending", "tail", "withheld"] {
                let file = "\(data)/" + (try #require(files.last { $0.hasPrefix(kind + "/") }))
                let bytes = [UInt8](try Data(contentsOf: URL(filePath: file)))
                let digits = bytes.indices.filter { (0x30...0x39).contains(bytes[$0]) }
                for _ in 0..<4 {
                    var changed = bytes
                    let place = try #require(digits.randomElement(using: &random))
                    changed[place] = 0x30 + (changed[place] - 0x30 + 1) % 10
                    try Data(changed).write(to: URL(filePath: file))
                    let run = try await folder.tidemark("verify", "--archive", "copy")
                    #expect(run.code == 1, "\(file) at \(place)")
                }
                try Data(bytes).write(to: URL(filePath: file))
            }
        }
    }

    /// By a script that knows the data page alone.
    @Test("gives every trending list again", arguments: [0, 20])
    func reproduced(count: Int) async throws {
        try await withSite(days: 20, withdrawn: count) { folder in
            let run = try await ProgramRun.program(
                try #require(Repository.python),
                [Repository.folder + "/Tests/Reader/trending.py", folder.path + "/copy"],
                in: folder.path)
            #expect(run.output == "80 of 80\n", "\(run.errors.prefix(2000))")
        }
    }

    /// What is not installed is left out: DuckDB and Python's own are.
    @Test("is read by the lines that its page gives", arguments: ["bucket", "folder", "serve"])
    func snippets(place: String) async throws {
        try await withSite(days: 4, withdrawn: 0) { folder in
            let preview = place == "serve" ? try Preview(of: folder.path) : nil
            defer { preview?.end() }
            let base =
                preview.map { $0.address + "data/" }
                ?? (place == "folder" ? "\(folder.path)/copy/" : place)
            let run = try await ProgramRun.program(
                try #require(Repository.python),
                [Repository.folder + "/Tests/Reader/snippets.py", folder.path + "/public", base],
                in: folder.path, environment: ["PATH": "/usr/bin:/bin"])
            #expect(run.code == 0, "\(run.output) \(run.errors)")
            if place == "folder" {
                #expect(run.output.contains("DuckDB: "))
            } else {
                #expect(run.output.contains("curl: "))
                #expect(
                    run.output.contains("Parquet of all that was fetched, with DuckDB: "))
                // Two of the package, the windows, and three lists of each day.
                #expect(run.output.contains("16 files fetched"))
            }
        }
    }

    /// `tidemark serve` of a folder's site.
    private struct Preview {
        let program = Process()
        let address: String

        init(of folder: String) throws {
            let output = Pipe()
            program.executableURL = URL(filePath: Repository.product("tidemark"))
            program.arguments = ["serve", "--port", "0"]
            program.currentDirectoryURL = URL(filePath: folder)
            program.environment = [:]
            program.standardOutput = output
            try program.run()
            address = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
                .trimmingCharacters(in: .newlines)
        }

        func end() {
            program.interrupt()
            program.waitUntilExit()
        }
    }
}
