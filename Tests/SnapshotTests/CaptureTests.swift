import Foundation
import Snapshot
import Support
import Testing

@testable import Decode
@testable import Hashtags
@testable import Tally

/// Counts real captures, and compares with what an independent program found in them.
@Suite("Captures")
struct CaptureTests {
    struct Truth: Decodable {
        let format: String
        let defaults: [Row]
        let byPosts: [Row]
        let everything: [Row]
        let languages: [String: [Row]]
        let read: Read
    }

    struct Row: Decodable, Equatable, CustomStringConvertible {
        var values: [String]

        init(rank: Int, _ tag: TagCount) {
            values = ["\(rank)", tag.key, tag.spelling, "\(tag.posts)", "\(tag.accounts)"]
        }

        init(from decoder: any Decoder) throws {
            var row = try decoder.unkeyedContainer()
            values = try [
                "\(row.decode(Int.self))", row.decode(String.self), row.decode(String.self),
                "\(row.decode(Int.self))", "\(row.decode(Int.self))",
            ]
        }

        static func == (left: Row, right: Row) -> Bool {
            left.values.map { Array($0.utf8) } == right.values.map { Array($0.utf8) }
        }

        var description: String { values.joined(separator: " ") }
    }

    struct Read: Decodable, Equatable {
        var records, invalid, notices, deletes, accountRemovals, deliveries, edits, duplicates: Int
        var scanned, ids, deleted, removedWithAccount, posts, tagged, accounts, tags: Int
        var droppedPosts, droppedTags, languages: [String: Int]

        init(_ tally: Counts) {
            let read = tally.read
            (records, invalid, notices, deletes) =
                (read.records, read.invalid, read.notices, read.deletes)
            (accountRemovals, deliveries, edits, duplicates) =
                (read.accountRemovals, read.deliveries, read.edits, read.duplicates)
            (scanned, ids, deleted, removedWithAccount) =
                (read.scanned, read.ids, read.deleted, read.removedWithAccount)
            (posts, tagged, accounts, tags) =
                (tally.posts, tally.tagged, tally.accounts, tally.tagCount)
            droppedPosts = Dictionary(
                uniqueKeysWithValues: PostDropReason.allCases.map {
                    ($0.rawValue, read.droppedPosts[$0] ?? 0)
                })
            droppedTags = Dictionary(
                uniqueKeysWithValues: TagDropReason.allCases.map {
                    ($0.rawValue, read.droppedTags[$0] ?? 0)
                })
            // The independent count lists the twelve most frequent.
            languages = Dictionary(
                uniqueKeysWithValues: read.languages.map { ("\($0)", $1) }
                    .sorted { ($1.1, $0.0) < ($0.1, $1.0) }.prefix(12))
        }
    }

    /// Of the independent program's files, which name their members in snake case.
    static let decoder = {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return decoder
    }()

    /// Below the folder of captures; those that lie there beside these are counted too.
    static let captures = Set(known).union(found).sorted()

    private static let known = [
        "bluesky/firehose-20230901-as-jetstream-a.ndjson.gz",
        "bluesky/jetstream-20260525-one-of-each-kind.ndjson",
        "bluesky/jetstream-20260704-a.ndjson",
        "bluesky/jetstream-single-messages-a.ndjson",
        "bluesky/posts-as-jetstream-a.ndjson.gz",
        "mastodon/mastodon-docs-events-a.sse",
        "mastodon/mastodon-docs-websocket.ndjson",
        "mastodon/mastodon-internal-bus-a.ndjson",
        "mastodon/mastodon-public-20231020-a.derived.sse.gz",
        "mastodon/mastodon-public-20231020-a.ndjson.gz",
        "mastodon/truthsocial-202604-a.ndjson.gz",
        "twitter-v1/v1-extended-tweet-samples-a.ndjson",
        "twitter-v1/v1-filter-20151111-with-limit-notices-a.ndjson",
        "twitter-v1/v1-notices.ndjson",
        "twitter-v1/v1-payload-examples-a.ndjson",
        "twitter-v1/v1-sample-20110928T0235Z-13min-gaps.ndjson.gz",
        "twitter-v1/v1-sample-20130810T1100Z-3min.ndjson.gz",
        "twitter-v1/v1-sample-20160106T0730Z-2min.ndjson.gz",
        "twitter-v1/v1-sample-20190703T0629Z-5min.ndjson.gz",
        "x-v2/v2-filtered-stream-20210401-cut-off.ndjson",
        "x-v2/v2-notices.ndjson",
        "x-v2/v2-stream-lines-from-search-a.ndjson.gz",
    ]

    private static let found: [String] = {
        guard let data = Repository.sharedData,
            let files = FileManager.default.enumerator(atPath: data)
        else { return [] }
        return files.compactMap { $0 as? String }.filter { $0.hasSuffix(".top.json") }
            .map { String($0.dropLast(".top.json".count)) }
    }()

    @Test(
        "equal the independent count, in every variant",
        Repository.needsSharedData(cases: captures.count), arguments: captures)
    func equalsIndependentCount(name: String) throws {
        let capture = try #require(Repository.sharedData) + "/" + name
        let truth = try Self.decoder.decode(
            Truth.self, from: Data(contentsOf: URL(fileURLWithPath: capture + ".top.json")))
        let recording = try Recording(
            paths: [capture], format: #require(PostFormat(rawValue: truth.format)))

        func top(_ change: (inout CountingRules) -> Void) throws -> [Row] {
            var rules = CountingRules()
            change(&rules)
            return try recording.tally(rules: rules, keeping: 20).tags.enumerated()
                .map { Row(rank: $0 + 1, $1) }
        }

        #expect(try top { _ in } == truth.defaults)
        #expect(try top { $0.rank = .posts } == truth.byPosts)
        #expect(
            try top {
                $0.includeReposts = true
                $0.keepDeleted = true
                $0.includeSensitive = true
                $0.includeBots = true
                $0.maxTags = 0
            } == truth.everything)
        for (code, rows) in truth.languages {
            let language = try #require(Language(code))
            #expect(try top { $0.languages = [language] } == rows, "language \(code)")
        }
        #expect(try Read(recording.tally(rules: CountingRules())) == truth.read)
    }
}
