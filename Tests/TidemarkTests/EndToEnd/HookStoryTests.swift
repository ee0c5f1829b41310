import Foundation
import Support
import Testing

/// Who is told how a publish went, and when.
@Suite("Hooks") struct HookStoryTests {
    fileprivate static let sources =
        "sources: { sky: { kind: file, paths: [jetstream.ndjson], format: jetstream } }"
    private static let broken =
        "sources: { wire: { kind: socket, address: \"127.0.0.1:1\", format: jetstream } }"

    /// A folder whose hooks write into `failed` and `published`, and whose monitor writes into `beats`.
    private func withHooks(
        _ sources: String, heartbeat: String = "/beat",
        _ body: @Sendable (OperatorFolder) async throws -> Void
    ) async throws {
        try await withTemporaryFolder { path in
            try await withPeer("monitor.py", [path + "/beats"]) { port in
                let folder = try OperatorFolder(
                    path,
                    """
                    \(sources)
                    publish: { directory: www }
                    hooks:
                      heartbeat: http://127.0.0.1:\(port)\(heartbeat)
                      failed: cat >> failed
                      published: cat >> published
                    """)
                try await body(folder)
            }
        }
    }

    private func reports(_ text: String) throws -> [[String: Any]] {
        try text.split(separator: "\n").map { line in
            try #require(
                try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
        }
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

    /// What goes wrong with a site that went well, and what the failed hook then says of it.
    enum Fault: String, CaseIterable {
        case clockBehind = "tidemark repair"
        case archiveSpoiled = "windows/2026.csv"
        case sourceGone = "none.ndjson"
        case noSources = "sources"
        case templatesGone = "nowhere"
        case nothingCounted = "left out"
        case placeInTheWay = "www"
        case bucketUnreachable = "127.0.0.1:1"

        func strike(_ folder: OperatorFolder) throws -> [String] {
            switch self {
            case .clockBehind: return ["--now", "2026-11-01T06:00:00Z"]
            case .archiveSpoiled:
                let file = "/archive/windows/2026.csv"
                try write(folder.text(file) + "rubbish\n", to: folder.path + file)
            case .sourceGone: return ["--sources.sky.paths", "[none.ndjson]"]
            case .noSources:
                let text = folder.text("tidemark.yaml")
                try write(
                    text.replacing(HookStoryTests.sources, with: ""),
                    to: folder.path + "/tidemark.yaml")
            case .templatesGone: return ["--templates", "nowhere"]
            case .nothingCounted:
                try write(NothingCountedTests.posts + "\n", to: folder.path + "/p.ndjson")
                let text = folder.text("tidemark.yaml")
                let more =
                    ", birds: { kind: file, paths: [p.ndjson], format: v1, languages: [xx] } }"
                try write(
                    text.replacing(
                        HookStoryTests.sources,
                        with: String(HookStoryTests.sources.dropLast(2)) + more),
                    to: folder.path + "/tidemark.yaml")
            case .placeInTheWay:
                try FileManager.default.removeItem(atPath: folder.path + "/www")
                try write("in the way", to: folder.path + "/www")
            case .bucketUnreachable:
                let text = folder.text("tidemark.yaml")
                try write(
                    text.replacing(
                        "{ directory: www }",
                        with: "{ bucket: site, endpoint: \"http://127.0.0.1:1\", patience: 1s }"),
                    to: folder.path + "/tidemark.yaml")
            }
            return []
        }
    }

    @Test(arguments: Fault.allCases)
    func `each fault is told to the monitor, and once to the command`(fault: Fault) async throws {
        try await withHooks(Self.sources) { folder in
            #expect(try await folder.tidemark("publish").code == 0)
            let flags = try fault.strike(folder)
            var codes: [Int32] = []
            for _ in 0..<3 {
                codes.append(
                    try await ProgramRun.program(
                        Repository.product("tidemark"),
                        ["publish", "--now", OperatorFolder.now] + flags, in: folder.path,
                        environment: [
                            "AWS_ACCESS_KEY_ID": "a", "AWS_SECRET_ACCESS_KEY": "b",
                        ]
                    ).code)
            }
            // A window that counts nothing is warned of once.
            let isOnce = fault == .nothingCounted
            #expect(codes.count { $0 != 0 } == (isOnce ? 1 : 3), "\(codes)")
            let told = try reports(folder.text("failed"))
            #expect(told.count == 1)
            let messages = try #require(told.first?["messages"] as? [String])
            #expect(messages.contains { $0.contains(fault.rawValue) }, "\(messages)")
            let beats = folder.text("beats").split(separator: "\n")
            #expect(
                beats.count { $0.hasPrefix("/beat/fail ") && $0.contains(fault.rawValue) }
                    == (isOnce ? 1 : 3), "\(beats)")
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
            #expect(run.errors.contains("hooks.published: the command failed"))
            #expect(run.errors.contains("no\n"))
            #expect(run.errors.contains("hooks.heartbeat: the monitor answered with status 500"))
            #expect(FileManager.default.fileExists(atPath: folder.path + "/www/index.html"))
        }
        try await withHooks(Self.sources) { folder in
            let run = try await folder.tidemark(
                "publish", "--hooks.published", "sleep 600 & sleep 600", "--hooks.timeLimit", "1s",
                "--hooks.heartbeat", "http://127.0.0.1:1/secret-of-mine")
            #expect(run.code == 0)
            #expect(run.errors.contains("hooks.published: the command was ended after 1 seconds"))
            #expect(run.errors.contains("hooks.heartbeat: the monitor was not reached: "))
            #expect(!run.errors.contains("secret-of-mine"))
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
            try FileManager.default.removeItem(atPath: folder.path + "/www")
            try write("in the way", to: folder.path + "/www")
            _ = try await folder.tidemark("publish")
            let ill = try await folder.tidemark("status", now[0], now[1])
            #expect(ill.code == 2)
            #expect(ill.output.contains("2026-11-22T06:00:00Z  "), "\(ill.output)")
            #expect(ill.output.contains("www"))
        }
    }
}
