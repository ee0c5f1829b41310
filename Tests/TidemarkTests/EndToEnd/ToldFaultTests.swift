import Files
import Foundation
import Support
import Testing

extension OperatorFolder {
    /// A folder whose hooks write into `failed` and `published`, and whose monitor writes into `beats`.
    static func withHooks(
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

    static func reports(_ text: String) throws -> [[String: Any]] {
        try text.split(separator: "\n").map { line in
            try #require(
                try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
        }
    }

    /// Puts other words in the place of some of the configuration.
    fileprivate func change(_ words: String, to others: String) throws {
        let text = text("tidemark.yaml")
        #expect(text.contains(words))
        try write(text.replacing(words, with: others), to: path + "/tidemark.yaml")
    }
}

/// What goes wrong with a site, and what those who are told of it then hear.
@Suite("Faults that are told") struct ToldFaultTests {
    private static let sources = HookStoryTests.sources

    /// What goes wrong with a site that went well, and what the failed hook then says of it.
    enum Fault: String, CaseIterable {
        case clockBehind = "tidemark repair"
        case archiveSpoiled = "windows/2026.csv"
        case sourceGone = "none.ndjson"
        case sourceDead = "127.0.0.1:1"
        case noSources = "names no sources"
        case settingUnknown = "site.titel"
        case withdrawalNone = "withdrawn.csv"
        case templatesGone = "nowhere"
        case nothingCounted = "left out"
        case buildFailed = "could not be built"
        case placeInTheWay = "www"
        case placeUnmounted = "a link to what is not there"
        case bucketUnreachable = "Failed to connect to 127.0.0.1"
        case bucketNone = "501"
        case bucketCredentialsGone = "no AWS credentials"

        /// - Returns: flags of the runs that meet it.
        func strike(_ folder: OperatorFolder) throws -> [String] {
            let path = folder.path
            switch self {
            case .clockBehind: return ["--now", "2026-11-01T06:00:00Z"]
            case .archiveSpoiled:
                let file = "/archive/windows/2026.csv"
                try write(folder.text(file) + "rubbish\n", to: path + file)
            case .sourceGone: return ["--sources.sky.paths", "[none.ndjson]"]
            case .sourceDead:
                try addSource(
                    "wire: { kind: socket, address: \"127.0.0.1:1\", format: v1 }", to: folder)
                // Seconds before the slot's end.
                return ["--now", "2026-11-22T11:59:57Z"]
            case .noSources: try folder.change(ToldFaultTests.sources, to: "")
            case .settingUnknown: try folder.change("title:", to: "titel:")
            case .withdrawalNone:
                try write("tag,since,reason\n$$$,,\n", to: path + "/archive/withdrawn.csv")
            case .templatesGone: return ["--templates", "nowhere"]
            case .nothingCounted:
                try write(NothingCountedTests.posts + "\n", to: path + "/p.ndjson")
                try addSource(
                    "birds: { kind: file, paths: [p.ndjson], format: v1, languages: [xx] }",
                    to: folder)
            case .buildFailed: break
            case .placeInTheWay:
                try FileManager.default.removeItem(atPath: path + "/www")
                try write("in the way", to: path + "/www")
            case .placeUnmounted:
                try FileManager.default.removeItem(atPath: path + "/www")
                try FileManager.default.createSymbolicLink(
                    atPath: path + "/www", withDestinationPath: path + "/disk")
            case .bucketUnreachable: try publish(folder, to: "http://127.0.0.1:1")
            case .bucketNone:
                let monitor = folder.text("tidemark.yaml").firstMatch(of: #/http:[^ ]+:[0-9]+/#)
                try publish(folder, to: monitor.map { String($0.0) } ?? "")
            case .bucketCredentialsGone: try publish(folder, to: "https://127.0.0.1:1")
            }
            return []
        }

        private func addSource(_ source: String, to folder: OperatorFolder) throws {
            try folder.change(
                ToldFaultTests.sources,
                to: ToldFaultTests.sources.dropLast(2) + ", " + source + " }")
        }

        private func publish(_ folder: OperatorFolder, to endpoint: String) throws {
            try folder.change(
                "{ directory: www }",
                to: "{ bucket: site, endpoint: \"\(endpoint)\", patience: 1s }")
        }

        var environment: [String: String] {
            switch self {
            case .bucketCredentialsGone: ["AWS_EC2_METADATA_DISABLED": "true"]
            case .buildFailed: ["FAILED_BUILD": "the new program could not be built"]
            default: ["AWS_ACCESS_KEY_ID": "a", "AWS_SECRET_ACCESS_KEY": "b"]
            }
        }
    }

    @Test(arguments: Fault.allCases)
    func `each is told to the monitor, and once to the command`(fault: Fault) async throws {
        try await OperatorFolder.withHooks(Self.sources) { folder in
            #expect(try await folder.tidemark("publish").code == 0)
            let flags = try fault.strike(folder)
            var codes: [Int32] = []
            for _ in 0..<3 {
                codes.append(
                    try await ProgramRun.program(
                        Repository.product("tidemark"),
                        ["publish", "--now", OperatorFolder.now] + flags, in: folder.path,
                        environment: fault.environment
                    ).code)
            }
            // A window that counts nothing is warned of once.
            let isOnce = fault == .nothingCounted
            #expect(codes.count { $0 != 0 } == (isOnce ? 1 : 3), "\(codes)")
            let told = try OperatorFolder.reports(folder.text("failed"))
            #expect(told.count == 1)
            let messages = try #require(told.first?["messages"] as? [String])
            #expect(messages.contains { $0.contains(fault.rawValue) }, "\(messages)")
            let beats = folder.text("beats").split(separator: "\n")
            #expect(
                beats.count { $0.hasPrefix("/beat/fail ") && $0.contains(fault.rawValue) }
                    == (isOnce ? 1 : 3), "\(beats)")
        }
    }

    @Test(arguments: ["", HookStoryTests.sources.replacing("jetstream.n", with: "none.n")])
    func `so is one that comes before there is an archive`(sources: String) async throws {
        try await OperatorFolder.withHooks(sources) { folder async throws in
            for _ in 0..<3 { #expect(try await folder.tidemark("publish").code != 0) }
            #expect(try OperatorFolder.reports(folder.text("failed")).count == 1)
            #expect(
                folder.text("beats").split(separator: "\n").count { $0.hasPrefix("/beat/fail ") }
                    == 3)
        }
    }

    @Test
    func `one that is over when a run with nothing to do ends well is told again when it is back`()
        async throws
    {
        try await OperatorFolder.withHooks(Self.sources) { folder in
            #expect(try await folder.tidemark("publish").code == 0)
            for round in 1...2 {
                try write("tag,since,reason\n$$$,,\n", to: folder.path + "/archive/withdrawn.csv")
                for _ in 0..<2 { #expect(try await folder.tidemark("publish").code != 0) }
                #expect(try OperatorFolder.reports(folder.text("failed")).count == round)
                #expect(try await folder.tidemark("status").code == 2)
                try FileManager.default.removeItem(atPath: folder.path + "/archive/withdrawn.csv")
                #expect(try await folder.tidemark("publish").code == 0)
                #expect(try await folder.tidemark("status").code == 0)
            }
        }
    }

    @Test func `and one whose report cannot be kept`() async throws {
        try await OperatorFolder.withHooks(Self.sources) { folder in
            #expect(try await folder.tidemark("publish").code == 0)
            try FileManager.default.removeItem(atPath: folder.path + "/archive/runs")
            try write("in the way", to: folder.path + "/archive/runs")
            try write("tag,since,reason\n$$$,,\n", to: folder.path + "/archive/withdrawn.csv")
            for _ in 0..<3 { #expect(try await folder.tidemark("publish").code != 0) }
            #expect(try OperatorFolder.reports(folder.text("failed")).count == 1)
            // It is over, and back.
            try FileManager.default.removeItem(atPath: folder.path + "/archive/withdrawn.csv")
            #expect(try await folder.tidemark("publish").code == 0)
            try write("tag,since,reason\n$$$,,\n", to: folder.path + "/archive/withdrawn.csv")
            #expect(try await folder.tidemark("publish").code != 0)
            #expect(try OperatorFolder.reports(folder.text("failed")).count == 2)
            try FileManager.default.removeItem(atPath: folder.path + "/archive/withdrawn.csv")
            #expect(try await folder.tidemark("publish").code == 0)
        }
    }

    @Test func `a run that hangs is told of by those that find it at work, one that works is not`()
        async throws
    {
        try await OperatorFolder.withHooks(Self.sources) { folder in
            #expect(try await folder.tidemark("publish").code == 0)
            for (day, told) in [("22", 0), ("20", 1)] {
                let lock = try FileLock(
                    folder.path + "/archive/.lock",
                    saying: "process 1 since 2026-11-\(day)T05:00:00Z")
                for _ in 0..<3 { #expect(try await folder.tidemark("publish").code == 75) }
                lock.release()
                #expect(try OperatorFolder.reports(folder.text("failed")).count == told)
                #expect(
                    folder.text("beats").split(separator: "\n")
                        .count { $0.hasPrefix("/beat/fail ") } == 3 * told)
            }
        }
    }

    @Test(.timeLimit(.minutes(10)))
    func `in a week that goes well, the monitor hears of each run, and nobody is told of a fault`()
        async throws
    {
        try await OperatorFolder.withHooks("sources: { sample: { kind: sample } }") { folder in
            let start = 1_795_327_200
            for run in 0..<56 {
                // Half of the runs find nothing to do.
                let time = Date(
                    timeIntervalSince1970: TimeInterval(start + run / 2 * 21_600 + run % 2 * 3600))
                let ended = try await ProgramRun.program(
                    Repository.product("tidemark"),
                    ["publish", "--now", time.formatted(.iso8601)], in: folder.path)
                #expect(ended == ProgramRun(code: 0, output: "", errors: ""))
            }
            #expect(
                folder.text("beats") == String(repeating: "/beat/start \n/beat \n", count: 56))
            #expect(folder.text("failed") == "")
            #expect(try OperatorFolder.reports(folder.text("published")).count == 28)
        }
    }
}
