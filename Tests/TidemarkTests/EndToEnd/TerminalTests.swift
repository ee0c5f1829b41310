import Files
import Foundation
import Support
import Testing

/// What a person at a terminal sees, by script(1), and what reaches no output at all.
@Suite("a terminal")
struct TerminalTests {
    @Test(
        "shows no hashtag that turns what stands beside it; a file has it as it is",
        arguments: ["count", "tags"])
    func turned(command: String) async throws {
        try await withTemporaryFolder { folder in
            try write("\"one #ab\u{202E}cd\u{2066}ef\"\n", to: "\(folder)/tags.ndjson")
            try write("one #ab\u{202E}cd\n", to: "\(folder)/posts.txt")
            let program = Repository.product("tidemark")
            let line =
                command == "count"
                ? "'\(program)' count --format text --quiet posts.txt"
                : "'\(program)' tags --grammar mastodon <tags.ndjson"
            let piped = try await ProgramRun.program("/bin/sh", ["-c", line], in: folder)
            let seen = try await ProgramRun.program(
                "/usr/bin/script", ["-qec", line, "/dev/null"], in: folder,
                environment: ["PATH": "/usr/bin:/bin", "SHELL": "/bin/sh"])
            #expect(piped.code == 0 && !piped.output.isEmpty)
            #expect(
                !seen.output.unicodeScalars.contains("\u{202E}")
                    && !seen.output.unicodeScalars.contains("\u{2066}"))
            let isTurned = piped.output.unicodeScalars.contains("\u{202E}")
            #expect(seen.output.contains("\\u{202e}") == isTurned, "\(seen.output)")
        }
    }

    @Test(
        "no password in an address is echoed, wherever it was written",
        arguments: [
            "site.url", "publish.endpoint", "publish.repository", "sources.fedi.servers",
            "sources.sky.hosts", "sources.x.server",
            "sources.wire.address",
        ])
    func password(key: String) async throws {
        try await withTemporaryFolder { folder in
            try write(
                "sources: { sky: { kind: bluesky }, fedi: { kind: mastodon, servers: [\"https://a.example\"] }, x: { kind: x, rules: [a] }, wire: { kind: socket, address: \"127.0.0.1:1\", format: v1 } }\n",
                to: "\(folder)/tidemark.yaml")
            for value in [
                "https://user:hunter2@host.example/",
                "wss://user:hunter2/\(String(repeating: "x", count: 80))@host", "user:hunter2@host",
            ]
            where !(key == "publish.repository" && value.hasPrefix("user")) {
                for command in ["doctor", "build"] {
                    let run = try await ProgramRun.tidemark(command, "--\(key)", value, in: folder)
                    #expect(
                        !run.errors.contains("hunter2/") && !run.output.contains("hunter2/"),
                        "\(run)")
                    if value.contains("://") {
                        #expect(
                            !run.errors.contains("hunter2") && !run.output.contains("hunter2"),
                            "\(run)")
                    }
                }
            }
        }
    }

    @Test(
        "a build of every file shows how far it is, and says how many they were and how long it took"
    )
    func rendering() async throws {
        try await withTemporaryFolder { folder in
            let program = Repository.product("tidemark")
            let arguments = [
                "publish", "--now", "2026-11-22T06:30:00Z", "--templates",
                Repository.folder + "/Templates",
            ]
            let first = try await ProgramRun.program(program, arguments, in: folder)
            #expect(first.code == 0 && !first.errors.contains("anew"), "\(first)")
            // As after an upgrade, and while nothing is due.
            let line = "'\(program)' \(arguments.joined(separator: " ")) --site.title Other"
            let seen = try await ProgramRun.program(
                "/usr/bin/script", ["-qec", line, "/dev/null"], in: folder,
                environment: ["PATH": "/usr/bin:/bin", "SHELL": "/bin/sh", "TERM": "dumb"])
            let count = try #require(seen.output.firstMatch(of: #/ pages, (\d+) files; /#)?.1)
            #expect(seen.output.contains("Rendering public  1 of \(count)"), "\(seen.output)")
            #expect(seen.output.contains(#/All were rendered anew, in \d+ s\./#))
            let piped = try await ProgramRun.program(
                program, arguments + ["--site.title", "Another"], in: folder)
            #expect(!piped.errors.contains("anew") && !piped.errors.contains("Rendering"))
            let reports = try WholeFile.read(folder + "/archive/runs/2026-11.ndjson")
                .split(separator: UInt8(ascii: "\n"))
            #expect(reports.count == 3)
            #expect(
                String(decoding: reports[2], as: UTF8.self)
                    .contains(#/"rendered":{"files":\d+,"seconds":\d+}/#))
        }
    }

    @Test("a name that is not UTF-8 is said to be that")
    func name() async throws {
        try await withTemporaryFolder { folder in
            let program = Repository.product("tidemark")
            for (arguments, code) in [
                ("count --format text", 1), ("build --config", 78), ("publish --archive", 1),
            ] {
                let run = try await ProgramRun.program(
                    "/bin/bash",
                    ["-c", "mkdir -p sealed; '\(program)' \(arguments) $'/proc/a\\xff'"], in: folder
                )
                #expect(
                    run.code == code
                        && run.errors.contains("its name is not UTF-8, and others are not taken"),
                    "\(run)")
            }
        }
    }

    @Test(
        "the demonstration runs with a clock that begins in 1970",
        arguments: ["1970-01-01T00:00:10Z", "1970-01-05T00:00:00Z"])
    func epoch(now: String) async throws {
        try await withTemporaryFolder { folder in
            let run = try await ProgramRun.program(
                Repository.product("tidemark"), ["snapshot", "--now", now], in: folder)
            #expect(run.code < 4, "\(run)")
        }
    }
}
