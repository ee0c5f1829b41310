import Foundation
import Support
import Testing

/// Bluesky from the command line, with a Jetstream server on this machine.
@Suite("Bluesky, end to end")
struct BlueskyStoryTests {
    private static func event(_ author: Int, _ time: Int) -> String {
        #"{"did":"did:plc:\#(author)","time_us":\#(time),"kind":"commit","commit":{"rev":"3l\#(time)","#
            + #""operation":"create","collection":"app.bsky.feed.post","rkey":"\#(time)","#
            + #""record":{"text":"","tags":["tide","t\#(author % 3)"]}}}"#
    }

    /// An event a minute from 06:00 on, for so many hours; the files of a run of their own.
    private static func withOperator(
        hours: Int, faults: [String: String] = [:],
        _ body: @Sendable (_ folder: String, _ environment: [String: String]) async throws -> Void
    ) async throws {
        try await withTemporaryFolder { folder in
            let start = 1_795_327_200_000_000
            let lines = (0..<hours * 60).map { event($0 % 50, start + $0 * 60_000_000) }
            try write(lines.joined(separator: "\n") + "\n", to: folder + "/events")
            var script = JetstreamScript(folder + "/events")
            script.faults = faults
            script.log = folder + "/connections"
            try await withJetstream(script) { address in
                try await body(
                    folder,
                    [
                        "TIDEMARK_SOURCES_SKY_KIND": "bluesky",
                        "TIDEMARK_SOURCES_SKY_HOSTS": address,
                        "TIDEMARK_SOURCES_SKY_STALL": "1s", "PATH": "/usr/bin:/bin",
                    ])
            }
        }
    }

    @Test(
        "a slot is archived, the next run fills what was missed, and the one after has nothing to do"
    )
    func story() async throws {
        try await Self.withOperator(hours: 31) { folder, environment in
            func snapshot(_ now: String) async throws -> String {
                let run = try await ProgramRun.tidemark(
                    "snapshot", "--now", now, in: folder, environment: environment)
                #expect(run.code == 0, "\(run.errors)")
                let rows = try String(
                    contentsOfFile: folder + "/archive/windows/2026.csv", encoding: .utf8)
                return rows.split(separator: "\n").dropFirst()
                    .map { $0.split(separator: ",", omittingEmptySubsequences: false) }
                    .map { "\($0[0]) \($0[4]) \($0[5]) \($0[6]) \($0[8])" }
                    .joined(separator: "\n")
            }
            let first = "2026-11-22T06:00:00Z complete 1.0000 360 50"
            let begun = try await snapshot("2026-11-22T12:01:00Z")
            #expect(begun == first)
            let all =
                first + """

                    2026-11-22T12:00:00Z backfilled 1.0000 360 50
                    2026-11-22T18:00:00Z backfilled 1.0000 360 50
                    2026-11-23T00:00:00Z backfilled 1.0000 360 50
                    2026-11-23T06:00:00Z complete 1.0000 360 50
                    """
            let filled = try await snapshot("2026-11-23T12:01:00Z")
            #expect(filled == all)
            let repeated = try await snapshot("2026-11-23T12:01:00Z")
            #expect(repeated == all)
        }
    }

    @Test("a run that is stopped archives what it read", .timeLimit(.minutes(10)))
    func stopped() async throws {
        try await Self.withOperator(hours: 3, faults: ["180": "drop"]) { folder, environment in
            let program = try RunningProgram(
                ["snapshot", "--now", "2026-11-22T12:01:00Z", "--sources.sky.stall", "1h"],
                in: folder, environment: environment)
            // Who comes again after a loss has read what came before it.
            try await until { text(folder + "/connections").split(separator: "\n").count == 2 }
            // As timeout(1) does, which tells the process and its group.
            program.send(SIGTERM)
            program.send(SIGTERM)
            let run = await program.finish()
            #expect(
                run
                    == ProgramRun(
                        code: 128 + SIGTERM, output: "",
                        errors: "tidemark: stopped by SIGTERM; the next run goes on from here\n"))
            let rows = text(folder + "/archive/windows/2026.csv")
            #expect(rows.contains(",partial,0.4972,180,180,50,"), "\(rows)")
            #expect(
                rows.contains("the run was stopped; nothing was to be had after 08:59:00"),
                "\(rows)")
        }
    }

    @Test("watch prints a table and archives nothing")
    func watch() async throws {
        try await withTemporaryFolder { folder in
            try write("", to: folder + "/events")
            var script = JetstreamScript(folder + "/events")
            script.live = 50
            try await withJetstream(script) { address in
                let run = try await ProgramRun.tidemark(
                    "watch", "--window.length", "2s", "--sources.sky.kind", "bluesky",
                    "--sources.sky.hosts", address, "--sources.sky.settle", "1s", in: folder)
                #expect(run.code == 0, "\(run.errors)")
                #expect(run.output.contains("posts by"), "\(run.output)")
                #expect(run.output.contains("  1 "), "\(run.output)")
                #expect(run.output.contains("#live"), "\(run.output)")
                #expect(!run.output.contains("\u{1B}"))
                #expect(!FileManager.default.fileExists(atPath: folder + "/archive"))
            }
        }
    }

    @Test("watch says when there is nothing to watch")
    func nothing() async throws {
        try await withTemporaryFolder { folder in
            let run = try await ProgramRun.tidemark("watch", in: folder)
            #expect(run.code == 78)
            #expect(run.errors.contains("no source can be watched"))
        }
    }
}
