import Archive
import Calendar
import Foundation
import Support
import Testing
import Transport

@testable import Decode
@testable import Snapshot
@testable import Tally

@Suite("XSource")
struct XSourceTests {
    private static let now = Timestamp(secondsSinceEpoch: 1_795_370_400 + 60)
    private static let slot = Timestamp(secondsSinceEpoch: 1_795_370_400)

    private struct Seen: Decodable {
        struct Rule: Decodable {
            var value: String
            var tag: String?
        }
        var requests: [String]
        var rules: [Rule]
    }

    private struct Outcome {
        var read: WindowCollection
        var seen: Seen
        var spent: (slot: Int, month: Int)
    }

    private static func limit(
        _ posts: Int = 1000, cents: Int = 1_000_000, month: Int = 1_000_000
    ) -> XBudget {
        XBudget(
            microdollarsPerPost: 5000, posts: posts, cents: cents, monthPosts: month,
            monthCents: 100_000_000)
    }

    /// What a source reads of a peer that is told this.
    private static func read(
        _ told: String, api: XAPI = .v2,
        kind: XStreamKind = .filtered(rules: ["#tide", "has:hashtags"]),
        budget: XBudget = limit(), spent: [SpendingRow] = [], silence: Duration = .seconds(30),
        length: Int = 3000
    ) async throws -> Outcome {
        try await withTemporaryFolder { folder in
            let log = SpendingLog(archive: folder)
            for row in spent { try log.append(row) }
            return try await withXPeer(told) { address in
                let source = XSource(
                    name: "x",
                    access: XAccess(base: address, token: "hunter2", tokenVariable: "TOKEN"),
                    api: api, kind: kind, budget: budget, archive: folder, backfillMinutes: 0,
                    certificates: nil, silenceLimit: silence,
                    pauses: .every(.milliseconds(1)))
                let read = await WindowCollection.of(
                    source,
                    WindowRequest(
                        now: now, schedule: .everySixHours, length: length, archived: [],
                        rules: CountingRules(), top: 1000))
                let seen = try await HTTPClient().send(Request(.get, Address(address + "/seen")))
                    .body
                return Outcome(
                    read: read, seen: try JSONDecoder().decode(Seen.self, from: Data(seen)),
                    spent: try log.spent(on: "x", slot: slot))
            }
        }
    }

    @Test(
        "stops at the last post of the budget, whatever is in flight",
        arguments: [
            (1000, #""streams":[["all",{"hold":true}]]"#),
            (1, #""streams":[["all",{"hold":true}]]"#),
            (99, #""streams":[["all",{"hold":true}]]"#), (100, #""streams":[["all"]]"#),
            (101, #""streams":[[60,{"drop":true}],[41,{"drop":true}],["all",{"hold":true}]]"#),
            (1000, #""streams":[[999],[1,{"hold":true}]]"#),
            (5000, #""streams":[["all",{"hold":true}]]"#),
        ])
    func cap(cap: Int, streams: String) async throws {
        let outcome = try await Self.read(
            #"{"posts":"made:5000",\#(streams)}"#, budget: Self.limit(cap))
        let window = try #require(outcome.read.windows.first)
        #expect(window.tally.posts == cap)
        #expect(outcome.spent.slot == cap && outcome.spent.month == cap)
        #expect(window.status == .partial)
        #expect(window.note == "budget of \(cap) posts reached")
        #expect(outcome.read.error == nil)
    }

    @Test(
        "the tightest limit holds, and names itself",
        arguments: [
            (limit(cents: 50), 0, 0, 100, "budget of $0.50 a window reached"),
            (limit(cents: 153), 6, 0, 300, "budget of $1.53 a window reached"),
            (limit(400, month: 1000), 0, 900, 100, "budget of 1000 posts a month reached"),
            (limit(400), 150, 0, 250, "budget of 400 posts reached"),
        ])
    func limits(budget: XBudget, inSlot: Int, inMonth: Int, posts: Int, note: String) async throws {
        let earlier = Self.slot - 6 * 3600
        let outcome = try await Self.read(
            #"{"posts":"made:5000"}"#, budget: budget,
            spent: [
                SpendingRow(slot: Self.slot, source: "x", reserved: inSlot),
                SpendingRow(slot: earlier, source: "x", reserved: inMonth + 70),
                SpendingRow(slot: earlier, source: "x", returned: 70),
                // Another source, and another month.
                SpendingRow(slot: Self.slot, source: "y", reserved: 5000),
                SpendingRow(slot: Self.slot - 30 * 86_400, source: "x", reserved: 5000),
            ])
        #expect(outcome.read.windows.first?.tally.posts == posts)
        #expect(outcome.read.windows.first?.note == note)
        #expect(outcome.spent.month == posts + inSlot + inMonth)
    }

    @Test("asks for nothing once the budget is used up, and says which")
    func usedUp() async throws {
        let outcome = try await Self.read(
            #"{"posts":"made:10"}"#, budget: Self.limit(month: 500),
            spent: [SpendingRow(slot: Self.slot, source: "x", reserved: 500)])
        #expect(outcome.seen.requests == [])
        #expect(outcome.read.windows.isEmpty)
        #expect(
            outcome.read.sentence
                == "the budget of 500 posts a month is used up, so nothing was read")
    }

    @Test("a server that takes the connection and says nothing is a failure like any other")
    func noAnswer() async throws {
        try await withTemporaryFolder { folder in
            try await withScriptedServer([[.hold]]) { port in
                let source = XSource(
                    name: "x",
                    access: XAccess(
                        base: "http://127.0.0.1:\(port)", token: nil, tokenVariable: ""),
                    api: .v2, kind: .sample, budget: Self.limit(), archive: folder)
                let read = await WindowCollection.of(
                    source,
                    WindowRequest(
                        now: Self.now, schedule: .everySixHours, length: 1, archived: [],
                        rules: CountingRules()))
                #expect(read.windows.isEmpty)
                #expect(
                    read.sentence == "http://127.0.0.1:\(port): gave no answer in the whole window")
                let spent = try SpendingLog(archive: folder).spent(on: "x", slot: Self.slot)
                #expect(spent == (0, 0))
            }
        }
    }

    @Test("what was spent cannot be kept: nothing is read, and other sources go on")
    func unwritableLog() async throws {
        try await withTemporaryFolder { folder in
            try write("", to: folder + "/spending")
            let source = XSource(
                name: "x",
                access: XAccess(base: "http://127.0.0.1:1", token: nil, tokenVariable: ""),
                api: .v2, kind: .sample, budget: Self.limit(), archive: folder)
            let read = await WindowCollection.of(
                source,
                WindowRequest(
                    now: Self.now, schedule: .everySixHours, length: 3000, archived: [],
                    rules: CountingRules()))
            #expect(read.error is SnapshotError)
            #expect(
                read.sentence?.hasSuffix("nothing more was read of what costs money") == true)
        }
    }

    @Test("keeps its own rules in step, and leaves all others alone")
    func rules() async throws {
        let outcome = try await Self.read(
            """
            {"posts":"made:1","streams":[["all"],401],"rules":[{"id":"1","value":"#tide","tag":"tidemark:x"},
            {"id":"2","value":"old","tag":"tidemark:x"},{"id":"3","value":"#tide","tag":"tidemark:x"},
            {"id":"4","value":"other","tag":"tidemark:other"},{"id":"5","value":"has:hashtags"}]}
            """)
        #expect(
            outcome.seen.requests.prefix(3) == [
                "GET /2/tweets/search/stream/rules",
                #"POST /2/tweets/search/stream/rules {"delete":{"ids":["2","3"]}}"#,
                #"POST /2/tweets/search/stream/rules {"add":[{"tag":"tidemark:x","value":"has:hashtags"}]}"#,
            ])
        #expect(
            outcome.seen.rules.map { "\($0.value) \($0.tag ?? "")" } == [
                "#tide tidemark:x", "other tidemark:other", "has:hashtags ",
                "has:hashtags tidemark:x",
            ])
    }

    @Test("says which rules X does not take")
    func badRules() async throws {
        let outcome = try await Self.read(
            #"{"posts":"made:1"}"#, kind: .filtered(rules: ["bad rule"]))
        #expect(
            outcome.read.sentence?.hasSuffix("does not take all of the rules “bad rule”") == true)
        #expect(outcome.spent.slot == 0)
    }

    @Test("counts posts that only rules of others asked for as cost, and not as posts")
    func foreignRules() async throws {
        let outcome = try await withTemporaryFolder { folder in
            let ours =
                #"{"data":{"id":"1","text":"","entities":{"hashtags":[{"tag":"a"}]}},"matching_rules":[{"id":"9"},{"id":"7"}]}"#
            let theirs =
                #"{"data":{"id":"2","text":"","entities":{"hashtags":[{"tag":"b"}]}},"matching_rules":[{"id":"9"}]}"#
            try write("\(ours)\n\(theirs)\n", to: "\(folder)/posts")
            return try await Self.read(
                #"{"posts":"\#(folder)/posts","streams":[["all"],403],"rules":[{"id":"9","value":"z"}]}"#
            )
        }
        #expect(outcome.read.windows.first?.tags == ["a 1 0"])
        #expect(outcome.spent.slot == 2)
        #expect(
            outcome.read.windows.first?.note.hasPrefix(
                "1 post came for rules of others of the same app, and cost the same; ") == true)
    }

    @Test("takes every way in which X ends a stream for the end of a connection")
    func disconnections() async throws {
        let upstream =
            #"{\"errors\":[{\"title\":\"operational-disconnect\",\"disconnect_type\":\"UpstreamOperationalDisconnect\"}]}"#
        let connections =
            #"{\"title\":\"ConnectionException\",\"connection_issue\":\"TooManyConnections\"}"#
        let outcome = try await Self.read(
            """
            {"posts":"made:30","streams":[[10,"\(upstream)\\r\\n",{"hold":true}],[10,"\\r\\n\\r\\n\(connections)\\r\\n",
            {"hold":true}],503,500,["{\\"errors\\":[{\\"disconnect_type\\":\\"hunter2\\"}]}\\r\\n",{"hold":true}],[10,"{\\"data\\":{\\"id"],404]}
            """)
        let window = try #require(outcome.read.windows.first)
        #expect(window.tally.posts == 30)
        #expect(window.reconnects == 3)
        // The message that was cut off.
        #expect(window.tally.read.invalid == 1)
        #expect(
            window.note.hasPrefix(
                "the server ended the stream: UpstreamOperationalDisconnect; "
                    + "the server ended the stream: TooManyConnections; "
                    + "the server ended the stream: for a reason of its own; http://127.0.0.1:"))
        #expect(outcome.spent.slot == 30)
    }

    @Test(
        "a stream that tells of a problem of its own is never whole",
        arguments: [
            (
                #"{\"title\":\"UsageCapExceeded\",\"type\":\"https://api.twitter.com/2/problems/usage-capped\"}"#,
                "the server says: usage-capped"
            ),
            (
                #"{\"errors\":[{\"title\":\"Forbidden\",\"type\":\"https://api.x.com/2/problems/client-forbidden\"}]}"#,
                "the server says: client-forbidden"
            ),
            (
                #"{\"type\":\"https://api.x.com/2/problems/operational-disconnect\"}"#,
                "the server ended the stream: operational-disconnect"
            ),
        ])
    func problems(line: String, note: String) async throws {
        let outcome = try await Self.read(
            #"{"posts":"made:30","streams":[[10,"\#(line)\r\n",{"hold":true}],[{"hold":true}]]}"#,
            length: 6)
        let window = try #require(outcome.read.windows.first)
        #expect(window.tally.posts == 10 && window.status == .partial)
        #expect(window.note.hasPrefix(note), "\(window.note)")
    }

    @Test(
        "takes an error that concerns a post for a notice, and reads on",
        arguments: [
            #"{\"errors\":[{\"title\":\"Not Found Error\",\"resource_type\":\"tweet\",\"resource_id\":\"1\"}]}"#,
            #"{\"errors\":[{\"title\":\"Authorization Error\"},{\"title\":\"Forbidden\"}]}"#,
            #"{\"title\":\"Invalid Request\",\"detail\":\"hunter2\"}"#,
            #"{\"data\":null,\"errors\":[{\"title\":\"Not Found Error\"}]}"#,
        ])
    func postErrors(line: String) async throws {
        let outcome = try await Self.read(
            #"{"posts":"made:30","streams":[[10,"\#(line)\r\n",20,{"hold":true}]]}"#, length: 6)
        let window = try #require(outcome.read.windows.first)
        #expect(window.tally.posts == 30)
        #expect(window.reconnects == 0)
        #expect(window.note == "")
        #expect(outcome.spent.slot == 30)
    }

    @Test("posts that the old API says it did not deliver are missing from the coverage")
    func undelivered() async throws {
        let post =
            #"{\"id_str\":\"@\",\"text\":\"\",\"user\":{\"id_str\":\"7\"},\"entities\":{\"hashtags\":[{\"text\":\"a\"}]}}\r\n"#
        func limit(_ count: Int) -> String { #""{\"limit\":{\"track\":\#(count)}}\r\n""# }
        let posts = (1...3).map { #""\#(post.replacing("@", with: "\($0)"))""# }
        // The count goes up over a connection, and begins anew with the next.
        let outcome = try await Self.read(
            #"{"streams":[[\#(posts[0]),\#(limit(2)),\#(posts[1]),\#(limit(4)),{"drop":true}],[\#(posts[2]),\#(limit(5)),{"hold":true}]]}"#,
            api: .v1, kind: .sample, length: 6)
        let window = try #require(outcome.read.windows.first)
        #expect(window.tally.posts == 3)
        #expect(window.coverage < 0.26 && window.status == .partial)
        #expect(window.note.hasPrefix("the server kept back 9 posts,"), "\(window.note)")
    }

    @Test("posts of a relay without the envelope are paid for like all others")
    func bare() async throws {
        let post =
            #"{\"id\":\"@\",\"text\":\"\",\"author_id\":\"7\",\"entities\":{\"hashtags\":[{\"tag\":\"a\"}]}}\r\n"#
        let posts = (1...3).map { #""\#(post.replacing("@", with: "\($0)"))""# }
        let outcome = try await Self.read(
            #"{"streams":[[\#(posts.joined(separator: ",")),{"hold":true}]]}"#, length: 6)
        #expect(outcome.read.windows.first?.tags == ["a 3 1"])
        #expect(outcome.spent.slot == 3)
    }

    @Test("time between two connections is missing from the coverage, however short it was")
    func lostTime() async throws {
        let outcome = try await Self.read(
            #"{"posts":"made:30","streams":[[10,{"drop":true}],[20,{"hold":true}]]}"#, length: 6)
        let window = try #require(outcome.read.windows.first)
        #expect(window.tally.posts == 30 && window.reconnects == 1)
        #expect(window.coverage < 1 && window.status == .partial)
    }

    @Test(
        "waits out answers that ask for patience, as the first ones too",
        arguments: [408, 420, 429])
    func patience(status: Int) async throws {
        for api in [XAPI.v1, .v2] {
            let outcome = try await Self.read(
                #"{"posts":"made:5","streams":[\#(status),{"status":\#(status),"headers":{"x-rate-limit-remaining":"48","x-rate-limit-reset":"9999999999"}},[2],[3,{"hold":true}]]}"#,
                api: api, kind: .sample, length: 6)
            #expect(outcome.read.windows.first?.reconnects == 1)
            #expect(outcome.read.windows.first?.tally.posts == (api == .v2 ? 5 : 0))
        }
        let rules = try await Self.read(
            #"{"posts":"made:5","streams":[[5],401],"statuses":{"1":{"status":\#(status),"headers":{"Retry-After":"1"}}}}"#
        )
        #expect(rules.read.windows.first?.tally.posts == 5)
    }

    @Test("waits as long as the server says after an answer 429")
    func limited() async throws {
        let start = ContinuousClock.now
        let outcome = try await Self.read(
            #"{"posts":"made:5","streams":[429,["all"],401],"statuses":{"1":429},"reset":2}"#)
        #expect(outcome.read.windows.first?.tally.posts == 5)
        // Twice a wait for a second that begins in one to two.
        #expect(ContinuousClock.now - start >= .seconds(2))
    }

    @Test("opens the stream again when it is silent; line ends hold it open")
    func silence() async throws {
        let beats = Array(repeating: #"{"pause":0.4},"\r\n""#, count: 13).joined(separator: ",")
        let outcome = try await Self.read(
            #"{"posts":"made:9","streams":[[3,\#(beats),3,{"hold":true}],[3],401]}"#,
            silence: .seconds(5))
        #expect(outcome.read.windows.first?.tally.posts == 9)
        #expect(outcome.read.windows.first?.reconnects == 1)
    }

    @Test(
        "says in one sentence why X lets us not in, without what it could repeat of the token",
        arguments: [
            (400, "does not understand the request (400); are the rules right?"),
            (401, "refuses the token of TOKEN (401)"),
            (402, "has no credits left for this account (402)"),
            (
                403,
                "does not let the token of TOKEN use this stream (403); does its project have access to it?"
            ),
            (404, "has no such stream (404); is the address right?"),
            (
                302,
                "answers with a redirect (302) to https://other.example, which is not followed; if that "
                    + "is the server, name it instead"
            ),
        ])
    func refusals(status: Int, reason: String) async throws {
        for told in [#"{"streams":[\#(status)]}"#, #"{"statuses":{"1":\#(status)}}"#] {
            let outcome = try await Self.read(told)
            #expect(outcome.read.windows.isEmpty)
            let sentence = try #require(outcome.read.sentence)
            #expect(sentence.hasSuffix(": \(reason)"))
            #expect(!sentence.contains("hunter2"))
            #expect(outcome.spent.slot == 0)
        }
    }

    @Test("the sample stream needs no rules", arguments: [XAPI.v2, .v1])
    func sample(api: XAPI) async throws {
        let outcome = try await Self.read(
            #"{"posts":"\#(Repository.folder)/Tests/Fixtures/v\#(api == .v1 ? 1 : 2).ndjson","streams":[["all"],401]}"#,
            api: api, kind: .sample)
        #expect(
            outcome.seen.requests.first?.hasPrefix(
                api == .v1 ? "GET /1.1/statuses/sample.json" : "GET /2/tweets/sample/stream?")
                == true)
        #expect(outcome.read.windows.first?.tally.posts ?? 0 > 0)
        let read = try #require(outcome.read.windows.first?.tally.read)
        #expect(outcome.spent.slot == read.deliveries)
    }

    @Test("the filtered stream of a relay is asked for by phrases")
    func relay() async throws {
        let outcome = try await Self.read(
            #"{"posts":"\#(Repository.folder)/Tests/Fixtures/v1.ndjson","streams":[["all"],401]}"#,
            api: .v1)
        #expect(
            outcome.seen.requests.first
                == "POST /1.1/statuses/filter.json track=%23tide%2Chas%3Ahashtags")
        #expect(outcome.read.windows.count == 1)
    }
}
