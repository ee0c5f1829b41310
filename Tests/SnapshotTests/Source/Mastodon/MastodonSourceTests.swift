import Calendar
import Support
import Testing

@testable import Snapshot
@testable import Tally

@Suite("MastodonSource")
struct MastodonSourceTests {
    @Test("reads the whole slot, and nothing of the slots around it")
    func wholeSlot() async throws {
        let read = try await Town.read()
        #expect(read.lines == Town.whole)
        #expect(read.error == nil)
        let window = try #require(read.windows.first)
        #expect(
            window.tags == [
                "tag0 52 23", "tag1 52 23", "tag2 52 23", "tag3 51 23", "tag4 51 23", "tag5 51 23",
                "tag6 51 23",
            ])
        #expect(window.tally.read.duplicates == 0)
    }

    @Test("counts a recorded timeline as count does", Repository.needsSharedData())
    func capture() async throws {
        let file =
            try #require(Repository.sharedData) + "/mastodon/mastodon-public-20231020-a.ndjson.gz"
        let expected = try Recording(paths: [file], format: .mastodon).tally(rules: CountingRules())
        let read = try await withMastodonPeer(
            #"{"statuses":"\#(file)","domain":"mastodon.social"}"#
        ) {
            address in
            var request = Town.request()
            request.now = try #require(Timestamp("2023-10-20T18:00:00Z"))
            request.top = 1000
            return await WindowCollection.of(Town.source([address]), request)
        }
        let window = try #require(read.windows.first)
        #expect(window.tags == expected.tags.map { "\($0.key) \($0.posts) \($0.accounts)" })
        #expect(window.tally.read.droppedPosts == expected.read.droppedPosts)
        #expect(window.tally.accounts == expected.accounts)
    }

    private static func odd(_ body: String) -> String {
        #"{"status":200,"kind":"text/html","body":"\#(body)"}"#
    }

    private static let timeout = odd(#"[{\"error\":\"timeout\"}]"#)

    @Test(
        "loses and doubles nothing when requests fail in passing",
        arguments: [
            #""faults":{"1":"drop","2":503,"4":"half","9":500,"10":"drop","11":"half"}"#,
            #""instance":404"#, #""page":7"#, #""always":"mark""#,
            // What is no page of a server that gave pages before, each once and more often.
            #""faults":{"3":"object","5":"garbage","7":"challenge","8":"challenge","10":403}"#,
            #""faults":{"3":204,"5":302,"6":"redirect","9":422,"10":401,"11":404}"#,
            #""faults":{"4":\#(timeout),"6":\#(odd("")),"8":\#(odd("null")),"9":\#(odd("["))}"#,
            #""faults":{"5":\#(odd("<html>")),"6":\#(odd("<html>"))}"#,
        ])
    func passingFaults(told: String) async throws {
        let read = try await Town.read(told)
        #expect(read.lines == Town.whole)
        #expect(read.windows.first?.tally.read.duplicates == 0)
    }

    @Test("waits for the server's rate limit to begin anew")
    func rateLimit() async throws {
        let read = try await Town.read(#""limit":6,"period":1"#)
        #expect(read.lines == Town.whole)
    }

    @Test("archives as partial what the rate limit lets through in time, and says so")
    func slowServer() async throws {
        let read = try await Town.read(#""limit":6,"period":300"#)
        // Of six requests one finds out the kind of ids; five bring 40 posts each, one a minute.
        let note = "its rate limit of 6 requests did not let all be read in time"
        #expect(read.error == nil)
        let line = try #require(read.lines.first)
        #expect(line.hasPrefix("2026-11-22T12:00:00Z partial 0.55"))
        #expect(line.contains(" 200 23 (http://127.0.0.1:"))
        #expect(line.hasSuffix("\(note))"))
        #expect(
            read.windows.first.map { "\($0.start) \($0.end)" }
                == "2026-11-22T14:41:00Z 2026-11-22T18:00:00Z")
    }

    @Test("fills slots that were missed within the look-back, each exactly, the oldest first")
    func missedSlots() async throws {
        let statuses = MadeUpStatuses().recording(count: 4 * 360 + 10, spacing: 60)
        let hour = 3600
        let read = try await Town.read(
            statuses: statuses, lookBack: 19 * hour,
            Town.request(
                archived: [MadeUpStatuses.end - 12 * hour, MadeUpStatuses.end - 36 * hour]))
        #expect(
            read.lines == [
                "2026-11-21T18:00:00Z backfilled 1.0 360 23",
                "2026-11-22T00:00:00Z backfilled 1.0 360 23",
            ] + Town.whole)
        #expect(Set(read.windows.map { $0.tally.tagCount }) == [7])
    }

    @Test("leaves a missed slot that there was no time for to the next run")
    func noTimeLeft() async throws {
        let statuses = MadeUpStatuses().recording(count: 4 * 360 + 10, spacing: 60)
        let read = try await Town.read(
            #""limit":14,"period":300"#, statuses: statuses, lookBack: 36 * 3600,
            Town.request(archived: [MadeUpStatuses.end - 48 * 3600]))
        #expect(read.lines == Town.whole)
        #expect(read.error == nil)
    }

    @Test("takes nothing for zero that was before the server's first post")
    func beforeHistory() async throws {
        let read = try await Town.read(
            lookBack: 36 * 3600, Town.request(archived: [MadeUpStatuses.end - 48 * 3600]))
        // 500 posts, one a minute, reach 140 minutes into the slot before.
        #expect(read.windows.map(\.tally.posts) == [140, 360])
        #expect(read.windows.first?.coverage == (140.0 * 60 - 59) / 21_600)
        #expect(read.windows.first?.note.hasSuffix("shows nothing from before 09:40:59") == true)
        #expect(read.lines.last == Town.whole.first)
        #expect(read.error == nil)
    }

    @Test("of a hashtag's timeline silence is zero")
    func tagTimeline() async throws {
        let read = try await Town.read(timelines: [
            .tag("tag3", isLocal: false), .tag("ébb", isLocal: true),
        ])
        #expect(read.lines == ["2026-11-22T12:00:00Z complete 1.0 51 23"])
        #expect(read.windows.first?.tags == ["tag3 51 23"])
    }

    @Test("counts the copies of a post on several servers once, and the one edited last")
    func severalServers() async throws {
        let made = MadeUpStatuses(domain: "one.example")
        let time = MadeUpStatuses.end.secondsSinceEpoch * 1000 - 5000
        // The same post, by an account that is at home on the first server.
        let before = "\n" + made.line(at: time - 7 * 3_600_000, number: 3)
        let one =
            made.line(at: time, account: "ann", tag: "old", uri: "https://one.example/1") + before
        let two =
            made.line(
                at: time + 700, account: "Ann@one.example", tag: "new",
                uri: "https://one.example/1",
                edited: "2026-11-22T17:59:59.000Z") + "\n"
            + made.line(
                at: time, number: 9, account: "ann", tag: "new", uri: "https://two.example/1")
            + before
        try await withTemporaryFolder { folder in
            try write(one, to: "\(folder)/one")
            try write(two, to: "\(folder)/two")
            try await withMastodonPeer(#"{"statuses":"\#(folder)/one","domain":"one.example"}"#) {
                first in
                try await withMastodonPeer(
                    #"{"statuses":"\#(folder)/two","domain":"two.example"}"#
                ) { second in
                    let read = await WindowCollection.of(
                        Town.source([first, second]), Town.request())
                    #expect(read.lines == ["2026-11-22T12:00:00Z complete 1.0 2 2"])
                    #expect(read.windows.first?.tags == ["new 2 2"])
                    // A server that cannot be reached is missing from the coverage, and reported.
                    let half = await WindowCollection.of(
                        Town.source([first, "http://127.0.0.1:1"]), Town.request())
                    #expect(
                        half.lines.first?.hasPrefix(
                            "2026-11-22T12:00:00Z partial 0.5 1 1 (http://127.0.0.1:1") == true)
                    #expect(half.sentence?.contains("Failed to connect to 127.0.0.1") == true)
                }
            }
        }
    }

    @Test(
        "counts a person once whom servers know by one handle",
        arguments: [
            (#""says":{"domain":"gts.example.org","account_domain":"example.org"}"#, "example.org"),
            (
                #""says":{"domain":"gts.example.org","account_domain":"bücher.example"}"#,
                "xn--bcher-kva.example"
            ),
            (#""says":{"domain":"XN--BCHER-KVA.example"}"#, "Bücher。example"),
            (#""domain":"pleroma.example.org","finger":"acct:admin@example.org""#, "example.org"),
            (
                #""domain":"pleroma.example.org","says":{"contact":{"account":{"username":"root"}}},"finger":"acct:root@example.org""#,
                "example.org"
            ),
            (#""domain":"example.org""#, "EXAMPLE.org"),
            (#""domain":"example.org:3000""#, "Example.org:3000"),
        ])
    func handles(told: String, domain: String) async throws {
        let end = MadeUpStatuses.end.secondsSinceEpoch * 1000
        func statuses(_ suffix: String, _ domain: String) -> String {
            (0..<37).map { number in
                MadeUpStatuses(domain: domain).line(
                    at: end - 5000 - Int64(number * 1000),
                    account: (suffix.isEmpty ? "P" : "p") + "\(number)\(suffix)")
            }.joined(separator: "\n") + "\n" + MadeUpStatuses().line(at: end - 7 * 3_600_000)
        }
        try await withTemporaryFolder { folder in
            try write(statuses("", "one.example"), to: "\(folder)/one")
            try write(statuses("@\(domain)", "two.example"), to: "\(folder)/two")
            try await withMastodonPeer(#"{"statuses":"\#(folder)/one",\#(told)}"#) { first in
                try await withMastodonPeer(
                    #"{"statuses":"\#(folder)/two","domain":"two.example"}"#
                ) { second in
                    let read = await WindowCollection.of(
                        Town.source([first, second]), Town.request())
                    #expect(read.lines == ["2026-11-22T12:00:00Z complete 1.0 74 37"])
                }
            }
        }
    }

    @Test(
        "reads servers with ids of all kinds that hold a time",
        arguments: [TimelineIDs.ulid, .flake, .lowerULID, .uuid, .pixelfed])
    func otherIDs(ids: TimelineIDs) async throws {
        let read = try await Town.read(
            statuses: MadeUpStatuses(ids: ids).recording(count: 500, spacing: 60))
        #expect(read.lines == Town.whole)
    }

    @Test("reads servers whose ids are numbers of JSON, or count from an instant of their own")
    func otherEpochs() async throws {
        let recording = MadeUpStatuses().recording(count: 500, spacing: 60)
        let numbers = recording.replacing(#/"id":"(\d{10,})"/#) { #""id":\#($0.1)"# }
        #expect(try await Town.read(statuses: numbers).lines == Town.whole)
        for (epoch, bits) in [
            (1_600_000_000_000, 22), (1_288_834_974_657, 22), (946_684_800_000, 16),
        ] {
            let statuses = recording.split(separator: "\n").enumerated().map { index, line in
                let time = Int(MadeUpStatuses.end.secondsSinceEpoch - 1) - index * 60
                let id = (time * 1000 + index - epoch) << bits + index
                return line.replacing(#/"id":"\d{10,}"/#, with: #""id":"\#(id)""#)
            }.joined(separator: "\n")
            #expect(try await Town.read(statuses: statuses).lines == Town.whole)
        }
    }

    @Test("is read in whole slots alone")
    func runningSlot() async throws {
        let slot = Schedule.everySixHours.slot(containing: Town.now)
        let read = await WindowCollection.of(
            Town.source(["http://127.0.0.1:1"]), Town.request(slot: slot))
        #expect(
            read.sentence
                == "the slot 2026-11-22T18:00:00Z is not over before 2026-11-23T00:00:00Z, and is read whole"
        )
        let archived = await WindowCollection.of(
            Town.source(["http://127.0.0.1:1"]), Town.request(archived: [slot.previous.start]))
        #expect(archived.windows.isEmpty && archived.error == nil)
    }
}
