import Foundation
import Support
import Testing

@testable import tidemark

/// What the README says is done as it stands there.
@Suite("README")
struct ReadmeTests {
    private let readme: String

    init() throws {
        readme = try String(contentsOfFile: "\(Repository.folder)/README.md", encoding: .utf8)
    }

    /// The indented blocks, without their indentation.
    private var blocks: [String] {
        readme.split(separator: "\n\n").filter { block in
            block.split(separator: "\n").allSatisfy { $0.hasPrefix("    ") }
        }.map { block in
            block.split(separator: "\n").map { $0.dropFirst(4) }.joined(separator: "\n")
        }
    }

    @Test("every command in the table is one, and every command is in the table")
    func commands() {
        let named = readme.matches(of: #/(?m)^\| `tidemark ([a-z-]+)[^`]*` \|/#)
            .map { String($0.1) }
        let all = Tidemark.configuration.subcommands.compactMap { $0.configuration.commandName }
        #expect(named.sorted() == all.sorted())
    }

    @Test("every command and flag in the running text is understood")
    func flags() async throws {
        for line in readme.matches(of: #/`tidemark ([a-zA-Z -]+)`/#).map({ String($0.1) }) {
            let words = line.split(separator: " ").map(String.init)
            let command = words[0] == "COMMAND" ? "publish" : words[0]
            let help = try await ProgramRun.tidemark(command, "--help", in: "/")
            #expect(help.code == 0, "\(line)")
            for flag in words.dropFirst() where flag.hasPrefix("--") {
                #expect(help.output.contains(flag), "\(line)")
            }
        }
        let help = try await ProgramRun.tidemark("publish", "--help", in: "/")
        for flag in ["--config <file>", "--now <time>", "--quiet", "--verbose"] {
            #expect(help.output.contains(flag))
            #expect(
                readme.contains(
                    "`\(flag.replacing("<file>", with: "FILE").replacing("<time>", with: "TIME"))`")
            )
        }
    }

    @Test("every target of make in it is one of the Makefile's, and every target is in its help")
    func targets() throws {
        let makefile = try String(
            contentsOfFile: "\(Repository.folder)/Makefile", encoding: .utf8)
        let targets = Set(makefile.matches(of: #/(?m)^([a-z]+):.* ## /#).map { String($0.1) })
        let named = Set(
            readme.matches(of: #/(?m)(?:`|^    |\s)make (?:-s -C \S+ )?([a-z]+)(?:`| PREFIX|$|  )/#)
                .map { String($0.1) })
        #expect(named.isSuperset(of: ["publish", "serve", "test", "help", "check", "install"]))
        #expect(named.subtracting(targets) == [])
    }

    @Test("the configurations shown are accepted")
    func configurations() async throws {
        let shown = blocks.filter { $0.hasPrefix("site:") || $0.hasPrefix("sources:") }
        #expect(shown.count == 5)
        for configuration in shown {
            try await withTemporaryFolder { folder in
                try write(configuration + "\n", to: "\(folder)/tidemark.yaml")
                _ = try SettingsLoader(
                    file: "\(folder)/tidemark.yaml", flags: [], environment: [:]
                ).load()
            }
        }
    }

    @Test("the example of an error is what the program says")
    func errorExample() async throws {
        try await withTemporaryFolder { folder in
            try write(
                "site:\n  title: T\n\n\n\nwindow:\n  evry: 6h\n", to: "\(folder)/tidemark.yaml")
            let run = try await ProgramRun.tidemark("build", in: folder)
            #expect(run.code == 78)
            #expect(blocks.contains(run.errors.trimmingCharacters(in: .newlines)))
        }
    }

    @Test("the headers of the archive are what the program writes")
    func formats() async throws {
        try await withTemporaryFolder { path in
            let folder = try OperatorFolder(path)
            // An address needs five people.
            let given = (1...5).map { person in
                #"{"did":"did:example:g\#(person)","time_us":1795176000000000,"commit":{"rev":"3lbsw5kzdqk22","#
                    + #""operation":"create","collection":"app.bsky.feed.post","rkey":"\#(person)","#
                    + #""record":{"tags":["tide"],"embed":{"external":{"uri":"https://a.example/1"}}}}}"#
            }
            try write(
                folder.text("jetstream.ndjson") + given.joined(separator: "\n") + "\n",
                to: path + "/jetstream.ndjson")
            #expect(try await folder.tidemark("snapshot").code == 0)
            let headers = readme.matches(
                of: #/(?m)^    archive\/([a-z]+)\/YYYY\S*\s+(slot,\S+)$/#
            )
            .filter { $0.1 != "spending" }
            #expect(headers.count == 5)
            for header in headers {
                let file =
                    header.1 == "windows"
                    ? "windows/2026.csv" : "\(header.1)/2026/2026-11-20.csv"
                #expect(folder.text("archive/\(file)").hasPrefix(header.2 + "\n"))
            }
        }
    }

    @Test("the table of exit codes is that of the program")
    func exitCodes() {
        let codes = readme.matches(of: #/(?m)^\| (\d+) \| /#).compactMap { Int32($0.1) }
        #expect(codes == [0, 1, 2, 3, 64, 75, 78])
        #expect(codes.allSatisfy { ExitCode(rawValue: $0) != nil })
    }
}
