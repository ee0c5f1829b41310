import Foundation
import Support
import Testing

@testable import tidemark

/// What people wrote and linked together, from their posts to the site and off it again.
@Suite("Related hashtags and links")
struct ContextStoryTests {
    /// Six people who write of one thing under two names, and link to it; and one post that is taken back.
    private static let posts: String = {
        let lines = (1...6).map { person in
            #"{"did":"did:example:p\#(person)","time_us":1795176000000000,"commit":{"rev":"3lbsw5kzdqk22","#
                + #""operation":"create","collection":"app.bsky.feed.post","rkey":"\#(person)","#
                + #""record":{"tags":["Quake","Tremor"],"embed":{"external":{"title":"What happened","#
                + #""uri":"https://News.example/a?utm_source=\#(person)#top"}}}}}"#
        }
        let deletion =
            #"{"did":"did:example:p6","time_us":1795176000000001,"commit":{"rev":"3lbsw5kzdqk2z","#
            + #""operation":"delete","collection":"app.bsky.feed.post","rkey":"6"}}"#
        return (lines + [deletion]).joined(separator: "\n") + "\n"
    }()

    private func folder(_ path: String, _ more: String = "") throws -> OperatorFolder {
        let folder = try OperatorFolder(
            path,
            "sources: { sky: { kind: file, paths: [quake.ndjson], format: jetstream } }\n" + more)
        try write(Self.posts, to: path + "/quake.ndjson")
        return folder
    }

    @Test func `count tells them of each hashtag, if asked`() async throws {
        try await withTemporaryFolder { path in
            _ = try folder(path)
            func count(_ flags: String...) async throws -> ProgramRun {
                let arguments = ["count", "--format", "jetstream", "quake.ndjson"] + flags
                return try await ProgramRun.program(
                    Repository.product("tidemark"), arguments, in: path, environment: [:])
            }
            let run = try await count("--json", "--context", "--top", "1")
            #expect(
                run.output.hasSuffix(
                    #""top":[{"accounts":5,"links":[{"accounts":5,"title":"What happened","#
                        + #""url":"https://news.example/a"}],"posts":5,"rank":1,"#
                        + #""related":[{"accounts":5,"tag":"tremor"}],"spelling":"Quake","tag":"quake"}]}"#
                        + "\n"))
            #expect(try await count("--context").code == 64)
            let plain = try await count("--json").output
            #expect(!plain.contains("related") && !plain.contains("links"))
        }
    }

    /// What `Tests/Reader/context.py` prints of a file that it has counted again.
    private func recount(_ file: String, as format: String) async throws -> String {
        let run = try await ProgramRun.program(
            try #require(Repository.python),
            [
                Repository.folder + "/Tests/Reader/context.py", Repository.product("tidemark"),
                format, file,
            ], in: "/")
        #expect(run.code == 0, "\(run.output.prefix(2000)) \(run.errors.prefix(2000))")
        return run.output
    }

    @Test(
        "equal a count by a script that knows the rules alone",
        arguments: ["jetstream", "v1", "v2", "mastodon"])
    func recounted(format: String) async throws {
        try await withTemporaryFolder { path in
            let make = try await ProgramRun.program(
                try #require(Repository.python),
                [
                    Repository.folder + "/Tests/Reader/made.py", format, "20000",
                    path + "/posts",
                ], in: path)
            #expect(make.code == 0, "\(make.errors)")
            let said = try await recount(path + "/posts", as: format).split(separator: " ")
            // FILE: 60 hashtags, 700 related, 90 links, 0 differ
            let numbers = said.compactMap { Int($0) }
            #expect(numbers[0] == 60 && numbers[1] > 600 && numbers[2] > 50, "\(said)")
        }
    }

    @Test(
        "equal that count in captures", Repository.needsSharedData(cases: 4),
        arguments: [
            ("v1", "twitter-v1/v1-sample-20190703T0629Z-5min.ndjson.gz"),
            ("v2", "x-v2/v2-stream-lines-from-search-a.ndjson.gz"),
            ("mastodon", "mastodon/mastodon-public-20231020-a.ndjson.gz"),
            ("jetstream", "bluesky/posts-as-jetstream-a.ndjson.gz"),
        ])
    func captured(format: String, file: String) async throws {
        let folder = try #require(Repository.sharedData)
        _ = try await recount("\(folder)/\(file)", as: format)
    }

    @Test func `the archive keeps them, pages show them, and withdrawn ones are gone`() async throws
    {
        try await withTemporaryFolder { path in
            let folder = try folder(path)
            #expect(try await folder.tidemark("snapshot").code == 0)
            #expect(
                folder.rows("related/2026/2026-11-20.csv") == [
                    "2026-11-20T12:00:00Z,sky,quake,tremor,5",
                    "2026-11-20T12:00:00Z,sky,tremor,quake,5",
                ])
            #expect(
                folder.text("archive/links/2026/2026-11-20.csv").hasSuffix(
                    "2026-11-20T12:00:00Z,sky,tremor,https://news.example/a,What happened,5\n"))
            #expect(
                try await folder.tidemark("verify") == ProgramRun(code: 0, output: "", errors: ""))

            #expect(try await folder.tidemark("build").code == 0)
            let page = "public/tags/quake/index.html"
            let before = folder.text(page)
            #expect(before.contains(#"href="https://news.example/a"><bdi>What happened</bdi>"#))
            #expect(try await folder.tidemark("withdraw", "https://NEWS.example/a").code == 0)
            #expect(try await folder.tidemark("build").code == 0)
            #expect(!folder.text(page).contains("news.example"))
            #expect(!folder.text("public/data/links/2026/2026-11-20.csv").contains("news.example"))
            #expect(
                try await folder.tidemark("withdraw", "--undo", "https://news.example/a").code == 0)
            #expect(try await folder.tidemark("build").code == 0)
            #expect(folder.text(page) == before)
        }
    }

    @Test func `nothing is kept of what is switched off`() async throws {
        try await withTemporaryFolder { path in
            let folder = try folder(path, "context: { related: false, links: false }\n")
            #expect(try await folder.tidemark("snapshot").code == 0)
            #expect(try await folder.tidemark("verify").code == 0)
            for name in ["related", "links"] {
                #expect(!FileManager.default.fileExists(atPath: "\(path)/archive/\(name)"))
            }
        }
    }
}
