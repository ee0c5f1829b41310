import Calendar
import Foundation
import Snapshot
import Support
import Testing

@testable import Decode
@testable import Tally

/// Posts, and parts of them.
enum PartFixture {
    static let slot = Schedule.everySixHours.slot(
        containing: Timestamp(secondsSinceEpoch: 1_795_000_000))

    static func secret(_ text: String = "a secret of many bytes") throws -> PartSecret {
        try #require(PartSecret(bytes(text)))
    }

    static var rules: CountingRules {
        var rules = CountingRules()
        rules.context = ContextRules()
        rules.context?.minimumAccounts = 1
        return rules
    }

    static func map(
        _ format: PostFormat, _ change: (inout PartMap) throws -> Void = { _ in }
    ) throws -> PartMap {
        var map = PartMap(
            format: format, grammar: nil, rules: rules, tables: "15", secret: try secret(),
            source: "wire", schedule: .everySixHours, slot: slot)
        try change(&map)
        return map
    }

    /// Posts of few ids, so that they are repeated, edited, deleted and removed with their accounts.
    static func lines(_ format: PostFormat, _ generator: inout StreamGenerator) -> [String] {
        (0..<120).map { _ in
            if format == .text { return "#\(generator.pick(["tide", "Tide", "kelp"])) it is" }
            guard format == .v2 else { return generator.line(format).text }
            let first = generator.below(20)
            return
                #"{"data":{"id":"\#(first + 100 * generator.below(3))","author_id":"\#(first % 7)","#
                + #""text":"","edit_history_tweet_ids":["\#(first)"],"entities":{"hashtags":[{"tag":"#
                + #""\#(generator.pick(["tide", "Tide", "kelp"]))"}]}}}"#
        }
    }

    /// A part of a few posts, in a folder of its own.
    static func withPart(
        _ body: (_ path: String, _ folder: String) async throws -> Void
    ) async throws {
        try await withTemporaryFolder { folder in
            var generator = StreamGenerator(random: SeededRandom(3))
            let lines = lines(.jetstream, &generator).map { $0 + "\n" }.joined()
            try write(lines, to: "\(folder)/posts")
            let made = try map(.jetstream).map(
                [PartMap.Split(path: "\(folder)/posts", name: "posts")], to: folder)
            #expect(made.map(\.path) == ["\(folder)/20261118T06Z/posts.part"])
            try await body(made[0].path, folder)
        }
    }

    static func tally(_ path: String) throws -> Counts {
        try PartSet([path], rules: rules, tables: "15").tally(workers: 1)
    }
}

/// Everything that is counted.
struct PartNumbers: Equatable {
    var counts: [Int]
    var read: ReadCounts
    var tags: [TagCount]
    var context: [TagContext]

    init(_ tally: Counts) throws {
        counts = [tally.posts, tally.tagged, tally.accounts, tally.tagCount]
        (read, tags) = (tally.read, tally.tags)
        context = try tally.context(of: tally.tags)
    }
}
