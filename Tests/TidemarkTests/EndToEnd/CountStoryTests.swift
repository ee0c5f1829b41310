import Foundation
import Support
import Testing

@testable import Decode

/// Real captures through the built program, against the count of an independent program.
@Suite("tidemark count on captures")
struct CountStoryTests {
    private static let captures = [
        "mastodon/mastodon-public-20231020-a.ndjson.gz",
        "x-v2/v2-stream-lines-from-search-a.ndjson.gz",
        "twitter-v1/v1-filter-20151111-with-limit-notices-a.ndjson",
        "bluesky/posts-as-jetstream-a.ndjson.gz",
    ]

    @Test(
        "the top 20 of each rule is the expected one",
        Repository.needsSharedData(cases: captures.count), arguments: captures)
    func top(capture: String) async throws {
        let file = "\(try #require(Repository.sharedData))/\(capture)"
        let expected = try JSONDecoder().decode(
            Expected.self, from: Data(contentsOf: URL(fileURLWithPath: file + ".top.json")))
        var lists = [
            ([], expected.defaults), (["--rank", "posts"], expected.byPosts),
            (
                [
                    "--include-reposts", "--keep-deleted", "--include-sensitive", "--include-bots",
                    "--max-tags", "0",
                ], expected.everything
            ),
        ]
        lists += expected.languages.map { (["--lang", $0], $1) }
        for (flags, rows) in lists {
            let run = try await ProgramRun.program(
                Repository.product("tidemark"),
                ["count", "--quiet", "--format", expected.format] + flags + [file], in: "/")
            #expect(run.code == 0 && run.errors.isEmpty)
            let csv = ["rank,tag,spelling,posts,accounts"] + rows.map(\.line)
            #expect(run.output == csv.map { $0 + "\n" }.joined(), "\(flags)")
        }
    }

    private struct Expected: Decodable {
        var format: String
        var defaults: [Row]
        var byPosts: [Row]
        var everything: [Row]
        var languages: [String: [Row]]

        enum CodingKeys: String, CodingKey {
            case format, defaults, everything, languages
            case byPosts = "by_posts"
        }
    }

    /// `[rank, tag, spelling, posts, accounts]`
    private struct Row: Decodable {
        var line: String

        init(from decoder: any Decoder) throws {
            var list = try decoder.unkeyedContainer()
            let rank = try list.decode(Int.self)
            let (tag, spelling) = (try list.decode(String.self), try list.decode(String.self))
            let (posts, accounts) = (try list.decode(Int.self), try list.decode(Int.self))
            line = "\(rank),\(Self.cell(tag)),\(Self.cell(spelling)),\(posts),\(accounts)"
        }

        /// As docs/counting.md has it: quoted where RFC 4180 asks for it, no formulas.
        private static func cell(_ text: String) -> String {
            let guarded = "=+-@\t\r'".contains(text.prefix(1)) && !text.isEmpty ? "'" + text : text
            return guarded.contains { ",\"\n\r".contains($0) }
                ? "\"" + guarded.replacing("\"", with: "\"\"") + "\"" : guarded
        }
    }
}
