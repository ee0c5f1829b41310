import Foundation
import Support
import Testing

/// Who is told how a publish went, and when.
@Suite("Hooks") struct HookStoryTests {
    static let sources =
        "sources: { sky: { kind: file, paths: [jetstream.ndjson], format: jetstream } }"

    private func withHooks(
        _ sources: String, heartbeat: String = "/beat",
        _ body: @Sendable (OperatorFolder) async throws -> Void
    ) async throws {
        try await OperatorFolder.withHooks(sources, heartbeat: heartbeat, body)
    }

    private func reports(_ text: String) throws -> [[String: Any]] {
        try OperatorFolder.reports(text)
    }

    @Test
    func
        `a good week: the monitor hears of each run, one command of what is new, and nobody of nothing`()
        async throws
    {
        try await withHooks(Self.sources) { folder in
            for _ in 0..<3 { #expect(try await folder.tidemark("publish").code == 0) }
            #expect(
                folder.text("beats")
                    == String(repeating: "/beat/start \n/beat \n", count: 3))
            let told = try reports(folder.text("published"))
            #expect(told.count == 1)
            #expect(told.first?["outcome"] as? String == "done")
            #expect((told.first?["windows"] as? [Any])?.isEmpty == false)
            #expect(told.first?["site"] as? String == "https://trends.example/")
            #expect(folder.text("failed") == "")
            // What had nothing to do is not worth a report.
            #expect(folder.text("archive/runs/2026-11.ndjson") == folder.text("published"))
            #expect(try await folder.tidemark("verify").output == "")
        }
    }

    @Test func `a fault is told once a day, and to the monitor each time`() async throws {
        try await withHooks(Self.sources) { folder in
            #expect(try await folder.tidemark("publish").code == 0)
            try FileManager.default.removeItem(atPath: folder.path + "/www")
            try write("in the way", to: folder.path + "/www")
            for _ in 0..<3 { #expect(try await folder.tidemark("publish").code != 0) }
            let told = try reports(folder.text("failed"))
            #expect(told.count == 1)
            let messages = try #require(told.first?["messages"] as? [String])
            #expect(messages.contains { $0.contains("www") }, "\(messages)")
            let beats = folder.text("beats").split(separator: "\n").dropFirst(2)
            #expect(beats.count == 6)
            #expect(beats.filter { $0.hasPrefix("/beat/fail ") && $0.contains("www") }.count == 3)
        }
    }

    @Test func `two faults in turns are told once each, and again after a run that went well`()
        async throws
    {
        try await withHooks(Self.sources) { folder in
            let www = folder.path + "/www"
            for round in 0..<2 {
                for _ in 0..<2 {
                    try write("in the way", to: www)
                    #expect(try await folder.tidemark("publish").code != 0)
                    try FileManager.default.removeItem(atPath: www)
                    try FileManager.default.createSymbolicLink(
                        atPath: www, withDestinationPath: folder.path + "/disk")
                    #expect(try await folder.tidemark("publish").code != 0)
                    try FileManager.default.removeItem(atPath: www)
                }
                #expect(try reports(folder.text("failed")).count == 2 * (round + 1))
                let now = "2026-11-2\(2 + round)T12:00:00Z"
                #expect(try await folder.tidemark("publish", "--now", now).code == 0)
                try FileManager.default.removeItem(atPath: www)
            }
        }
    }

    @Test func `hooks that fail, hang or cannot be reached leave the publish as it is`()
        async throws
    {
        try await withHooks(Self.sources, heartbeat: "/broken") { folder in
            let run = try await folder.tidemark(
                "publish", "--hooks.published", "echo no >&2; exit 3")
            #expect(run.code == 0)
            #expect(run.errors.contains("hooks.published: the command ended with code 3\n"))
            #expect(run.errors.contains("no\n"))
            #expect(run.errors.contains("hooks.heartbeat: the monitor answered with status 500"))
            #expect(FileManager.default.fileExists(atPath: folder.path + "/www/index.html"))
        }
        // What it prints is its own to keep quiet about.
        try await withHooks(Self.sources) { folder in
            let run = try await folder.tidemark(
                "publish", "--quiet", "--hooks.published", "echo no >&2")
            #expect(run.code == 0 && run.errors == "no\n", "\(run.errors)")
        }
        // What a hook leaves behind is not waited for.
        try await withHooks(Self.sources) { folder in
            let start = ContinuousClock.now
            let run = try await folder.tidemark(
                "publish", "--hooks.published", "sleep 40 & printf 'on its way' >&2")
            #expect(run.code == 0 && run.errors.hasSuffix("on its way\n"), "\(run.errors)")
            #expect(ContinuousClock.now - start < .seconds(30))
        }
        try await withHooks(Self.sources) { folder in
            let run = try await folder.tidemark(
                "publish", "--hooks.published", "sleep 600 & sleep 600", "--hooks.timeLimit", "1s",
                "--hooks.heartbeat", "http://127.0.0.1:1/secret-of-mine")
            #expect(run.code == 0)
            #expect(run.errors.contains("hooks.published: the command was ended after 1 s\n"))
            #expect(run.errors.contains("hooks.heartbeat: the monitor was not reached: "))
            #expect(!run.errors.contains("secret-of-mine"))
        }
    }

    @Test(
        "how a command ended is said in words",
        arguments: [
            (
                "no-such-command-here",
                "ended with code 127, which is how a shell says that there is no such command"
            ),
            ("kill -9 $$", "was ended by signal 9"),
        ])
    func end(command: String, words: String) async throws {
        try await withHooks(Self.sources) { folder in
            let run = try await folder.tidemark("publish", "--hooks.published", command)
            #expect(
                run.errors.contains("hooks.published: the command \(words)\n"), "\(run.errors)")
        }
    }

    @Test(
        "what a hook prints without end is cut, also where it is ended, and cannot move a terminal",
        arguments: [
            ("yes $'\\e[2J#tide' | head -c 9000000 >&2", "30s"),
            ("yes $'\\e[2J#tide' >&2", "10s"),
        ])
    func endless(command: String, limit: String) async throws {
        try await withHooks(Self.sources) { folder in
            let run = try await folder.tidemark(
                "publish", "--hooks.published", "bash -c \"\(command)\"", "--hooks.timeLimit", limit
            )
            #expect(run.code == 0)
            #expect(run.errors.utf8.count < 100_000)
            #expect(run.errors.contains(#"\u{1b}[2J#tide"# + "\n"))
            #expect(!run.errors.contains("\u{1B}"))
            #expect(
                run.errors.contains(
                    "hooks.published: what the command printed on stderr was cut after 16 KiB\n"
                ))
        }
    }

    @Test func `Prometheus reads how the last publish went, and when one last went well`()
        async throws
    {
        try await withHooks(Self.sources) { folder in
            let flags = ["--hooks.metrics", "tidemark.prom"]
            #expect(try await folder.tidemark("publish", flags[0], flags[1]).code == 0)
            let well = folder.text("tidemark.prom")
            let success = "tidemark_last_success_timestamp_seconds 1795327200\n"
            #expect(well.contains("tidemark_last_run_exit_code 0\n") && well.contains(success))
            #expect(well.contains("tidemark_window_coverage_ratio{source=\"sky\"} "))
            for line in well.split(separator: "\n") where !line.hasPrefix("# ") {
                #expect(
                    line.wholeMatch(of: #/[a-z_]+(\{source="[^"]*"\})? [0-9.]+/#) != nil, "\(line)")
            }
            try FileManager.default.removeItem(atPath: folder.path + "/www")
            try write("in the way", to: folder.path + "/www")
            _ = try await folder.tidemark(
                "publish", flags[0], flags[1], "--now", "2026-11-22T07:00:00Z")
            let ill = folder.text("tidemark.prom")
            #expect(!ill.contains("tidemark_last_run_exit_code 0\n") && ill.contains(success))
        }
    }

    @Test func `status says what was published last, what is due, and what failed`() async throws {
        try await withHooks(Self.sources) { folder in
            #expect(try await folder.tidemark("publish").code == 0)
            let now = ["--now", "2026-11-22T08:00:00Z"]
            let well = try await folder.tidemark("status", now[0], now[1])
            #expect(well.code == 0, "\(well.errors)")
            #expect(well.output.hasPrefix("last success  2026-11-22T06:00:00Z, 2 hours ago\n"))
            #expect(well.output.contains("next due      2026-11-22T12:00:00Z, in 4 hours\n"))
            #expect(well.output.contains("sky  thirty days: "))
            #expect(
                well.output.contains(
                    #/\nrendered anew  2026-11-22T06:00:00Z, 2 hours ago: all \d+ files, in \d+ s\n/#
                ))
            try FileManager.default.removeItem(atPath: folder.path + "/www")
            try write("in the way", to: folder.path + "/www")
            _ = try await folder.tidemark("publish")
            let ill = try await folder.tidemark("status", now[0], now[1])
            #expect(ill.code == 2)
            #expect(ill.output.contains("2026-11-22T06:00:00Z  "), "\(ill.output)")
            #expect(ill.output.contains("www"))
        }
    }

    @Test func `status shows a message of several lines as lines, and not too many`() async throws {
        try await withHooks(Self.sources) { folder in
            try FileManager.default.copyItem(
                atPath: Repository.folder + "/Templates", toPath: folder.path + "/Templates")
            let template = folder.path + "/Templates/window.mustache"
            try write(
                text(template) + (0..<20).map { "{{no\u{1B}\($0)}}\n" }.joined(), to: template)
            #expect(try await folder.tidemark("publish", "--templates", "Templates").code != 0)
            let run = try await folder.tidemark("status", "--now", "2026-11-22T08:00:00Z")
            let lines = run.output.split(separator: "\n")
            let first = lines.firstIndex { $0.hasSuffix(": the templates have faults:") } ?? 0
            #expect(lines[first...].count == 11, "\(run.output)")
            #expect(
                lines[(first + 1)...].dropLast().allSatisfy {
                    $0.contains(#/^ {4}\S*window\.mustache:\d+: /#)
                }, "\(run.output)")
            #expect(lines.last == "    and 11 more lines")
            #expect(!run.output.contains("\\u{a}") && !run.output.contains("\u{1B}"))
        }
    }

    @Test func `status counts a slot that has no row as missing`() async throws {
        try await withHooks("sources: { sample: { kind: sample } }") { folder in
            #expect(try await folder.tidemark("publish").code == 0)
            let windows = "archive/windows/2026.csv"
            var lines = folder.text(windows).split(separator: "\n")
            lines.remove(at: 5)
            try write(lines.joined(separator: "\n") + "\n", to: folder.path + "/" + windows)
            let run = try await folder.tidemark("status", "--now", "2026-11-22T08:00:00Z")
            #expect(
                run.output.contains(
                    "sample  thirty days: \(lines.count - 1) whole, 0 in part, 1 missing\n"),
                "\(run.output) \(run.errors)")
        }
    }
}
