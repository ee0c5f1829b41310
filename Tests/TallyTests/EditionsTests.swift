import Support
import Testing

@testable import Decode
@testable import Tally

struct EditionsTests {
    /// Posts with edits, repeats and deletions, in three languages.
    private func events(seed: UInt64) throws -> [StreamEvent] {
        let languages = try ["en", "de", "ja"].map { try #require(Language($0)) }
        var random = SeededRandom(seed)
        return (0..<4_000).map { _ in
            var post = Post()
            post.id = UInt64.random(in: 1...2_500, using: &random)
            post.author = UInt64.random(in: 1...300, using: &random)
            post.languages = [languages[Int.random(in: 0...2, using: &random)]]
            post.tags = (0..<Int.random(in: 0...4, using: &random)).map { _ in
                "tag\(Int.random(in: 0...40, using: &random))"
            }
            post.isRepost = Int.random(in: 0...9, using: &random) == 0
            post.isSensitive = Int.random(in: 0...9, using: &random) == 0
            return Int.random(in: 0...19, using: &random) == 0
                ? .deletion(post: post.id, revision: nil, time: nil) : .post(post)
        }
    }

    private func tally(_ events: [StreamEvent], _ rules: CountingRules) throws -> Counts {
        var ledger = PostLedger(rules: rules, byteBudget: 1 << 16)
        for event in events { ledger.record(event) }
        ledger.recordMistimed()
        return try ledger.tally()
    }

    @Test("counts each edition as if it alone had been told, and the source as if there were none")
    func apart() throws {
        let events = try events(seed: 17)
        var german = CountingRules()
        german.languages = [try #require(Language("de"))]
        german.includeSensitive = true
        var few = CountingRules()
        few.maxTags = 2
        few.includeReposts = true
        few.keepDeleted = true
        var all = CountingRules()
        all.editions = [german, few]
        let counts = try tally(events, all)
        let alone = try tally(events, CountingRules())
        #expect(counts.editions.count == 2)
        #expect(alone.editions.isEmpty)
        for (one, other) in zip(
            [counts] + counts.editions, [alone, try tally(events, german), try tally(events, few)])
        {
            #expect(one.tags == other.tags)
            #expect(one.tail == other.tail)
            #expect(one.read == other.read)
            #expect(
                [one.posts, one.tagged, one.accounts, one.tagCount]
                    == [other.posts, other.tagged, other.accounts, other.tagCount])
        }
    }

    @Test("puts ledgers that were kept side by side together in each edition too")
    func together() throws {
        let events = try events(seed: 18)
        var rules = CountingRules()
        rules.editions = [CountingRules()]
        var ledgers = [PostLedger(rules: rules), PostLedger(rules: rules)]
        for (number, event) in events.enumerated() {
            ledgers[number % 2].begin(at: UInt64(number))
            ledgers[number % 2].record(event)
        }
        let counts = try LedgerResolution(ledgers, workers: 2).tally(keeping: 1_000)
        let edition = try #require(counts.editions.first)
        #expect(edition.tags == counts.tags)
        #expect(edition.posts == counts.posts && edition.read == counts.read)
    }
}
