import Foundation
import Support
import Testing

/// Runs that fail in nothing, and count next to nothing.
@Suite("a window that counts nothing")
struct NothingCountedTests {
    /// Thirty posts in English with a hashtag each, in the slot from 18:00 on.
    static let posts = (0..<30).map { index in
        #"{"created_at":"Fri Nov 20 18:\#(10 + index):00 +0000 2026","id_str":"\#(1000 + index)","text":"x","#
            + #""user":{"id_str":"\#(index)"},"entities":{"hashtags":[{"text":"tide\#(index % 3)"}]},"lang":"en"}"#
    }.joined(separator: "\n")

    private func folder(
        _ path: String, _ filters: String = "", languages: String = "[]"
    ) throws -> OperatorFolder {
        let folder = try OperatorFolder(
            path,
            "\(filters)\nsources: { birds: { kind: file, paths: [p.ndjson], format: v1, languages: \(languages) } }"
        )
        try write(Self.posts + "\n", to: "\(path)/p.ndjson")
        return folder
    }

    @Test(
        "is said once, with the filter, what the site shows and what to do, ends with 2, and doctor says it on"
    )
    func language() async throws {
        try await withTemporaryFolder { path in
            let folder = try folder(path, languages: "[xx]")
            let sentence =
                "birds 2026-11-20T18:00:00Z: sources.birds.languages (xx) left out 30 of 30 posts: the site shows no "
                + "hashtag for this window; if that is not meant, change sources.birds.languages; if it is, raise "
                + "warnings.dropped"
            #expect(
                try await folder.tidemark("publish")
                    == ProgramRun(code: 2, output: "", errors: "tidemark: warning: \(sentence)\n"))
            #expect(FileManager.default.fileExists(atPath: "\(path)/public/index.html"))
            #expect(
                try await folder.tidemark("publish") == ProgramRun(code: 0, output: "", errors: ""))
            let doctor = try await folder.tidemark("doctor")
            #expect(doctor.code == 1)
            #expect(doctor.output.contains("\nwrong  sources.birds: \(sentence)\n"))
            #expect(
                doctor.output.contains(
                    "\nwrong  sources.birds: no post is in the language \"xx\": languages are two letters by ISO 639-1, "
                        + "such as en or ja\n"))
        }
    }

    @Test(
        "so is one whose hashtags are all held back",
        arguments: [
            ("filters: { block: [\"tide*\"] }", "filters.block"),
            ("filters: { allow: [news] }", "filters.allow"),
            ("window: { minimumAccounts: 99 }", "window.minimumAccounts"),
        ])
    func heldBack(filters: String, key: String) async throws {
        try await withTemporaryFolder { path in
            let run = try await folder(path, filters).tidemark("snapshot")
            #expect(run.code == 2 && run.output == "")
            #expect(
                run.errors
                    == "tidemark: warning: birds 2026-11-20T18:00:00Z: none of its 3 hashtags may be listed, so the site "
                    + "shows none for this window; change \(key)\n")
        }
    }

    @Test("a limit that is moved is kept to", arguments: ["100%", "99%"])
    func limit(_ limit: String) async throws {
        try await withTemporaryFolder { path in
            let folder = try folder(path, "warnings: { dropped: \(limit) }", languages: "[xx]")
            #expect(try await folder.tidemark("snapshot").code == (limit == "100%" ? 0 : 2))
        }
    }

    @Test("a live window of which little is read is told of")
    func coverage() async throws {
        try await withTemporaryFolder { path in
            let server = try LineServer(Array((Self.posts + "\n").utf8))
            let folder = try OperatorFolder(
                path,
                "sources: { wire: { kind: socket, address: \"127.0.0.1:\(server.port)\", format: v1 } }"
            )
            // A second before the slot's end.
            let run = try await ProgramRun.program(
                Repository.product("tidemark"), ["snapshot", "--now", "2026-11-22T05:59:59Z"],
                in: path,
                environment: folder.environment)
            #expect(run.code == 2)
            #expect(
                run.errors.contains(
                    "wire 2026-11-22T00:00:00Z: only 0.0 % of the time was read: its lists on the site stand for no "
                        + "more than that; see the times of tidemark schedule, or lower warnings.coverage\n"
                ), "\(run.errors)")
        }
    }

    @Test("lists that leave no hashtag are told by doctor before any run")
    func lists() async throws {
        try await withTemporaryFolder { path in
            let all = try await folder(path, "filters: { block: [\"*\"] }").tidemark("doctor")
            #expect(
                all.code == 1
                    && all.output.contains("\nwrong  filters.block: \"*\" blocks every hashtag"))
            let both = try await folder(
                path, "filters: { allow: [\"#News\"], block: [\"new*\"] }"
            ).tidemark("doctor")
            #expect(both.code == 1 && both.output.contains("\nwrong  filters.allow: "))
        }
    }
}
