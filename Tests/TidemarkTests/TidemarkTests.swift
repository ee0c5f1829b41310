import Files
import Foundation
import Support
import Testing

@testable import tidemark

@Suite("tidemark, the program")
struct TidemarkTests {
    private func write(_ text: String, _ path: String) throws {
        try FileManager.default.createDirectory(
            atPath: FilePlace.folder(of: path), withIntermediateDirectories: true)
        try text.write(toFile: path, atomically: true, encoding: .utf8)
    }

    @Test("init writes the example once, and again only with --force")
    func initialise() async throws {
        try await withTemporaryFolder { folder in
            let file = "\(folder)/tidemark.yaml"
            let first = try await ProgramRun.tidemark("init", in: folder)
            #expect(first == ProgramRun(code: 0, output: "", errors: ""))
            #expect(try String(contentsOfFile: file, encoding: .utf8) == ConfigurationText.yaml)

            try write("archive: mine\n", file)
            let second = try await ProgramRun.tidemark("init", in: folder)
            let exists = "tidemark: tidemark.yaml exists already; --force writes over it\n"
            #expect(second == ProgramRun(code: 3, output: "", errors: exists))
            #expect(try String(contentsOfFile: file, encoding: .utf8) == "archive: mine\n")

            #expect(try await ProgramRun.tidemark("init", "--force", in: folder).code == 0)
            #expect(try String(contentsOfFile: file, encoding: .utf8) == ConfigurationText.yaml)
            #expect(
                try FileManager.default.contentsOfDirectory(atPath: folder) == ["tidemark.yaml"])
        }
    }

    @Test("init into a folder that is not there says so")
    func unwritable() async throws {
        try await withTemporaryFolder { folder in
            let run = try await ProgramRun.tidemark("init", "--config", "no/t.yaml", in: folder)
            let sentence = "tidemark: no/t.yaml: cannot be written: No such file or directory\n"
            #expect(run == ProgramRun(code: 1, output: "", errors: sentence))
        }
    }

    @Test(
        "a wrong command line is one sentence and code 64",
        arguments: [
            (["nope"], "Unexpected argument 'nope'; see tidemark --help"),
            (["serve", "--nope"], "Unknown option '--nope'"),
            (["serve", "--port", "x"], "The value 'x' is invalid for '--port <port>'"),
            (["serve", "--now", "today"], "The value 'today' is invalid for '--now <time>'"),
            (["serve", "-q", "-v"], "--quiet and --verbose exclude each other"),
            (
                ["serve", "--window.evry", "3h"],
                "--window.evry: unknown key; did you mean --window.every?"
            ),
            (
                ["serve", "--window.top", "0"],
                "--window.top: expected a whole number from 1 to 100, found \"0\""
            ),
            (["serve", "\u{1B}[2J"], "Unexpected argument '\\u{1b}[2J'"),
        ])
    func usage(arguments: [String], sentence: String) async throws {
        try await withTemporaryFolder { folder in
            let run = try await ProgramRun.program(
                Repository.product("tidemark"), arguments, in: folder)
            #expect(run.code == 64)
            #expect(run.output == "")
            #expect(run.errors.hasPrefix("tidemark: \(sentence)"), "\(run.errors)")
            #expect(run.errors.utf8.filter { $0 == UInt8(ascii: "\n") }.count == 1)
        }
    }

    @Test("a wrong configuration is one sentence and code 78, wherever it was written")
    func configuration() async throws {
        try await withTemporaryFolder { folder in
            let variable = try await ProgramRun.tidemark(
                "serve", in: folder, environment: ["TIDEMARK_WINDOW_TOP": "0"])
            #expect(
                variable
                    == ProgramRun(
                        code: 78, output: "",
                        errors: "tidemark: TIDEMARK_WINDOW_TOP: expected a whole number from 1 to "
                            + "100, found \"0\"\n"))
            try write("window:\n  evry: 3h\n", "\(folder)/tidemark.yaml")
            let file = try await ProgramRun.tidemark("serve", in: folder)
            #expect(
                file
                    == ProgramRun(
                        code: 78, output: "",
                        errors: "tidemark: tidemark.yaml:2: window.evry: unknown key; "
                            + "did you mean window.every?\n"))
            let missing = try await ProgramRun.tidemark("serve", "--config", "no.yaml", in: folder)
            #expect(
                missing
                    == ProgramRun(
                        code: 78, output: "",
                        errors: "tidemark: no.yaml: cannot be read: there is no such file\n"))
        }
    }

    @Test("help and version go to stdout, and every subcommand's help says that settings are flags")
    func help() async throws {
        try await withTemporaryFolder { folder in
            #expect(
                try await ProgramRun.tidemark("--version", in: folder)
                    == ProgramRun(
                        code: 0, output: Tidemark.configuration.version + "\n", errors: ""))
            let root = try await ProgramRun.tidemark(in: folder)
            #expect(root.code == 0)
            for command in Tidemark.configuration.subcommands {
                let name = try #require(command.configuration.commandName)
                #expect(root.output.contains("\n  \(name) "))
                let help = try await ProgramRun.tidemark(name, "--help", in: folder)
                #expect(help.code == 0)
                #expect(help.output.contains("USAGE: tidemark \(name) "), "\(help.output)")
                #expect(help.output.contains("--section.key <value>"))
            }
        }
    }

    @Test("a preview without a site says what to do")
    func noSite() async throws {
        try await withTemporaryFolder { folder in
            let run = try await ProgramRun.tidemark("serve", in: folder)
            let sentence = "tidemark: public: there is no site yet; tidemark build makes it\n"
            #expect(run == ProgramRun(code: 1, output: "", errors: sentence))
        }
    }

    @Test("output that cannot be written is a failure, a reader that left is none")
    func output() async throws {
        try await withTemporaryFolder { folder in
            let program = Repository.product("tidemark")
            let full = try await ProgramRun.program(
                "/bin/sh", ["-c", "'\(program)' --help >/dev/full"], in: folder)
            #expect(
                full
                    == ProgramRun(
                        code: 1, output: "",
                        errors: "tidemark: standard output cannot be written: "
                            + "No space left on device\n"))
            // The reader is gone before the program begins.
            let gone = try await ProgramRun.program(
                "/bin/bash",
                [
                    "-c",
                    "mkfifo p; { '\(program)' --help; echo $? >code; } >p & exec 3<p 3<&-; wait",
                ],
                in: folder)
            #expect(gone.errors == "")
        }
    }
}
