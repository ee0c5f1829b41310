import Foundation
import Support
import Testing

/// The site in a real browser, by the scripts in `Tests/Browser`.
@Suite(
    "the site in a browser", .enabled(if: Browser.isThere, "no Chromium, or no test set-up"))
struct BrowserTests {
    @Test(
        "charts, tables, calendar, keyboard, themes and texts are right, safe, light and still; nothing is asked elsewhere"
    )
    func browse() async throws {
        let found = try await findings(
            "looks", "phone", "folds", "charts", "scripts", "keyboard", "calendar", "lateness",
            "theme",
            "own_time",
            "paper",
            "without_charts", "arrival", "speed", "data", "weight")
        #expect(found == "")
    }

    @Test("v.Nu finds no error and nothing to warn of", .enabled(if: Browser.hasJava, "no Java"))
    func markup() async throws {
        let found = try await findings("markup")
        #expect(found == "")
    }

    @Test func `every sentence with a number follows from the archive`() async throws {
        try await withTemporaryFolder { folder in
            try await build(in: folder)
            let run = try await ProgramRun.program(
                try #require(Repository.python),
                [Repository.folder + "/Tests/Browser/facts.py", folder + "/public", "0"], in: folder
            )
            #expect(run == ProgramRun(code: 0, output: "", errors: ""))
        }
    }

    @Test func `colours that mean different things differ for the colour-blind too`() async throws {
        let run = try await ProgramRun.program(
            try #require(Repository.python),
            [
                Repository.folder + "/Tests/Browser/palette.py",
                Repository.folder + "/Templates/assets/style.css",
            ], in: Repository.folder)
        #expect(run == ProgramRun(code: 0, output: "", errors: ""))
    }

    /// What `browse.py` finds in the site of the archive that `archive.py` makes.
    private func findings(_ checks: String...) async throws -> String {
        try await withTemporaryFolder { folder in
            try await build(in: folder)
            let python = try #require(Repository.python)
            let scripts = Repository.folder + "/Tests/Browser"
            let run = try await ProgramRun.program(
                python, [scripts + "/browse.py", folder + "/public"] + checks, in: folder,
                environment: ["PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": folder])
            #expect(run.code == 0, "\(run.errors)")
            return run.output
        }
    }

    /// Builds the site of the archive that `archive.py` makes.
    private func build(in folder: String) async throws {
        let python = try #require(Repository.python)
        let archive = try await ProgramRun.program(
            python, [Repository.folder + "/Tests/Browser/archive.py", folder + "/archive"],
            in: folder)
        try #require(archive == ProgramRun(code: 0, output: "", errors: ""))
        let build = try await ProgramRun.tidemark(
            "build", "--templates", Repository.folder + "/Templates", "--sources.sample.kind",
            "sample",
            in: folder)
        try #require(build == ProgramRun(code: 0, output: "", errors: ""))
    }
}
