import Calendar
import Foundation
import Support
import Testing

@testable import Decode
@testable import Snapshot
@testable import Tally

/// The defects of the system that this one replaces (SURVEY 1.1 of the design notes), those of counting.
@Suite("What the replaced system got wrong")
struct ReplacedSystemTests {
    private func tweet(_ id: Int, _ text: String) -> String {
        JSON.object([
            "id": .number("\(id)"), "text": .string(text),
            "user": .object(["id": .number("\(id)")]),
        ]).text
    }

    private func keys(_ text: String) throws -> [String] {
        try tally(text, as: .v1).tags.map { "\($0.key) \($0.posts)" }
    }

    @Test(
        "tweets glued together by a writer without line ends are dropped and counted, and never make a tag"
    )
    func gluedTweets() throws {
        let glued =
            tweet(1, "#tide") + "t_end" + tweet(2, "RT #kelp") + "t_end" + "\n" + tweet(3, "#tide")
            + "\n"
        let tally = try tally(glued, as: .v1)
        #expect(tally.read.invalid == 1)
        #expect(try keys(glued) == ["tide 1"])
        // The same as bare text: the suffix sticks to the tag before it at worst, never to a word behind it.
        let text = try TallyTests.tally("a #tide t_end" + "RT b #kelp t_end\n", as: .text)
        #expect(text.tags.map(\.key).sorted() == ["kelp", "tide"])
    }

    @Test("a bare sign, a sign inside a word, an address and punctuation make no tag")
    func bareSigns() throws {
        let texts = [
            "# # #", "a#b", "http://example.com/#fragment", "#tide, #tide. #tide!", "#", "##",
            "&#39;",
        ]
        #expect(
            try keys(texts.enumerated().map { tweet($0, $1) }.joined(separator: "\n")) == ["tide 1"]
        )
    }

    @Test("one tag in several cases and with punctuation is one tag")
    func oneTag() throws {
        #expect(
            try keys(
                ["#Live", "#live", "#LIVE!", "(#live)", "＃Ｌｉｖｅ"].enumerated().map { tweet($0, $1) }
                    .joined(separator: "\n")) == ["live 5"])
    }

    @Test("runs leave one header in each file, and dated rows")
    func oneHeader() async throws {
        try await withTemporaryFolder { folder in
            let run = SnapshotRun(
                sources: [SampleSource()], archive: folder, schedule: .everySixHours, length: 3000,
                top: 10, rules: CountingRules(), version: "1")
            let start = try #require(Timestamp("2026-11-22T19:00:00Z"))
            for number in 0..<4 { _ = try await run.run(now: start + number * 21_600) }
            let text = try String(
                contentsOfFile: folder + "/top/2026/2026-11-22.csv", encoding: .utf8)
            let lines = text.split(separator: "\n")
            #expect(lines.filter { $0.hasPrefix("slot,") }.count == 1)
            #expect(lines.dropFirst().allSatisfy { $0.hasPrefix("2026-11-22T") })
            #expect(lines.count == 41)
        }
    }

    @Test("a window is all that was read in it, not its last batch")
    func wholeWindow() throws {
        var ledger = PostLedger(rules: CountingRules())
        var reader = EventReader(format: .v1, grammar: nil)
        for batch in 0..<5 {
            let lines = (0..<3).map { tweet(batch * 3 + $0, batch == 4 ? "#last" : "#tide") + "\n" }
                .joined()
            bytes(lines).withUnsafeBytes { reader.feed($0, to: &ledger) }
        }
        #expect(
            try ledger.tally().tags.map { "\($0.key) \($0.posts)" }
                == ["tide 12", "last 3"])
    }
}
