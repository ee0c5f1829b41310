import Foundation
import Glibc
import Support
import Testing

/// A machine whose clock is wrong, and what brings it right again.
@Suite("a wrong clock") struct ClockStoryTests {
    /// A library before the system's whose `time` is as many seconds ahead as the variable says.
    static func wrongClock(
        in folder: String, by seconds: Int
    ) async throws
        -> [String: String]
    {
        let source = """
            #define _GNU_SOURCE
            #include <stdlib.h>
            #include <time.h>
            time_t time(time_t *result) {
                struct timespec now;
                clock_gettime(CLOCK_REALTIME, &now);
                time_t seconds = now.tv_sec + atol(getenv("WRONG_BY") ?: "0");
                if (result) *result = seconds;
                return seconds;
            }
            """
        try write(source, to: "\(folder)/clock.c")
        let run = try await ProgramRun.program(
            "/usr/bin/cc", ["-shared", "-fPIC", "-o", "clock.so", "clock.c"], in: folder,
            environment: ["PATH": "/usr/bin:/bin"])
        #expect(run.code == 0, "\(run.errors)")
        return ["LD_PRELOAD": "\(folder)/clock.so", "WRONG_BY": "\(seconds)"]
    }

    static let isCompilerThere = FileManager.default.fileExists(atPath: "/usr/bin/cc")
    private static let year = 365 * 86_400

    /// An event a minute for six hours before the next slot of today ends, by a Jetstream server of today.
    private static func withSky(
        _ body:
            @Sendable (
                _ folder: String, _ environment: [String: String], _ slot: Int
            ) async throws -> Void
    ) async throws {
        let now = Int(Date().timeIntervalSince1970)
        let slot = (now / 21_600 - 1) * 21_600
        try await withTemporaryFolder { folder in
            let lines = (0..<365).map { minute -> String in
                let time = (slot + minute * 60) * 1_000_000
                return
                    #"{"did":"did:plc:\#(minute)","time_us":\#(time),"kind":"commit","commit":{"rev":"3l\#(time)","#
                    + #""operation":"create","collection":"app.bsky.feed.post","rkey":"\#(time)","#
                    + #""record":{"text":"","tags":["tide"]}}}"#
            }
            try write(lines.joined(separator: "\n") + "\n", to: folder + "/events")
            try await withJetstream(JetstreamScript(folder + "/events")) { address in
                try await body(
                    folder,
                    [
                        "TIDEMARK_SOURCES_SKY_KIND": "bluesky",
                        "TIDEMARK_SOURCES_SKY_HOSTS": address,
                        "TIDEMARK_SOURCES_SKY_STALL": "1s",
                        "TIDEMARK_TEMPLATES": "\(Repository.folder)/Templates",
                        "TIDEMARK_PUBLISH_DIRECTORY": "\(folder)/www",
                        "PATH": "/usr/bin:/bin",
                    ], slot)
            }
        }
    }

    private static func windows(_ folder: String) -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: folder + "/archive/windows")) ?? [])
            .sorted().flatMap {
                text("\(folder)/archive/windows/\($0)").split(separator: "\n").dropFirst()
                    .map(String.init)
            }
    }

    @Test(
        "is told of once by a follower",
        .enabled(if: isCompilerThere), .timeLimit(.minutes(10)))
    func following() async throws {
        try await Self.withSky { folder, environment, _ in
            let wrong = environment.merging(
                try await Self.wrongClock(in: folder, by: 3 * 86_400)
            ) { $1 }
            let follower = try RunningProgram(["follow"], in: folder, environment: wrong)
            try await until { !text(folder + "/www/live.json").isEmpty }
            follower.send(SIGTERM)
            let run = await follower.finish()
            #expect(run.code == 0)
            #expect(run.errors.split(separator: "\n").count == 1, "\(run.errors)")
            #expect(
                run.errors.contains("and the servers say ") && run.errors.contains("best by NTP"),
                "\(run.errors)")
        }
    }

    @Test(
        "writes nothing beside servers that say another time, years ahead or behind, and says what to do",
        .enabled(if: isCompilerThere), arguments: [2 * year, -3 * 86_400, 9 * 3600])
    func disagreeing(seconds: Int) async throws {
        try await Self.withSky { folder, environment, _ in
            #expect(
                try await ProgramRun.tidemark(
                    "publish", in: folder, environment: environment
                ).code == 0)
            let before = Self.windows(folder)
            #expect(before.count == 1)
            let wrong = environment.merging(
                try await Self.wrongClock(in: folder, by: seconds)
            ) { $1 }
            let run = try await ProgramRun.tidemark("publish", in: folder, environment: wrong)
            #expect(run.code == 3, "\(run.errors)")
            #expect(run.errors.contains("clock of this machine"), "\(run.errors)")
            #expect(run.errors.contains("NTP"), "\(run.errors)")
            #expect(Self.windows(folder) == before)
            // The clock is right again, and nothing was lost.
            let right = try await ProgramRun.tidemark(
                "publish", in: folder, environment: environment)
            #expect(right == ProgramRun(code: 0, output: "", errors: ""))
        }
    }

    @Test(
        "that fell back to 1970 is an error before anything is read", .enabled(if: isCompilerThere))
    func lost() async throws {
        try await withTemporaryFolder { folder in
            let wrong = try await Self.wrongClock(
                in: folder, by: 1000 - Int(Date().timeIntervalSince1970))
            let run = try await ProgramRun.tidemark(
                "publish", in: folder,
                environment: wrong.merging([
                    "TIDEMARK_TEMPLATES": "\(Repository.folder)/Templates"
                ]) { $1 })
            #expect(run.code == 3)
            #expect(run.errors.contains("shows 1970-01-01T"), "\(run.errors)")
            #expect(Self.windows(folder) == [])
        }
    }

    @Test(
        "alone calls no more missing than a day; what it made is taken back, planned, capped, and in step"
    )
    func repaired() async throws {
        try await withTemporaryFolder { folder in
            let environment = [
                "TIDEMARK_TEMPLATES": "\(Repository.folder)/Templates",
                "TIDEMARK_PUBLISH_DIRECTORY": "\(folder)/www",
            ]
            func tidemark(_ arguments: String...) async throws -> ProgramRun {
                try await ProgramRun.program(
                    Repository.product("tidemark"), arguments, in: folder, environment: environment)
            }
            try write("sources: { sample: { kind: sample } }\n", to: folder + "/tidemark.yaml")
            let first = try await tidemark("publish", "--now", "2026-11-22T06:00:00Z")
            #expect(first.code == 0, "\(first.errors)")
            let good = try FolderState(folder, of: ["archive", "public"])
            let published = try FolderState(folder, of: ["www"])
            // A rehearsal of a year later, taken for real: --now is a clock that somebody answers for.
            let ahead = try await tidemark("publish", "--now", "2027-11-22T06:00:00Z")
            #expect(ahead.code == 0)
            #expect(ahead.errors.contains("sample: 1404 slots, from "), "\(ahead.errors)")
            #expect(ahead.errors.split(separator: "\n").count { $0.contains("missing") } == 1)
            let poisoned = Self.windows(folder)
            #expect(poisoned.count == 56 + 1460)

            let now = ["--now", "2026-11-22T06:10:00Z"]
            let stopped = try await tidemark("publish", "--now", "2026-11-22T06:10:00Z")
            #expect(stopped.code == 3)
            #expect(stopped.errors.contains("tidemark repair"), "\(stopped.errors)")
            let unsure = try await tidemark("repair", "--site.url", "http://127.0.0.1:1/")
            #expect(unsure.code == 3 && unsure.errors.contains("--now"), "\(unsure.errors)")
            let shown = try await tidemark("repair", now[0], now[1])
            #expect(shown.code == 3)
            #expect(
                shown.output == """
                    take back  sample  1 complete  from 2027-11-22T00:00:00Z to 2027-11-22T00:00:00Z  \
                    \(Self.posts(poisoned, from: "2027-11-22")) posts
                    take back  sample  1404 missing  from 2026-11-22T06:00:00Z to 2027-11-08T00:00:00Z  0 posts
                    take back  sample  55 backfilled  from 2027-11-08T06:00:00Z to 2027-11-21T18:00:00Z  \
                    \(Self.posts(poisoned, from: "2027-11-08") - Self.posts(poisoned, from: "2027-11-22")) posts

                    """, "\(shown.output)")
            #expect(shown.errors.contains("--max-windows 1460"), "\(shown.errors)")
            let planned = try await tidemark("repair", now[0], now[1], "--max-windows", "1460")
            #expect(planned.code == 0 && planned.errors == "Nothing is changed without --apply.\n")
            #expect(Self.windows(folder) == poisoned)
            let done = try await tidemark(
                "repair", now[0], now[1], "--max-windows", "1460", "--apply")
            #expect(done.code == 0)
            let again = try await tidemark("repair", now[0], now[1], "--apply")
            #expect(again.code == 0 && again.output == "")
            #expect(try await tidemark("build").code == 0)
            let many = try await tidemark("sync")
            #expect(many.code == 3 && many.errors.contains("--max-deletes"), "\(many.errors)")
            #expect(try await tidemark("sync", "--max-deletes", "9999").code == 0)

            let after = try await tidemark("publish", "--now", "2026-11-22T06:20:00Z")
            #expect(after.code == 0, "\(after.errors)")
            #expect(try await tidemark("verify", "--now", "2026-11-22T06:20:00Z").code == 0)
            let archive = try FolderState(folder, of: ["archive"]).contents(of: "archive")
                .filter { $0.key != "changes.csv" && $0.key != ".lock" }
            #expect(archive == good.contents(of: "archive").filter { $0.key != ".lock" })
            let www = try FolderState(folder, of: ["www"]).contents(of: "www")
            #expect(
                www.filter { $0.key.hasPrefix("data/windows/") }
                    == published.contents(of: "www").filter { $0.key.hasPrefix("data/windows/") })
            #expect(www.keys.contains("data/changes.csv"))
            #expect(!www.keys.contains { $0.contains("2027") })
        }
    }

    private static func posts(_ rows: [String], from slot: String) -> Int {
        rows.filter { $0 >= slot }.compactMap { Int($0.split(separator: ",")[6]) }.reduce(0, +)
    }
}
