import Files
import Foundation
import Glibc
import Support
import Synchronization
import Testing
import Transport

/// `tidemark follow`, which is to run for years, beside what fails, hangs and lies.
@Suite("Follow and its faults") struct FollowFaultTests {
    private static let now = "2026-11-22T08:00:30Z"

    private struct Live: Decodable {
        struct Source: Decodable { let name: String, posts: Int }
        let generated: String, minutes: Int, sources: [Source]
    }

    private func posts(_ folder: OperatorFolder, of source: String = "sky") -> Int? {
        live(folder)?.sources.first { $0.name == source }?.posts
    }

    private func live(_ folder: OperatorFolder, _ file: String = ".public.live.json") -> Live? {
        try? JSONDecoder().decode(Live.self, from: Data(folder.text(file).utf8))
    }

    /// A folder with a source that has had 120 posts of the running slot, a minute each.
    private func withSky(
        _ more: String = "", publish: String = "{ directory: www }", fault: [String: String] = [:],
        _ body: @Sendable (OperatorFolder) async throws -> Void
    ) async throws {
        try await withTemporaryFolder { path in
            let lines = (0..<120).map(FollowStoryTests.event)
            try write(lines.joined(separator: "\n") + "\n", to: path + "/events")
            var script = JetstreamScript(path + "/events")
            script.faults = fault
            try await withJetstream(script) { address in
                var folder = try OperatorFolder(
                    path,
                    """
                    sources:
                      sky: { kind: bluesky, hosts: ["\(address)"], stall: 1s }
                      \(more)
                    publish: \(publish)
                    """)
                folder.environment = ["AWS_ACCESS_KEY_ID": "ID", "AWS_SECRET_ACCESS_KEY": "KEY"]
                try await body(folder)
            }
        }
    }

    private func bucket(_ port: Int) -> String {
        "{ bucket: site, region: us-east-1, endpoint: \"http://127.0.0.1:\(port)\" }"
    }

    /// A bucket that is well, but for what a request meets.
    private func withBucket(
        _ fault: String, at place: Int,
        _ body:
            @Sendable (OperatorFolder, _ ask: @Sendable (String) async throws -> String)
            async throws -> Void
    ) async throws {
        try await withPeer("faults.py") { line in
            let port = Int(line) ?? 0
            @Sendable func ask(_ what: String, _ told: String = "") async throws -> String {
                let address = try Address("http://127.0.0.1:\(port)/-/\(what)")
                let request = Request(.post, address, body: Array(told.utf8))
                return String(decoding: try await HTTPClient().send(request).body, as: UTF8.self)
            }
            _ = try await ask("reset", #"{"fault":"\#(fault)","at":\#(place)}"#)
            try await withSky(publish: bucket(port)) { folder in
                try await body(folder) { try await ask($0) }
            }
        }
    }

    @Test(.timeLimit(.minutes(10)))
    func `a bucket that hangs is told of once, and has it when it answers again`() async throws {
        try await withScriptedServer([
            [.hold], ["HTTP/1.1 200 OK\nETag: \"1\"\nContent-Length: 0\n\n"],
        ]) { port in
            try await withSky(publish: bucket(port)) { folder in
                let follower = try RunningProgram(["follow", "--now", Self.now], in: folder)
                try await until { follower.said.contains("live.json: is sent again.") }
                // The first one may have been sent before there was a post.
                try await until { posts(folder) == 120 }
                #expect(try follower.peakBytes < 128 << 20)
                follower.send(SIGTERM)
                let run = await follower.finish()
                #expect(run.code == 0)
                #expect(
                    run.errors.split(separator: "\n").count { $0.contains("could not be sent") }
                        == 1 && run.errors.split(separator: "\n").count == 2, "\(run.errors)")
            }
        }
    }

    @Test(arguments: ["reset-request", "reset-done", "500", "short"])
    func `an upload that is cut off is done again without a word`(fault: String) async throws {
        try await withBucket(fault, at: 1) { folder, ask in
            let follower = try RunningProgram(["follow", "--now", Self.now], in: folder)
            try await until { posts(folder) == 120 }
            try await until { try await ask("report").contains(#""live.json": ["#) }
            follower.send(SIGTERM)
            let run = await follower.finish()
            #expect(run == ProgramRun(code: 0, output: "", errors: ""))
        }
    }

    @Test func `who is killed in an upload and begins again sends it`() async throws {
        try await withBucket("hang", at: 1) { folder, ask in
            let killed = try RunningProgram(["follow", "--now", Self.now], in: folder)
            try await until { try await !ask("report").contains(#""requests": 0"#) }
            killed.send(SIGKILL)
            _ = await killed.finish()
            _ = try await ask("reset")
            #expect(try await !ask("report").contains(#""live.json": ["#))
            let follower = try RunningProgram(["follow", "--now", Self.now], in: folder)
            try await until { try await ask("report").contains(#""live.json": ["#) }
            follower.send(SIGTERM)
            #expect(await follower.finish() == ProgramRun(code: 0, output: "", errors: ""))
        }
    }

    @Test(arguments: ["silence", "beats", "half", "drop", "big", "noise"])
    func `a stream that is cut, or stands still, in its middle is read to its end`(
        fault: String
    ) async throws {
        try await withSky(fault: ["60": fault]) { folder in
            let follower = try RunningProgram(["follow", "--now", Self.now], in: folder)
            try await until { posts(folder) == 120 }
            follower.send(SIGTERM)
            #expect(await follower.finish() == ProgramRun(code: 0, output: "", errors: ""))
        }
    }

    @Test(.timeLimit(.minutes(10)))
    func `a socket is left alone as long as a publish has the archive`() async throws {
        let server = try LineServer([])
        let wire = "wire: { kind: socket, address: \"127.0.0.1:\(server.port)\", format: v1 }"
        try await withSky(wire) { folder in
            let callers = Mutex(0)
            let counting = Task { for await _ in server.sent { callers.withLock { $0 += 1 } } }
            defer { counting.cancel() }
            let publish = try FileLock("\(folder.path)/archive/.lock", saying: "a publish")
            let follower = try RunningProgram(
                ["follow", "sky", "wire", "--now", Self.now], in: folder)
            try await until { posts(folder) == 120 }
            #expect(callers.withLock { $0 } == 0)
            publish.release()
            try await until { callers.withLock { $0 } == 1 }
            follower.send(SIGTERM)
            #expect(await follower.finish() == ProgramRun(code: 0, output: "", errors: ""))
        }
    }

    /// What a server sends for as long as anybody listens: text that is no event; one message, or one frame of it,
    /// without an end; pings.
    enum Rubbish: String, CaseIterable {
        case text, message, frame, pings

        var parts: [ScriptedPart] {
            let forever = 1_000_000_000
            let kilobyte = [UInt8](repeating: UInt8(ascii: "x"), count: 1024)
            return [.accept]
                + {
                    switch self {
                    case .text: [.bytes([0x81, 126, 4, 0] + kilobyte, times: forever)]
                    case .message:
                        [
                            .bytes([0x01, 126, 4, 0] + kilobyte),
                            .bytes([0x00, 126, 4, 0] + kilobyte, times: forever),
                        ]
                    case .frame:
                        [
                            .bytes([0x81, 127, 0x10, 0, 0, 0, 0, 0, 0, 0]),
                            .bytes(kilobyte, times: forever),
                        ]
                    case .pings: [.bytes([0x89, 0], times: forever)]
                    }
                }()
        }
    }

    @Test(arguments: Rubbish.allCases)
    func `rubbish without end takes no memory, and other sources go on`(
        rubbish: Rubbish
    ) async throws {
        try await withScriptedServer([rubbish.parts]) { port in
            try await withSky(
                "mad: { kind: bluesky, hosts: [\"ws://127.0.0.1:\(port)\"], stall: 1s }"
            ) { folder in
                let follower = try RunningProgram(["follow", "--now", Self.now], in: folder)
                try await until { posts(folder) == 120 && live(folder)?.minutes ?? 0 > 120 }
                #expect(try follower.peakBytes < 128 << 20)
                follower.send(SIGTERM)
                let run = await follower.finish()
                #expect(run.code == 0)
                // Text is told of at once; of the rest that nothing came, after ten minutes.
                #expect(
                    run.errors.split(separator: "\n").count == (rubbish == .text ? 1 : 0),
                    "\(run.errors)")
            }
        }
    }

    @Test(.enabled(if: ClockStoryTests.isCompilerThere))
    func `a clock that is wrong is told of once, with what to do`() async throws {
        try await withSky { folder in
            var folder = folder
            let wrong = try await ClockStoryTests.wrongClock(in: folder.path, by: 7200)
            folder.environment.merge(wrong) { $1 }
            let follower = try RunningProgram(["follow"], in: folder)
            try await until { follower.said.contains("the clock of this machine shows ") }
            let first = live(folder)?.generated
            try await until { live(folder)?.generated != first }
            follower.send(SIGTERM)
            let run = await follower.finish()
            #expect(run.code == 0)
            #expect(run.errors.split(separator: "\n").count == 1, "\(run.errors)")
            #expect(run.errors.contains("set the clock, best by NTP"), "\(run.errors)")
        }
    }

    /// What stands where live.json is to lie on this machine.
    enum Place: String, CaseIterable { case pipe, nonsense, huge, link, folder }

    @Test(arguments: Place.allCases)
    func `what stands in the place of the file is in nobody's way, unless it is a folder`(
        place: Place
    ) async throws {
        try await withSky { folder in
            let path = folder.path + "/.public.live.json"
            switch place {
            case .pipe: #expect(mkfifo(path, 0o600) == 0)
            case .nonsense: try write("{\"version\":1,\"sources\":[[[", to: path)
            case .huge:
                try write("", to: path)
                #expect(truncate(path, 1 << 33) == 0)
            case .link: #expect(symlink("/dev/zero", path) == 0)
            case .folder: #expect(mkdir(path, 0o700) == 0)
            }
            let follower = try RunningProgram(["follow", "--now", Self.now], in: folder)
            try await until { live(folder, "www/live.json")?.sources.first?.posts == 120 }
            follower.send(SIGTERM)
            let run = await follower.finish()
            #expect(run.code == 0)
            #expect((live(folder) == nil) == (place == .folder))
            #expect(
                run.errors.split(separator: "\n").count == (place == .folder ? 1 : 0),
                "\(run.errors)")
        }
    }
}
