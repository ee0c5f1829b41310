import Foundation
import Support
import Testing

/// What a relay passes on of sources that cannot go back.
@Suite("tidemark relay")
struct RelayStoryTests {
    /// The lines of all files of a relay.
    private func lines(_ folder: OperatorFolder) -> [String] {
        let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path + "/out"))
        return (files ?? []).sorted().flatMap { folder.text("out/\($0)").split(separator: "\n") }
            .map(String.init)
    }

    private func relay(
        _ name: String, in folder: OperatorFolder, until isDone: ([String]) -> Bool
    ) async throws {
        let relay = try RunningProgram(["relay", name, "--files", "out"], in: folder)
        try await until { isDone(lines(folder)) }
        relay.send(SIGTERM)
        let run = await relay.finish()
        #expect(run.code == 128 + SIGTERM, "\(run.errors)")
    }

    @Test("and a snapshot of X pay out of one budget", .timeLimit(.minutes(10)))
    func paid() async throws {
        try await withTemporaryFolder { path in
            try await withXPeer(#"{"posts":"made:5000","streams":[["all",{"hold":true}]]}"#) { x in
                var folder = try OperatorFolder(
                    path,
                    """
                    window: { length: 2s }
                    sources:
                      x: { kind: x, server: "\(x)", rules: ["#tide"], budgetMonthPosts: 250 }

                    """)
                folder.environment = ["TIDEMARK_SOURCES_X_TOKEN": "hunter3"]
                try await relay("x", in: folder) { $0.count >= 250 }
                #expect(lines(folder).prefix(250).allSatisfy { $0.contains(#""author_id""#) })
                let paid = try spending(folder)
                #expect(paid == 250)
                let run = try await ProgramRun.program(
                    Repository.product("tidemark"), ["snapshot"], in: folder.path,
                    environment: folder.environment)
                #expect(run.errors.contains("budget of 250 posts a month"), "\(run.errors)")
                #expect(try spending(folder) == paid)
            }
        }
    }

    /// Posts that were paid for, in all.
    private func spending(_ folder: OperatorFolder) throws -> Int {
        let files = try FileManager.default.contentsOfDirectory(
            atPath: folder.path + "/archive/spending")
        return files.flatMap { folder.text("archive/spending/\($0)").split(separator: "\n") }
            .map { $0.split(separator: ",") }
            .reduce(0) { $0 + (Int($1[2]) ?? 0) - (Int($1[3]) ?? 0) }
    }

    @Test("passes on each event of Mastodon's streams as it came", .timeLimit(.minutes(10)))
    func toots() async throws {
        try await withTemporaryFolder { path in
            let statuses = (0..<300).map { number in
                #"{"id":"\#((1_795_327_200_000 + number * 1000) << 16)","uri":"https://a.example/\#(number)","#
                    + #""created_at":"2026-11-22T06:00:00.000Z","content":"","tags":[{"name":"tide"}],"#
                    + #""account":{"acct":"a\#(number)"}}"#
            }
            try write(
                statuses.map { "event: update\ndata: \($0)\n\n" }.joined(), to: path + "/events")
            try await withMastodonPeer(
                #"{"stream":[[{"file":"\#(path)/events"},{"hold":true}]]}"#
            ) { address in
                let folder = try OperatorFolder(
                    path + "/run",
                    "sources: { town: { kind: mastodon, servers: [\"\(address)\"], mode: stream } }\n"
                )
                try await relay("town", in: folder) { $0.contains("data: \(statuses[299])") }
                let passed = lines(folder)
                #expect(passed.filter { $0.hasPrefix("data: ") } == statuses.map { "data: \($0)" })
            }
        }
    }
}
