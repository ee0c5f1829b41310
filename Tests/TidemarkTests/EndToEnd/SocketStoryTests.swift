import Foundation
import Support
import Testing

/// Live posts over TCP, as the system this replaces handed them on.
@Suite("a socket source")
struct SocketStoryTests {
    private let notice =
        #"{"limit":{"track":1,"padding":"\#(String(repeating: "x", count: 1 << 20))"}}"#

    private func wire(_ port: UInt16, and more: String = "") -> String {
        """
        window: { length: 2s }
        sources:
          wire: { kind: socket, address: "127.0.0.1:\(port)", format: v1 }
        \(more)
        """
    }

    /// A port that nobody listens on.
    private func refusedPort() throws -> UInt16 { try LineServer([]).port }

    /// The row of the source without what the clock decides: source, status, posts, accounts.
    private func windows(_ folder: OperatorFolder) -> [String] {
        folder.rows("windows/2026.csv").map {
            let cells = $0.split(separator: ",", omittingEmptySubsequences: false)
            return [cells[0], cells[1], cells[6], cells[8]].joined(separator: ",")
        }
    }

    @Test("a short window is read, archived, and left alone by the next run")
    func window() async throws {
        try await withTemporaryFolder { path in
            var folder = try OperatorFolder(path)
            let server = try LineServer(Array(Data(folder.text("v1.ndjson").utf8)))
            folder = try OperatorFolder("\(path)/run", wire(server.port))
            #expect(
                try await folder.tidemark("snapshot") == ProgramRun(code: 0, output: "", errors: "")
            )
            #expect(windows(folder) == ["2026-11-22T06:00:00Z,wire,6,5"])
            #expect(
                folder.rows("top/2026/2026-11-22.csv") == [
                    "2026-11-22T06:00:00Z,wire,1,tidewatch,TideWatch,3,3,,,",
                    "2026-11-22T06:00:00Z,wire,2,café,café,2,2,,,",
                    "2026-11-22T06:00:00Z,wire,3,coffee,coffee,2,2,,,",
                ])
            let state = try folder.state()
            let again = try await folder.tidemark("snapshot", "--verbose")
            #expect(
                again
                    == ProgramRun(
                        code: 0, output: "",
                        errors: "No slot is due: every one of wire is archived.\n"))
            #expect(try folder.state().changes(since: state) == [])
        }
    }

    @Test(
        "a refused port is one sentence, no row while the slot runs, and exit code 1; beside a source that works, 2"
    )
    func refused() async throws {
        try await withTemporaryFolder { path in
            let port = try refusedPort()
            let reason =
                "127.0.0.1:\(port): nobody answers: Connection refused; is the program that sends "
                + "the posts running?"
            let sentence = "tidemark: wire: \(reason)\n"
            let alone = try OperatorFolder("\(path)/alone", wire(port))
            let run = try await alone.tidemark("snapshot")
            #expect(run == ProgramRun(code: 1, output: "", errors: sentence))
            #expect(alone.rows("windows/2026.csv") == [])
            #expect(alone.rows(".failed.csv") == ["2026-11-22T06:00:00Z,wire,\(reason)"])
            // Nothing to build a site from, and nothing more to say about it.
            let fresh = try OperatorFolder("\(path)/fresh", wire(port))
            let published = try await fresh.tidemark("publish")
            #expect(published == run)
            #expect(try fresh.state().files.keys.filter { !$0.contains("/.") }.sorted() == [])

            let both = try OperatorFolder(
                "\(path)/both",
                wire(
                    port, and: "  sky: { kind: file, paths: [jetstream.ndjson], format: jetstream }"
                ))
            let partly = try await both.tidemark("snapshot")
            #expect(partly == ProgramRun(code: 2, output: "", errors: sentence))
            #expect(
                windows(both) == [
                    "2026-11-21T00:00:00Z,sky,4,4", "2026-11-21T06:00:00Z,sky,3,3",
                ])
        }
    }

    @Test(
        "a signal within a window archives what was read as partial and ends the run by it",
        .timeLimit(.minutes(10)), arguments: [SIGTERM, SIGINT])
    func signalled(signal: Int32) async throws {
        try await withTemporaryFolder { path in
            let recorded = try OperatorFolder(path).text("v1.ndjson")
            // When all these notices were taken, the posts before them were read.
            let server = try LineServer(
                Array((recorded + String(repeating: notice + "\n", count: 24)).utf8))
            let folder = try OperatorFolder("\(path)/run", wire(server.port))
            let program = try RunningProgram(
                ["snapshot", "--now", OperatorFolder.now, "--window.length", "50m"], in: folder)
            for await _ in server.sent { break }
            program.send(signal)
            let start = ContinuousClock.now
            let run = await program.finish()
            #expect(ContinuousClock.now - start < .seconds(2))
            #expect(run.code == 128 + signal)
            let name = signal == SIGINT ? "SIGINT" : "SIGTERM"
            #expect(
                run.errors == "tidemark: stopped by \(name); the next run goes on from here\n")
            #expect(windows(folder) == ["2026-11-22T06:00:00Z,wire,6,5"])
            #expect(folder.text("archive/windows/2026.csv").contains(",partial,0.0"))
        }
    }

    @Test(
        "a line of 50 MB, a torn one, and one that is not UTF-8 cost no memory and no other post",
        .timeLimit(.minutes(10)))
    func hostile() async throws {
        try await withTemporaryFolder { path in
            let recorded = Array(try OperatorFolder(path).text("v1.ndjson").utf8)
            let long = [UInt8](repeating: UInt8(ascii: "x"), count: 50_000_000)
            let lines: [UInt8] =
                recorded.dropLast(100) + [0x0A] + long + [0x0A, 0xFF, 0xFE, 0x7B, 0x0A] + recorded
                + recorded.prefix(50)
            // When all these notices were taken, all before them was read.
            let server = try LineServer(
                lines + Array(String(repeating: "\n" + notice, count: 24).utf8))
            let folder = try OperatorFolder("\(path)/run", wire(server.port))
            let program = try RunningProgram(
                ["snapshot", "--now", OperatorFolder.now, "--window.length", "50m"], in: folder)
            for await _ in server.sent { break }
            #expect(try program.peakBytes < 150_000_000)
            program.send(SIGTERM)
            #expect(await program.finish().code == 128 + SIGTERM)
            #expect(windows(folder) == ["2026-11-22T06:00:00Z,wire,6,5"])
        }
    }
}
