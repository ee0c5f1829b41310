import Support
import Testing

@testable import Decode
@testable import Hashtags
@testable import Tally

@Suite("TagExplanation")
struct TagExplanationTests {
    private func post(
        _ id: UInt64, by author: UInt64, _ tags: [String], change: (inout Post) -> Void = { _ in }
    ) -> StreamEvent {
        var post = Post()
        (post.id, post.author, post.tags, post.time) = (id, author, tags, 0)
        change(&post)
        return .post(post)
    }

    private func explanation(
        of tag: String, in ledgers: [PostLedger]
    ) throws -> (TagExplanation, Counts) {
        let tally = try LedgerResolution(ledgers, workers: 2)
            .tally(keeping: 100, explaining: try Hashtag(delivered: tag))
        return (try #require(tally.explanation), tally)
    }

    @Test("leads from the posts seen to the posts that count")
    func story() throws {
        var rules = CountingRules()
        rules.minimumAccounts = 4
        var ledger = PostLedger(rules: rules)
        for event in [
            post(1, by: 1, ["Tide"]), post(1, by: 1, ["Tide"]), post(2, by: 1, ["tide", "#TIDE"]),
            // An edit that takes the tag away, and one that brings it.
            post(3, by: 2, ["tide"]), post(3, by: 2, ["kelp"]) { $0.isEdit = true },
            post(4, by: 2, ["kelp"]), post(4, by: 2, ["Tide"]) { $0.isEdit = true },
            post(5, by: 3, ["tide"]), .deletion(post: 5, revision: nil, time: nil),
            post(6, by: 4, ["tide"]), .accountRemoval(author: 4, time: 9),
            post(7, by: 5, ["tide"]) { $0.isRepost = true }, post(8, by: 5, ["kelp"]),
        ] { ledger.record(event) }
        let (found, _) = try explanation(of: "#TiDe", in: [ledger])
        #expect(found.key == "tide")
        #expect(found.read.deliveries == 8)
        #expect(found.merged == 2)
        #expect([found.read.deleted, found.read.removedWithAccount] == [1, 1])
        #expect(found.read.droppedPosts == [.repost: 1])
        #expect([found.posts, found.accounts] == [3, 2])
        #expect(found.spellings == [.init(text: "Tide", posts: 2), .init(text: "tide", posts: 1)])
        #expect(found.hold == .fewAccounts)
    }

    @Test("adds up for every tag of random streams in parts, and says what the list says")
    func random() throws {
        for seed in UInt64(1)...6 {
            var generator = StreamGenerator(random: SeededRandom(seed * 104_729))
            var ledgers = [PostLedger(rules: CountingRules()), PostLedger(rules: CountingRules())]
            for part in ledgers.indices {
                var reader = EventReader(format: .jetstream, grammar: nil)
                for _ in 0..<150 {
                    let line = generator.line(.jetstream).text + "\n"
                    bytes(line).withUnsafeBytes { reader.feed($0, to: &ledgers[part]) }
                }
                reader.finish(to: &ledgers[part])
            }
            let plain = try LedgerResolution(ledgers, workers: 1).tally(keeping: 10_000)
            #expect(plain.explanation == nil)
            #expect(!plain.tags.isEmpty)
            for tag in plain.tags {
                let tally = try LedgerResolution(ledgers, workers: 2)
                    .tally(keeping: 10_000, explaining: Hashtag(delivered: tag.spelling))
                let found = try #require(tally.explanation)
                let read = found.read
                let leftOut = read.droppedPosts.values.reduce(0, +)
                #expect(
                    read.deliveries - found.merged - read.deleted - read.removedWithAccount
                        - leftOut == tag.posts)
                #expect([found.posts, found.accounts] == [tag.posts, tag.accounts])
                #expect(found.spellings.map(\.posts).reduce(0, +) == tag.posts)
                #expect(found.spellings.first.map { bytes($0.text) } == bytes(tag.spelling))
                #expect(tally.tags == plain.tags)
            }
        }
    }
}
