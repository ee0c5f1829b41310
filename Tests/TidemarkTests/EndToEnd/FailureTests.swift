import Foundation
import Glibc
import Support
import Testing

/// What can go wrong on this machine: one clear sentence, the right exit code, nothing lost.
@Suite("failures of a run")
struct FailureTests {
    /// A folder in which everything went well once.
    private func withPublished(
        _ body: (OperatorFolder, FolderState) async throws -> Void
    ) async throws {
        try await withTemporaryFolder { path in
            let folder = try OperatorFolder(path)
            #expect(
                try await folder.tidemark("publish") == ProgramRun(code: 0, output: "", errors: ""))
            try await body(folder, try folder.state())
        }
    }

    @Test(
        "wrong command lines and configurations are refused before anything is done",
        arguments: [
            (
                ["count", "--format", "v9", "v1.ndjson"], 64,
                "The value 'v9' is invalid for '--format <format>'. Please provide one of 'v1', 'v2', 'jetstream', 'mastodon' or 'text'; see tidemark --help"
            ),
            (
                ["count", "--format", "v1"], 64,
                "Missing expected argument '<file> ...'; see tidemark --help"
            ),
            (["publsh"], 64, "Unexpected argument 'publsh'; see tidemark --help"),
            (["snapshot", "--replace"], 64, "--replace needs --slot; see tidemark --help"),
            (
                ["snapshot", "--slot", "yesterday"], 64,
                "The value 'yesterday' is invalid for '--slot <time>'; see tidemark --help"
            ),
            (
                ["snapshot", "--slot", "2026-11-20T19:00:00Z"], 64,
                "--slot: no slot starts at 2026-11-20T19:00:00Z; the first of a day starts at midnight UTC, and each lasts 6 h; see tidemark --help"
            ),
            (
                ["publish", "--window.evry", "6h"], 64,
                "--window.evry: unknown key; did you mean --window.every?"
            ),
            (
                ["publish", "--config", "evry.yaml"], 78,
                "evry.yaml:1: window.evry: unknown key; did you mean window.every?"
            ),
            (
                ["publish", "--config", "nothing.yaml"], 78,
                "nothing.yaml: cannot be read: there is no such file"
            ),
            (
                ["publish", "--sources.birds.format", "v9"], 64,
                "--sources.birds.format: expected v1, v2, jetstream, mastodon or text, found \"v9\""
            ),
            (["publish", "--config", "mine"], 78, "mine: cannot be read: it is a folder"),
            (
                ["sync"], 78,
                "publish.bucket is not set: name the bucket of the site, or publish.directory or "
                    + "publish.repository in its place"
            ),
            (
                ["sync", "--publish.bucket", "site"], 78,
                "publish.region is not set, and neither AWS_REGION nor a profile names one"
            ),
            (
                ["sync", "--publish.bucket", "b", "--publish.region", "eu-central-1"], 78,
                "bucket b: a name is 3 to 63 lower-case letters, digits, hyphens and single dots"
            ),
            (
                ["sync", "--publish.bucket", "site", "--publish.endpoint", "http://s3.example"], 64,
                "--publish.endpoint: expected an address such as https://… (http:// for loopback alone), found \"http://s3.example\""
            ),
            (
                ["count", "--format", "v1", "nothing.ndjson"], 1,
                "nothing.ndjson: cannot be read: No such file or directory"
            ),
            (["count", "--format", "v1", "."], 1, ".: cannot be read: Is a directory"),
            (
                ["build", "--archive", "nothing"], 1,
                "nothing: holds no window yet; run `tidemark snapshot` first, or correct the archive setting"
            ),
            (
                [
                    "sync", "--publish.bucket", "site", "--publish.endpoint", "http://127.0.0.1:9",
                    "--output", "mine",
                ], 3,
                "mine: refused, as it is no finished site: .tidemark-site is missing; run tidemark build"
            ),
        ] as [([String], Int32, String)])
    func refused(arguments: [String], code: Int32, sentence: String) async throws {
        try await withTemporaryFolder { path in
            let folder = try OperatorFolder(path)
            try write("window: { evry: 6h }\n", to: "\(path)/evry.yaml")
            try write("precious", to: "\(path)/mine/diary.txt")
            let run = try await ProgramRun.program(
                Repository.product("tidemark"), arguments, in: path)
            #expect(run == ProgramRun(code: code, output: "", errors: "tidemark: \(sentence)\n"))
            #expect(try folder.state().files.isEmpty)
            #expect(folder.text("mine/diary.txt") == "precious")
        }
    }

    @Test(
        "an archive in the output folder, however its path is written, is refused and stays",
        arguments: ["public/archive", "./public//archive/", "x/../public/archive", "link/archive"])
    func archiveInOutput(archive: String) async throws {
        try await withPublished { folder, _ in
            let moved = "\(folder.path)/public/archive"
            try FileManager.default.copyItem(atPath: "\(folder.path)/archive", toPath: moved)
            try FileManager.default.createSymbolicLink(
                atPath: "\(folder.path)/link", withDestinationPath: "public")
            let state = try folder.state()
            for output in ["public", "link", "\(folder.path)/public", "."] {
                let run = try await folder.tidemark(
                    "build", "--archive", archive, "--output", output)
                #expect(
                    run
                        == ProgramRun(
                            code: 64, output: "",
                            errors:
                                "tidemark: --output: must not lie in the archive, nor the archive in it\n"
                        ))
                #expect(try folder.state().changes(since: state) == [])
            }
        }
    }

    @Test("a folder of somebody else is never taken for the output")
    func foreignOutput() async throws {
        try await withPublished { folder, _ in
            try write("precious", to: "\(folder.path)/mine/diary.txt")
            let run = try await folder.tidemark("build", "--output", "mine")
            #expect(run.code == 1)
            #expect(
                run.errors.hasSuffix(
                    "/mine: holds files but no .tidemark-site, so Tidemark did not make it; name "
                        + "another output folder, or empty this one\n"))
            #expect(folder.text("mine/diary.txt") == "precious")
        }
    }

    @Test("one unreadable recording costs the others nothing, and what was published stays")
    func unreadable() async throws {
        try await withPublished { folder, state in
            let run = try await folder.tidemark(
                "publish", "--sources.later.paths", "nothing.ndjson", "--sources.sky.paths",
                "jetstream.ndjson, jetstream-later.ndjson")
            #expect(
                run
                    == ProgramRun(
                        code: 2, output: "",
                        errors: "tidemark: later: nothing.ndjson: cannot be read: "
                            + "No such file or directory\n"))
            #expect(folder.rows("windows/2026.csv").count == 6)
            #expect(folder.text("public/index.html").contains("kites"))
            for (file, old) in state.contents(of: "archive") {
                let bytes = try folder.state().contents(of: "archive")[file] ?? Data()
                #expect(bytes.starts(with: old), "\(file)")
            }
        }
    }

    @Test("records that are torn, no UTF-8, too long or too deep are dropped and counted")
    func records() async throws {
        try await withTemporaryFolder { path in
            let folder = try OperatorFolder(path)
            let good = Array(folder.text("v1.ndjson").utf8)
            let bad: [[UInt8]] = [
                good.prefix(200) + [0x0A], [0x7B, 0x22, 0xFF, 0xFE, 0x22, 0x7D, 0x0A],
                [UInt8](repeating: UInt8(ascii: "x"), count: 50_000_000) + [0x0A],
                Array((String(repeating: #"{"a":"#, count: 200_000) + "\n").utf8),
                [0x7B, 0x00, 0x1B, 0x0A],
            ]
            try write(bad.flatMap { $0 } + good + good.prefix(300), to: "\(path)/bad.ndjson")
            let run = try await MeasuredRun.tidemark(
                ["count", "--format", "v1", "bad.ndjson"], in: folder)
            #expect(run.peakBytes < 150_000_000)
            #expect(
                run.program
                    == ProgramRun(
                        code: 0,
                        output: """
                            rank,tag,spelling,posts,accounts
                            1,tidewatch,TideWatch,3,3
                            2,café,café,2,2
                            3,coffee,coffee,2,2

                            """,
                        errors:
                            "Read 16 records: 6 posts count, 6 of them with one of 3 hashtags, by 5 "
                            + "accounts; left out: invalid 6, no post 1, deleted 1, repost 1.\n"))
        }
    }

    @Test("posts of another format are none, and the run says so")
    func wrongFormat() async throws {
        try await withTemporaryFolder { path in
            let folder = try OperatorFolder(path)
            let run = try await folder.tidemark("count", "--format", "jetstream", "v1.ndjson")
            #expect(
                run
                    == ProgramRun(
                        code: 0, output: "rank,tag,spelling,posts,accounts\n",
                        errors: """
                            Read 10 records: 0 posts count, 0 of them with one of 0 hashtags, by 0 accounts; left out: no post 10.
                            tidemark: warning: no record is a post of the format jetstream; check --format

                            """))
        }
    }

    /// As a program that may not do everything: root without its capabilities obeys modes.
    private func unprivileged(
        _ arguments: [String], in folder: OperatorFolder
    ) async throws -> ProgramRun {
        let program = [Repository.product("tidemark")] + arguments
        let plain = geteuid() == 0 ? ["--bounding-set=-all", "--inh-caps=-all"] + program : program
        return try await ProgramRun.program(
            geteuid() == 0 ? "/usr/bin/setpriv" : "/usr/bin/env", plain, in: folder.path,
            environment: folder.environment)
    }

    @Test("an archive that cannot be written is one sentence; the site and all rows stay")
    func readOnlyArchive() async throws {
        try await withPublished { folder, state in
            let arguments = [
                "publish", "--now", OperatorFolder.now, "--sources.sky.paths",
                "jetstream.ndjson, jetstream-later.ndjson",
            ]
            for place in ["tail/2026/2026-11-21.csv", "windows/2026.csv"] {
                try #require(chmod("\(folder.path)/archive/\(place)", 0o444) == 0)
                let run = try await unprivileged(arguments, in: folder)
                #expect(
                    run
                        == ProgramRun(
                            code: 1, output: "",
                            errors:
                                "tidemark: archive/\(place): cannot be written: Permission denied\n"
                        ))
                #expect(folder.rows("windows/2026.csv").count == 5)
                #expect(
                    try folder.state().contents(of: "public") == state.contents(of: "public"))
                try #require(chmod("\(folder.path)/archive/\(place)", 0o644) == 0)
            }
            // Repaired, the next run goes on.
            #expect(
                try await unprivileged(arguments, in: folder)
                    == ProgramRun(code: 0, output: "", errors: ""))
            #expect(folder.rows("windows/2026.csv").count == 6)
            #expect(folder.rows("top/2026/2026-11-21.csv").count == 9)
        }
    }

    @Test("a read-only folder, or a file in its place, cannot be locked, and says so")
    func readOnlyFolder() async throws {
        try await withTemporaryFolder { path in
            let folder = try OperatorFolder(path)
            try write("", to: "\(path)/taken")
            try FileManager.default.createDirectory(
                atPath: "\(path)/sealed", withIntermediateDirectories: false)
            try #require(chmod("\(path)/sealed", 0o555) == 0)
            for (archive, reason) in [
                ("taken", "Not a directory"), ("sealed", "Permission denied"),
                ("sealed/archive", "Permission denied"),
            ] {
                let run = try await unprivileged(["snapshot", "--archive", archive], in: folder)
                #expect(
                    run
                        == ProgramRun(
                            code: 1, output: "",
                            errors: "tidemark: \(archive)/.lock: cannot be locked: \(reason)\n"))
            }
            try #require(chmod("\(path)/sealed", 0o755) == 0)
        }
    }

    @Test("of two runs at once one works and the other ends with 75 at once")
    func twoRuns() async throws {
        try await withTemporaryFolder { path in
            let server = try LineServer([0x0A])
            let folder = try OperatorFolder(
                path,
                "sources:\n  wire: { kind: socket, address: \"127.0.0.1:\(server.port)\", format: v1 }"
            )
            let program = try RunningProgram(["publish", "--now", OperatorFolder.now], in: folder)
            for await _ in server.sent { break }
            for command in ["publish", "snapshot"] {
                let silent = try await folder.tidemark(command)
                #expect(silent == ProgramRun(code: 75, output: "", errors: ""))
                let other = try await folder.tidemark(command, "--verbose")
                #expect(other.code == 75)
                #expect(
                    other.errors.contains(
                        #/^tidemark: .*archive/\.lock: another run holds the lock \(process \d+ since 2026-11-22T06:00:00Z\); this one did nothing\n$/#
                    ))
            }
            program.send(SIGKILL)
            #expect(await program.finish().code == 128 + SIGKILL)
            // The lock ended with its process. What is read now is nothing, and doubted.
            let after = try await folder.tidemark("snapshot", "--window.length", "1s")
            #expect(after.code == 2 && after.errors.contains("not one post came"))
        }
    }

    @Test("a slot is read again only with --replace, and alone")
    func replace() async throws {
        try await withPublished { folder, state in
            try write(
                folder.text("v1.ndjson").replacing("café", with: "tea"),
                to: "\(folder.path)/v1.ndjson")
            let slot = ["--slot", "2026-11-20T18:00:00Z", "--verbose"]
            let left = try await folder.tidemark("snapshot", slot[0], slot[1], slot[2])
            #expect(
                left
                    == ProgramRun(
                        code: 0, output: "",
                        errors:
                            "The slot 2026-11-20T18:00:00Z of birds, later, sky, towns is archived "
                            + "already, which --replace overrides, or nothing of it is recorded.\n")
            )
            #expect(try folder.state().changes(since: state) == [])
            let again = try await folder.tidemark(
                "snapshot", slot[0], slot[1], slot[2], "--replace")
            #expect(
                again
                    == ProgramRun(
                        code: 0, output: "",
                        errors: "birds 2026-11-20T18:00:00Z: complete, 6 posts by 5 accounts, 3 "
                            + "hashtags, coverage 100.0 %.\n"))
            #expect(
                folder.rows("top/2026/2026-11-20.csv") == [
                    "2026-11-20T12:00:00Z,later,1,harbour,harbour,2,2,,,",
                    "2026-11-20T12:00:00Z,later,2,kites,Kites,1,1,,,",
                    "2026-11-20T18:00:00Z,birds,1,tidewatch,TideWatch,3,3,,,",
                    "2026-11-20T18:00:00Z,birds,2,coffee,coffee,2,2,,,",
                    "2026-11-20T18:00:00Z,birds,3,tea,tea,2,2,,,",
                ])
            #expect(folder.rows("windows/2026.csv").count == 5)
        }
    }

    @Test("a reader that goes away is no failure")
    func closedPipe() async throws {
        try await withTemporaryFolder { path in
            let folder = try OperatorFolder(path)
            let program = Repository.product("tidemark")
            let run = try await ProgramRun.program(
                "/bin/bash",
                [
                    "-c",
                    "yes '\"good #morning\"' | '\(program)' tags --grammar twitter | head -n 1; echo ${PIPESTATUS[1]}",
                ], in: folder.path)
            #expect(run == ProgramRun(code: 0, output: "[\"morning\"]\n0\n", errors: ""))
        }
    }
}
