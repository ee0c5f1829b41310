import Foundation
import Support
import Testing

@testable import Decode

/// The ten defects of the system this replaces, each on input that showed it there.
///
/// It sent the text of tweets with the suffix `t_end` and no newline through a socket, split them at
/// white space, kept each word with a `#`, and showed what the last batch held.
@Suite("the system this replaces")
struct ReplacedSystemTests {
    /// What Tweepy handed on, and what the published top ten made of it.
    private static let tweets = [
        "First light #Live", "Second #live,", "Third: #LIVE!", "RT @made_up: First light #Live",
        "a bare # and # again", "mail a#b and https://news.example.org/#top", "#tag, #tag. #TAG",
        "& \"quotes\" \\ in #R\u{26}D", "#123 and #", "#Live#glued",
    ]

    private func count(_ bytes: [UInt8], as format: String = "text") async throws -> [String] {
        try await withTemporaryFolder { path in
            try write(bytes, to: "\(path)/tweets")
            let run = try await ProgramRun.tidemark(
                "count", "--format", format, "tweets", in: path)
            #expect(run.code == 0)
            return run.output.split(separator: "\n").dropFirst().map(String.init)
        }
    }

    @Test("1: tweets without a newline between them are no hashtags glued to each other")
    func glued() async throws {
        let glued = Self.tweets.map { $0 + "t_end" }.joined()
        let tags = try await count(Array(glued.utf8))
        #expect(!tags.contains { $0.contains("t_endrt") || $0.contains("t_endfirst") }, "\(tags)")
    }

    @Test("2 and 3: words that only hold a number sign are not listed, and spellings are one tag")
    func words() async throws {
        let tags = try await count(Array(Self.tweets.joined(separator: "\n").utf8))
        #expect(
            tags == [
                "1,live,Live,4,0", "2,r,R,1,0", "3,tag,tag,1,0",
            ])
    }

    @Test("4, 6 and 9: one header, each row with its slot, and a second window beside the first")
    func archive() async throws {
        try await withTemporaryFolder { path in
            let folder = try OperatorFolder(path)
            let early = try await folder.tidemark("snapshot")
            let late = try await folder.tidemark(
                "snapshot", "--sources.sky.paths", "jetstream.ndjson, jetstream-later.ndjson")
            #expect([early.code, late.code] == [0, 0])
            let lines = folder.text("archive/top/2026/2026-11-21.csv").split(separator: "\n")
            #expect(lines.count { $0.hasPrefix("slot,") } == 1)
            #expect(
                Set(lines.dropFirst().map { $0.prefix(20) }) == [
                    "2026-11-21T00:00:00Z", "2026-11-21T06:00:00Z", "2026-11-21T12:00:00Z",
                    "2026-11-21T18:00:00Z",
                ])
        }
    }

    @Test("5: credentials go by their own names, and half of them are told apart from none")
    func credentials() async throws {
        try await withTemporaryFolder { path in
            var folder = try OperatorFolder(path)
            _ = try await folder.tidemark("publish")
            folder.environment["AWS_SECRET_ACCESS_KEY"] = "only-the-secret"
            let run = try await folder.tidemark(
                "sync", "--publish.bucket", "site", "--publish.endpoint", "http://127.0.0.1:9")
            #expect(run.code == 78)
            #expect(
                run.errors
                    == "tidemark: the environment (AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY): AWS_ACCESS_KEY_ID is missing beside the other "
                    + "half of the credentials\n")
        }
    }

    @Test("7 and 8: what readers get are files, which nobody's request changes")
    func visitors() async throws {
        try await withTemporaryFolder { path in
            let folder = try OperatorFolder(path)
            _ = try await folder.tidemark("publish")
            let state = try folder.state()
            let files = state.contents(of: "public").keys
            #expect(
                Set(files.map { $0.split(separator: ".").last.map(String.init) }) == [
                    "html", "css", "js", "json", "csv", "xml", "svg", "png", "txt", "cff",
                ])
            let again = try await folder.tidemark("build")
            #expect(again.code == 0)
            #expect(try folder.state().changes(since: state) == [])
        }
    }

    @Test("10: labels with quotes, backslashes and markup stay data in page and chart")
    func labels() async throws {
        try await withTemporaryFolder { path in
            let hostile = #"</script><b>\"'&amp;"#
            let post =
                #"{"did":"did:example:ada","time_us":1795197600000000,"kind":"commit","commit":{"#
                + #""rev":"1","operation":"create","collection":"app.bsky.feed.post","rkey":"1","#
                + #""record":{"text":"","tags":[\#(try json(hostile))]}}}"# + "\n"
            let folder = try OperatorFolder(
                path,
                "sources:\n  sky: { kind: file, paths: [hostile.ndjson], format: jetstream }")
            try write(post, to: "\(path)/hostile.ndjson")
            #expect(
                try await folder.tidemark("publish") == ProgramRun(code: 0, output: "", errors: ""))
            let page = folder.text("public/index.html")
            #expect(!page.contains("<b>"))
            let data = try #require(
                page.firstMatch(of: #/<script type="application/json"[^>]*>(.*?)</script>/#)?.1)
            let chart = try JSONDecoder().decode(Chart.self, from: Data(data.utf8))
            #expect(
                chart.labels.map { $0.filter { $0 != "\u{2068}" && $0 != "\u{2069}" } } == [
                    "#" + hostile
                ])
        }
    }

    private struct Chart: Decodable { var labels: [String] }

    private func json(_ text: String) throws -> String {
        String(decoding: try JSONEncoder().encode(text), as: UTF8.self)
    }
}
