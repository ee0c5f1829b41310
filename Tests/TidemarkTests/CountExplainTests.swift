import Foundation
import Support
import Testing

@Suite("tidemark count --explain")
struct CountExplainTests {
    private func status(_ id: Int, _ account: Int, _ tag: String, bot: Bool = false) -> String {
        #"{"id":"\#(id)","account":{"id":"\#(account)","bot":\#(bot)},"#
            + #""tags":[{"name":"\#(tag)"}],"content":"x"}"#
    }

    private func count(_ arguments: String..., lines: [String]) async throws -> ProgramRun {
        try await withTemporaryFolder { folder in
            try write(lines.joined(separator: "\n") + "\n", to: folder + "/posts.ndjson")
            return try await ProgramRun.program(
                Repository.product("tidemark"),
                ["count", "--format", "mastodon", "posts.ndjson"] + arguments, in: folder)
        }
    }

    private var lines: [String] {
        [
            status(1, 1, "Tide"), status(2, 1, "tide"), status(1, 1, "Tide"),
            status(3, 2, "TIDE", bot: true), status(4, 3, "kelp"),
        ]
    }

    @Test("says from the posts seen to the posts that count, and where the tag is listed")
    func text() async throws {
        let run = try await count("--explain", "#tide", lines: lines)
        let expected = """
            #tide is counted as tide.
                     4  posts seen with it
                    -1  delivered again, or replaced by an edit
                    -1  left out: by a bot
                     2  posts that count, by 1 account
            Spelled: Tide 1, tide 1.
            Listed in place 1.

            """
        // One account each: the posts decide.
        #expect(run == ProgramRun(code: 0, output: expected, errors: ""))
    }

    @Test(
        "says why a tag is not listed",
        arguments: [
            ("tide", "--block", "ti*", "Not listed: it is blocked."),
            ("tide", "--allow", "kelp", "Not listed: it is not among those allowed."),
            ("tide", "--minimum-accounts", "2", "Not listed: too few accounts used it."),
            ("kelp", "--top", "1", "Not listed: others rank higher."),
            ("foam", "--top", "1", "Not listed: no post with it counts."),
            (
                "20:26", "--top", "1",
                "20:26 is never counted: it has nothing but digits and punctuation."
            ),
        ])
    func unlisted(tag: String, option: String, value: String, last: String) async throws {
        let run = try await count("--explain", tag, option, value, lines: lines)
        #expect(run.output.hasSuffix(last + "\n"))
        #expect(run.code == 0)
    }

    @Test("the summary of a plain count says how many tags are not listed, and why")
    func held() async throws {
        let run = try await count("--block", "kelp", "--minimum-accounts", "2", lines: lines)
        #expect(run.output == "rank,tag,spelling,posts,accounts\n")
        #expect(run.errors.hasSuffix("; hashtags not listed: blocked 1, few_accounts 1.\n"))
    }

    @Test("is a member of the JSON")
    func json() async throws {
        let run = try await count("--json", "--explain", "tide", lines: lines)
        let explain =
            #""explain":{"accounts":1,"asked":"tide","deleted":0,"dropped_posts":{"bot":1,"language":0,"#
            + #""max_tags":0,"repost":0,"sensitive":0},"key":"tide","merged":1,"posts":2,"rank":1,"#
            + #""removed_with_account":0,"seen":4,"spellings":[{"posts":1,"spelling":"Tide"},"#
            + #"{"posts":1,"spelling":"tide"}]}"#
        #expect(run.output.contains(explain), "\(run.output)")
    }
}
