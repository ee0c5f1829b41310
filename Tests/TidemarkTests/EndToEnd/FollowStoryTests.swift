import Foundation
import Glibc
import Support
import Testing

/// `tidemark follow` from the command line, with a Jetstream server on this machine.
@Suite("Follow, end to end") struct FollowStoryTests {
    /// Two hours into the slot, of which a post a minute is recorded.
    private static let now = "2026-11-22T08:00:30Z"
    private static let start = 1_795_327_200_000_000

    static func event(_ number: Int) -> String {
        let time = start + number * 60_000_000
        return
            #"{"did":"did:plc:\#(number % 50)","time_us":\#(time),"kind":"commit","commit":{"rev":"3l\#(time)","#
            + #""operation":"create","collection":"app.bsky.feed.post","rkey":"\#(time)","#
            + #""record":{"text":"","tags":["tide","t\#(number % 3)"]}}}"#
    }

    /// A folder whose source has had 120 posts of the running slot.
    private func withSky(
        directory: String = "www",
        _ body: @Sendable (OperatorFolder, _ connections: String) async throws -> Void
    ) async throws {
        try await withTemporaryFolder { path in
            let lines = (0..<120).map(Self.event)
            try write(lines.joined(separator: "\n") + "\n", to: path + "/events")
            var script = JetstreamScript(path + "/events")
            script.log = path + "/connections"
            try await withJetstream(script) { address in
                let folder = try OperatorFolder(
                    path,
                    """
                    sources: { sky: { kind: bluesky, hosts: ["\(address)"], stall: 1s } }
                    publish: { directory: \(directory) }
                    """)
                try await body(folder, path + "/connections")
            }
        }
    }

    private struct Live: Decodable {
        struct Source: Decodable {
            struct Entry: Decodable { let tag: String, accounts: Int, page: String? }
            let name: String, start: String, posts: Int, accounts: Int, popular: [Entry]
        }
        let version: Int, slot: String, minutes: Int, sources: [Source]
    }

    private func live(_ text: String) -> Live? {
        try? JSONDecoder().decode(Live.self, from: Data(text.utf8))
    }

    @Test(.timeLimit(.minutes(10)))
    func
        `the slot so far stands beside the site within seconds, again after a kill, and goes when it ends`()
        async throws
    {
        try await withSky { folder, connections in
            for signal in [SIGKILL, SIGTERM] {
                let follower = try RunningProgram(
                    ["follow", "--now", Self.now], in: folder)
                try await until {
                    live(folder.text("www/live.json"))?.sources.first?.posts == 120
                        && text(connections).split(separator: "\n").count
                            >= (signal == SIGKILL ? 1 : 2)
                }
                let shown = try #require(live(folder.text("www/live.json")))
                #expect(shown.slot == "2026-11-22T06:00:00Z" && shown.minutes == 120)
                #expect(shown.sources.first?.start == "2026-11-22T06:00:00Z")
                #expect(shown.sources.first?.accounts == 50)
                #expect(shown.sources.first?.popular.first?.tag == "tide")
                #expect(shown.sources.first?.popular.first?.page == nil)
                #expect(folder.text(".public.live.json") == folder.text("www/live.json"))
                if signal == SIGKILL { try write("", to: folder.path + "/www/live.json") }
                follower.send(signal)
                let run = await follower.finish()
                #expect(run.code == (signal == SIGKILL ? 128 + SIGKILL : 0), "\(run.errors)")
                #expect(run.errors == "")
            }
            // Nobody follows: there is nothing that a page could show.
            #expect(live(folder.text("www/live.json"))?.sources.isEmpty == true)
            #expect(!FileManager.default.fileExists(atPath: folder.path + "/archive/windows"))
            #expect(!FileManager.default.fileExists(atPath: folder.path + "/archive/.lock"))
        }
    }

    @Test(.timeLimit(.minutes(10)))
    func `of two followers one does nothing`()
        async throws
    {
        try await withSky { folder, _ in
            let follower = try RunningProgram(["follow", "--now", Self.now], in: folder)
            try await until { live(folder.text("www/live.json"))?.sources.first?.posts == 120 }
            let second = try await folder.tidemark("follow", "--now", Self.now)
            #expect(second.code == 75)
            #expect(
                second.errors.contains(".public.live.lock: another run holds the lock"),
                "\(second.errors)")
            #expect(live(folder.text("www/live.json"))?.sources.first?.posts == 120)
            follower.send(SIGTERM)
            #expect(await follower.finish().code == 0)
        }
    }

    /// Twenty take minutes, so that only who asks for them has them.
    private static let slots =
        ProcessInfo.processInfo.environment["TIDEMARK_FOLLOW_SLOTS"].flatMap { Int($0) } ?? 2

    @Test(.timeLimit(.minutes(10)))
    func
        `publishes beside followers write what they write without, and followers tell of their slot alone`()
        async throws
    {
        try await withTemporaryFolder { path in
            let configuration = """
                window: { every: 1h }
                sources: { sky: { kind: bluesky, stall: 1s } }
                publish: { directory: www }
                """
            let beside = try OperatorFolder(path + "/beside", configuration)
            let alone = try OperatorFolder(path + "/alone", configuration)
            for slot in 1...Self.slots {
                // Half an hour into the slot behind the one that is due, and a post in each minute up to then.
                let minutes = (slot + 1) * 60 + 30
                let time = Self.start / 1_000_000 + minutes * 60
                let now = Self.moment(time)
                let lines = (0..<minutes).map(Self.event)
                try write(lines.joined(separator: "\n") + "\n", to: path + "/events")
                try await withJetstream(JetstreamScript(path + "/events")) {
                    [beside, alone] address in
                    var (beside, alone) = (beside, alone)
                    beside.environment["TIDEMARK_SOURCES_SKY_HOSTS"] = address
                    alone.environment["TIDEMARK_SOURCES_SKY_HOSTS"] = address
                    let follower = try RunningProgram(["follow", "--now", now], in: beside)
                    try await until {
                        live(beside.text("www/live.json"))?.slot == Self.moment(time - 1800)
                    }
                    for folder in [beside, alone] {
                        let run = try await folder.tidemark("publish", "--now", now)
                        #expect(run == ProgramRun(code: 0, output: "", errors: ""))
                    }
                    try await until {
                        live(beside.text("www/live.json"))?.sources.first.map { $0.posts >= 30 }
                            ?? false
                    }
                    let shown = try #require(live(beside.text("www/live.json")))
                    #expect(shown.sources.first?.posts == 30)
                    follower.send(slot % 2 == 0 ? SIGKILL : SIGTERM)
                    #expect(await follower.finish().errors == "")
                }
            }
            let folders = ["archive", "public", "www"]
            let (one, other) = try (
                FolderState(beside.path, of: folders), FolderState(alone.path, of: folders)
            )
            #expect(other.files.count > 50)
            var bytes = one.files.mapValues(\.bytes)
            #expect(bytes.removeValue(forKey: "www/live.json") != nil)
            #expect(bytes == other.files.mapValues(\.bytes))
            #expect(alone.rows("windows/2026.csv").count == Self.slots)
        }
    }

    private static func moment(_ seconds: Int) -> String {
        Date(timeIntervalSince1970: TimeInterval(seconds)).formatted(.iso8601)
    }

    @Test(.timeLimit(.minutes(10)))
    func `a place that cannot be written is told of once, and the rest goes on`() async throws {
        try await withSky(directory: "www") { folder, _ in
            try write("in the way", to: folder.path + "/www")
            let follower = try RunningProgram(["follow", "--now", Self.now], in: folder)
            try await until { live(folder.text(".public.live.json"))?.sources.first?.posts == 120 }
            follower.send(SIGTERM)
            let run = await follower.finish()
            #expect(run.code == 0)
            #expect(run.errors.split(separator: "\n").count == 1, "\(run.errors)")
            #expect(run.errors.contains("live.json could not be sent: "), "\(run.errors)")
        }
    }

    @Test(.timeLimit(.minutes(10)))
    func
        `a disk that takes nothing is told of once, and the place to publish to has it all the same`()
        async throws
    {
        try await withSky { folder, _ in
            try FileManager.default.createDirectory(
                atPath: folder.path + "/.public.live.json.new", withIntermediateDirectories: true)
            let follower = try RunningProgram(["follow", "--now", Self.now], in: folder)
            try await until { live(folder.text("www/live.json"))?.sources.first?.posts == 120 }
            follower.send(SIGTERM)
            let run = await follower.finish()
            #expect(run.code == 0)
            #expect(run.errors.split(separator: "\n").count == 1, "\(run.errors)")
            #expect(run.errors.contains(".public.live.json"), "\(run.errors)")
        }
    }

    @Test(.timeLimit(.minutes(10)))
    func `servers that are gone for a while are told of once, and what came meanwhile is read`()
        async throws
    {
        try await withTemporaryFolder { path in
            let lines = (0..<120).map(Self.event)
            try write(lines.prefix(60).joined(separator: "\n") + "\n", to: path + "/events")
            var script = JetstreamScript(path + "/events")
            // Nobody answers as it should, several times.
            script.first = Array(repeating: "answer 503", count: 3)
            script.log = path + "/connections"
            try await withJetstream(script) { address in
                let folder = try OperatorFolder(
                    path,
                    """
                    sources: { sky: { kind: bluesky, hosts: ["\(address)"], stall: 1s } }
                    publish: { directory: www }
                    """)
                let follower = try RunningProgram(["follow", "--now", Self.now], in: folder)
                try await until { live(folder.text("www/live.json"))?.sources.first?.posts == 60 }
                follower.send(SIGTERM)
                let run = await follower.finish()
                #expect(run.code == 0)
                #expect(run.errors.split(separator: "\n").count <= 1, "\(run.errors)")
            }
        }
    }

    @Test(
        .enabled(if: Browser.isThere, "no Chromium, or no test set-up"), .timeLimit(.minutes(20)))
    func
        `a burst is on the front page within 70 seconds, politely told, and gone when nobody follows`()
        async throws
    {
        try await withTemporaryFolder { path in
            try write("", to: path + "/events")
            let python = try #require(Repository.python)
            let scripts = Repository.folder + "/Tests/Browser"
            @Sendable func folder(reading address: String) throws -> OperatorFolder {
                try OperatorFolder(
                    path,
                    """
                    sources: { sky: { kind: bluesky, hosts: ["\(address)"] } }
                    publish: { directory: www }
                    """)
            }
            let archive = try await ProgramRun.program(
                python, [scripts + "/archive.py", path + "/archive"], in: path)
            #expect(archive.code == 0, "\(archive.errors)")
            let site = try folder(reading: "ws://127.0.0.1:1")
            #expect(try await site.tidemark("build").code == 0)
            #expect(try await site.tidemark("sync").code == 0)
            @Sendable func look() async throws -> ProgramRun {
                var script = JetstreamScript(path + "/events")
                script.live = 20
                // The follower first reads hours of the slot.
                let burst = Int64(Date().timeIntervalSince1970) + 60
                script.burst = burst * 1_000_000
                return try await withJetstream(script) { address in
                    let folder = try folder(reading: address)
                    let follower = try RunningProgram(["follow"], in: folder)
                    let looked = try await ProgramRun.program(
                        python, [scripts + "/live.py", path + "/www", "\(burst)"], in: path,
                        environment: ["PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": path])
                    follower.send(SIGTERM)
                    #expect(await follower.finish().errors == "")
                    #expect(folder.text("www/live.json").contains("\"sources\":[]"))
                    return looked
                }
            }
            // A busy machine can be late; what is wrong is so each time.
            let well = ProgramRun(code: 0, output: "", errors: "")
            var looked = try await look()
            for _ in 0..<2 where looked != well { looked = try await look() }
            #expect(looked == well)
        }
    }

    @Test func `what cannot be followed, or only when it is named, is said`() async throws {
        try await withTemporaryFolder { path in
            let folder = try OperatorFolder(
                path, "sources: { wire: { kind: socket, address: \"127.0.0.1:1\", format: v1 } }")
            let run = try await folder.tidemark("follow")
            #expect(run.code == 78)
            #expect(run.errors.contains("no source can be followed"), "\(run.errors)")
            #expect(try await folder.tidemark("follow", "wires").code == 78)
        }
    }
}
