import Support
import Testing

@testable import Decode
@testable import Tally

/// A window may come in parts, in any order and any split: no number may tell.
@Suite("Order")
struct OrderTests {
    /// Everything that is counted.
    private struct Numbers: Equatable {
        var counts: [Int]
        var read: ReadCounts
        var tags: [TagCount]

        init(_ tally: Counts) {
            counts = [tally.posts, tally.tagged, tally.accounts, tally.tagCount]
            (read, tags) = (tally.read, tally.tags)
        }
    }

    /// Posts of few ids, so that they are repeated, edited, deleted and removed with their accounts.
    private func lines(_ format: PostFormat, _ generator: inout StreamGenerator) -> [String] {
        if format == .text {
            return (0..<200).map { _ in
                "#\(generator.pick(["tide", "Tide", "kelp", "1"])) \(generator.below(20))"
            }
        }
        guard format == .v2 else {
            return (0..<200).map { _ in generator.line(format).text }
        }
        return (0..<200).map { _ in
            let first = generator.below(20)
            let id = first + 100 * generator.below(3)
            let tag = generator.pick(["tide", "Tide", "kelp", "1"])
            return #"{"data":{"id":"\#(id)","author_id":"\#(first % 7)","text":"","#
                + #""edit_history_tweet_ids":["\#(first)"],"entities":{"hashtags":[{"tag":"\#(tag)"}]}}}"#
        }
    }

    @Test("shuffling, splitting and merging change no number", arguments: PostFormat.allCases)
    func anyOrder(format: PostFormat) throws {
        var generator = StreamGenerator(random: SeededRandom(77))
        for _ in 0..<15 {
            let identity = Identity()
            // The place in the source goes with each line, as a partition's offset does.
            let placed = lines(format, &generator).enumerated().map {
                (order: UInt64($0.offset), text: $0.element)
            }
            func ledger(_ part: some Sequence<(order: UInt64, text: String)>) -> PostLedger {
                var ledger = PostLedger(rules: CountingRules(), byteBudget: 1000)
                for line in part {
                    var reader = EventReader(format: format, grammar: nil, identity: identity)
                    ledger.begin(at: line.order)
                    bytes(line.text + "\n").withUnsafeBytes { reader.feed($0, to: &ledger) }
                    reader.finish(to: &ledger)
                }
                return ledger
            }
            let whole = try Numbers(ledger(placed).tally())
            // A line of text is a post of its own.
            #expect(whole.counts[0] > 0 && (format == .text) == (whole.read.duplicates == 0))
            for partCount in 1...4 {
                let shuffled = placed.shuffled(using: &generator.random)
                let parts = (0..<partCount).map { part in
                    ledger(shuffled.filter { Int($0.order) % partCount == part })
                }
                let merged = try LedgerResolution(
                    parts.shuffled(using: &generator.random), workers: 2
                ).tally(keeping: 1000)
                #expect(Numbers(merged) == whole)
            }
        }
    }

    @Test("counts a version that came before as a duplicate, whatever came between")
    func duplicates() throws {
        func delivery(_ rev: String, _ operation: String) -> String {
            #"{"did":"a","time_us":1,"commit":{"rev":"\#(rev)","operation":"\#(operation)","#
                + #""collection":"app.bsky.feed.post","rkey":"1","record":{"tags":["a"]}}}"# + "\n"
        }
        let (first, edit) = (
            delivery("3aaaaaaaaaaaa", "create"), delivery("3bbbbbbbbbbbb", "update")
        )
        for text in [first + edit + first, first + first + edit, edit + first + first] {
            #expect(try tally(text, as: .jetstream).read.duplicates == 1)
        }
        #expect(try tally(edit + edit + edit, as: .jetstream).read.duplicates == 2)
    }
}
