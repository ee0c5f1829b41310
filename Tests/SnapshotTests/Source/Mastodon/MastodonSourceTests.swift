import Calendar
import Support
import Tasks
import Testing
import Transport

@testable import Snapshot
@testable import Tally

@Suite("MastodonSource")
struct MastodonSourceTests {
    private static let now = MadeUpStatuses.end + 60

    private static func source(
        _ servers: [String], token: String? = nil, timelines: [MastodonTimeline] = [everything],
        lookBack: Int = 3600, certificates: String? = nil
    ) -> MastodonSource {
        MastodonSource(
            name: "town",
            servers: servers.map {
                MastodonAccess(base: $0, token: token, tokenVariable: "TIDEMARK_TOKEN")
            }, timelines: timelines, lookBack: lookBack, settle: 0, certificates: certificates,
            backoff: Backoff(base: .milliseconds(1), cap: .milliseconds(2)))
    }

    private static let everything = MastodonTimeline.public(isLocal: false)

    private static func request(
        length: Int = 60, archived: Set<Timestamp> = [], slot: Slot? = nil
    ) -> WindowRequest {
        WindowRequest(
            now: now, schedule: .everySixHours, length: length, slot: slot, archived: archived,
            rules: CountingRules())
    }

    /// What a source reads of a server that is told this besides its statuses.
    private static func read(
        _ told: String = "", statuses: String = MadeUpStatuses().recording(count: 500, spacing: 60),
        token: String? = nil, timelines: [MastodonTimeline] = [everything], lookBack: Int = 3600,
        _ request: WindowRequest = request()
    ) async throws -> WindowCollection {
        try await withTemporaryFolder { folder in
            try write(statuses, to: "\(folder)/statuses")
            return try await withMastodonPeer(
                #"{"statuses":"\#(folder)/statuses"\#(told.isEmpty ? "" : ",")\#(told)}"#
            ) { address in
                await WindowCollection.of(
                    source([address], token: token, timelines: timelines, lookBack: lookBack),
                    request)
            }
        }
    }

    /// The 360 posts of the slot from 12:00 to 18:00.
    private static let whole = ["2026-11-22T12:00:00Z complete 1.0 360 23"]

    @Test("reads the whole slot, and nothing of the slots around it")
    func wholeSlot() async throws {
        let read = try await Self.read()
        #expect(read.lines == Self.whole)
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
            var request = Self.request()
            request.now = try #require(Timestamp("2023-10-20T18:00:00Z"))
            request.top = 1000
            return await WindowCollection.of(Self.source([address]), request)
        }
        let window = try #require(read.windows.first)
        #expect(window.tags == expected.tags.map { "\($0.key) \($0.posts) \($0.accounts)" })
        #expect(window.tally.read.droppedPosts == expected.read.droppedPosts)
        #expect(window.tally.accounts == expected.accounts)
    }

    @Test(
        "loses and doubles nothing when requests fail in passing",
        arguments: [
            #""faults":{"1":"drop","2":503,"4":"half","9":500,"10":"drop","11":"half"}"#,
            #""instance":404"#, #""page":7"#,
        ])
    func passingFaults(told: String) async throws {
        let read = try await Self.read(told)
        #expect(read.lines == Self.whole)
        #expect(read.windows.first?.tally.read.duplicates == 0)
    }

    @Test("waits for the server's rate limit to begin anew")
    func rateLimit() async throws {
        let read = try await Self.read(#""limit":6,"period":1"#)
        #expect(read.lines == Self.whole)
    }

    @Test("archives as partial what the rate limit lets through in time, and says so")
    func slowServer() async throws {
        let read = try await Self.read(#""limit":6,"period":300"#)
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
        let read = try await Self.read(
            statuses: statuses, lookBack: 19 * hour,
            Self.request(
                archived: [MadeUpStatuses.end - 12 * hour, MadeUpStatuses.end - 36 * hour]))
        #expect(
            read.lines == [
                "2026-11-21T18:00:00Z backfilled 1.0 360 23",
                "2026-11-22T00:00:00Z backfilled 1.0 360 23",
            ] + Self.whole)
        #expect(Set(read.windows.map { $0.tally.tagCount }) == [7])
    }

    @Test("leaves a missed slot that there was no time for to the next run")
    func noTimeLeft() async throws {
        let statuses = MadeUpStatuses().recording(count: 4 * 360 + 10, spacing: 60)
        let read = try await Self.read(
            #""limit":14,"period":300"#, statuses: statuses, lookBack: 36 * 3600,
            Self.request(archived: [MadeUpStatuses.end - 48 * 3600]))
        #expect(read.lines == Self.whole)
        #expect(read.error == nil)
    }

    @Test("takes nothing for zero that was before the server's first post")
    func beforeHistory() async throws {
        let read = try await Self.read(
            lookBack: 36 * 3600, Self.request(archived: [MadeUpStatuses.end - 48 * 3600]))
        // 500 posts, one a minute, reach 140 minutes into the slot before.
        #expect(read.lines == ["2026-11-22T06:00:00Z backfilled 1.0 140 23"] + Self.whole)
        #expect(read.error == nil)
    }

    /// Places of hidden posts, of 500 of which 360 are of the slot; how many of it are shown, and of
    /// which stretch nothing is.
    private static let hiddenStretches: [([Range<Int>], Int, String)] = [
        ([40..<80], 320, "16:39:59 to 17:20:59"),
        // From the slot's end on, over its start, and all but the last post.
        ([0..<100], 260, "16:19:59 to 18:00"), ([200..<420], 200, "12:00:00 to 14:40:59"),
        ([0..<359], 1, "12:00:59 to 18:00:00"),
        // Short pages, pages with one post, and several stretches.
        ([5..<38, 45..<79, 90..<119], 360 - 33 - 34 - 29, ""),
        ([45..<125, 126..<210, 213..<333], 360 - 80 - 84 - 120, "12:26:59 to 14:27:59"),
    ]

    @Test(
        "reads on behind what the server hides, with links or without, and says what it was",
        arguments: hiddenStretches, ["", #""links":true"#, #""page":7"#, #""page":7,"links":true"#])
    func hiddenPosts(
        stretch: (hidden: [Range<Int>], posts: Int, told: String), how: String
    )
        async throws
    {
        let read = try await Self.read(
            how,
            statuses: MadeUpStatuses().recording(count: 500, spacing: 60) { index in
                stretch.hidden.contains { $0.contains(index) }
            }, lookBack: 6 * 3600)
        let window = try #require(read.windows.first)
        #expect(read.error == nil)
        #expect(window.tally.posts == stretch.posts)
        #expect(window.tally.read.duplicates == 0 && window.tally.read.invalid == 0)
        #expect(window.status == .partial)
        #expect(window.coverage < 1)
        if !stretch.told.isEmpty {
            #expect(window.note.contains("from \(stretch.told)"), "\(window.note)")
        }
    }

    @Test(
        "a page with fewer posts than others is no end, and the window is not whole",
        arguments: [
            // On the first page, on the last of the slot, on one in between; a post, or several.
            ([0], 1), ([359], 2), ([100], 1), ([39, 40], 2), ([1, 3, 5, 200, 201, 202, 359], 4),
        ] as [([Int], Int)], ["", #""links":true"#])
    func shortPages(short: (hidden: [Int], pages: Int), how: String) async throws {
        let read = try await Self.read(
            how,
            statuses: MadeUpStatuses().recording(count: 500, spacing: 60) {
                short.hidden.contains($0)
            })
        let window = try #require(read.windows.first)
        #expect(window.tally.posts == 360 - short.hidden.count)
        #expect(window.status == .partial)
        #expect(window.coverage > 0.97 && window.coverage < 1)
        #expect(window.note.contains("left out posts on \(short.pages) of "), "\(window.note)")
        #expect(read.error == nil)
    }

    @Test("reads on behind bursts that are hidden, and what is shown between them")
    func hiddenBursts() async throws {
        // A post a minute, and within two of the minutes 200 posts of which one in 100 is shown.
        let made = MadeUpStatuses()
        let end = MadeUpStatuses.end.secondsSinceEpoch * 1000
        let bursts = [100, 200].map { minute in
            (0..<200).map { number in
                made.line(
                    at: end - Int64(minute) * 60_000 - 30_000 + Int64(number * 100),
                    number: 1000 + number, tag: "burst", isHidden: number % 100 != 50)
            }.joined(separator: "\n") + "\n"
        }.joined()
        let read = try await Self.read(
            #""links":true"#, statuses: made.recording(count: 500, spacing: 60) + bursts)
        let window = try #require(read.windows.first)
        #expect(window.tally.posts == 364)
        #expect(window.status == .partial)
    }

    @Test("of a hashtag's timeline too what is hidden hides nothing else")
    func hiddenTagPosts() async throws {
        let read = try await Self.read(
            statuses: MadeUpStatuses().recording(count: 1000, spacing: 30) { $0 < 500 },
            timelines: [.tag("tag3", isLocal: false)])
        let window = try #require(read.windows.first)
        // One in seven of the 720 posts of the slot but the 500 latest.
        #expect(window.tally.posts == (500..<720).count { $0 % 7 == 3 })
        #expect(window.status == .partial)
        #expect(window.note.contains("showed no posts from"))
    }

    @Test(
        "a timeline that the server switched off is no silence",
        arguments: [
            (#"{"local":"disabled","remote":"disabled"}"#, nil, nil),
            (#"{"local":"authenticated","remote":"authenticated"}"#, nil, nil),
            (#"{"local":"authenticated","remote":"public"}"#, "hunter2", 1.0),
            (#"{"local":"public","remote":"disabled"}"#, "hunter2", 0.5),
            (#"{"local":"public","remote":"public"}"#, nil, 1.0), (#"[]"#, nil, 1.0),
        ] as [(String, String?, Double?)])
    func switchedOff(access: String, token: String?, coverage: Double?) async throws {
        let read = try await Self.read(
            #""says":{"configuration":{"timelines_access":{"live_feeds":\#(access)}}}"#,
            statuses: coverage == nil ? "" : MadeUpStatuses().recording(count: 500, spacing: 60),
            token: token)
        #expect(read.windows.first?.coverage == coverage)
        #expect((read.sentence == nil) == (coverage != nil))
        if coverage ?? 0 < 1 {
            let told = read.sentence ?? read.windows.first?.note
            #expect(told?.contains("posts of other servers (live_feeds.remote: ") == true)
        }
    }

    @Test("of a hashtag's timeline silence is zero")
    func tagTimeline() async throws {
        let read = try await Self.read(timelines: [
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
        let one = made.line(at: time, account: "ann", tag: "old", uri: "https://one.example/1")
        let two =
            made.line(
                at: time + 700, account: "Ann@one.example", tag: "new",
                uri: "https://one.example/1",
                edited: "2026-11-22T17:59:59.000Z") + "\n"
            + made.line(
                at: time, number: 9, account: "ann", tag: "new", uri: "https://two.example/1")
        try await withTemporaryFolder { folder in
            try write(one, to: "\(folder)/one")
            try write(two, to: "\(folder)/two")
            try await withMastodonPeer(#"{"statuses":"\#(folder)/one","domain":"one.example"}"#) {
                first in
                try await withMastodonPeer(
                    #"{"statuses":"\#(folder)/two","domain":"two.example"}"#
                ) { second in
                    let read = await WindowCollection.of(
                        Self.source([first, second]), Self.request())
                    #expect(read.lines == ["2026-11-22T12:00:00Z complete 1.0 2 2"])
                    #expect(read.windows.first?.tags == ["new 2 2"])
                    // A server that cannot be reached is missing from the coverage, and reported.
                    let half = await WindowCollection.of(
                        Self.source([first, "http://127.0.0.1:1"]), Self.request())
                    #expect(
                        half.lines.first?.hasPrefix(
                            "2026-11-22T12:00:00Z partial 0.5 1 1 (http://127.0.0.1:1") == true)
                    #expect(half.sentence?.contains("Could not connect to server") == true)
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
        ])
    func handles(told: String, domain: String) async throws {
        let end = MadeUpStatuses.end.secondsSinceEpoch * 1000
        func statuses(_ suffix: String, _ domain: String) -> String {
            (0..<37).map { number in
                MadeUpStatuses(domain: domain).line(
                    at: end - 5000 - Int64(number * 1000),
                    account: (suffix.isEmpty ? "P" : "p") + "\(number)\(suffix)")
            }.joined(separator: "\n")
        }
        try await withTemporaryFolder { folder in
            try write(statuses("", "one.example"), to: "\(folder)/one")
            try write(statuses("@\(domain)", "two.example"), to: "\(folder)/two")
            try await withMastodonPeer(#"{"statuses":"\#(folder)/one",\#(told)}"#) { first in
                try await withMastodonPeer(
                    #"{"statuses":"\#(folder)/two","domain":"two.example"}"#
                ) { second in
                    let read = await WindowCollection.of(
                        Self.source([first, second]), Self.request())
                    #expect(read.lines == ["2026-11-22T12:00:00Z complete 1.0 74 37"])
                }
            }
        }
    }

    @Test(
        "reads servers with ids of all kinds that hold a time",
        arguments: [TimelineIDs.ulid, .flake, .lowerULID, .uuid, .pixelfed])
    func otherIDs(ids: TimelineIDs) async throws {
        let read = try await Self.read(
            statuses: MadeUpStatuses(ids: ids).recording(count: 500, spacing: 60))
        #expect(read.lines == Self.whole)
    }

    @Test(
        "says in one sentence why a server cannot be read, without what it could repeat of the token",
        arguments: [
            (
                #""always":401"#,
                "refuses the token of TIDEMARK_TOKEN (401); it needs the scope read:statuses"
            ),
            (#""always":404"#, "has no such timeline (404); is it a Mastodon server?"),
            (
                #""always":"redirect""#,
                "answers with a redirect (302) to https://other.example, which is not followed; if that "
                    + "is the server, name it instead"
            ),
            (
                #""always":"loop""#,
                "answers with a redirect (302) to another address, which is not followed; if that is "
                    + "the server, name it instead"
            ),
            (#""always":"object""#, "answers with something else than posts"),
            (#""always":"garbage""#, "answers with something else than posts"),
            (#""always":"empty""#, "has no posts"), (#""always":503"#, "answers 503"),
        ])
    func refusals(told: String, reason: String) async throws {
        let read = try await Self.read(told, token: "hunter2")
        #expect(read.windows.isEmpty)
        let sentence = try #require(read.sentence)
        #expect(sentence.hasPrefix("http://127.0.0.1:"))
        #expect(sentence.hasSuffix(": \(reason)"))
        #expect(!sentence.contains("hunter2"))
    }

    @Test("asks for a token by the name of its variable, and sends it as a header alone")
    func token() async throws {
        let without = try await Self.read(#""token":"hunter2""#)
        #expect(without.sentence?.hasSuffix("asks for a token (401): set TIDEMARK_TOKEN") == true)
        #expect(try await Self.read(#""token":"hunter2""#, token: "hunter2").lines == Self.whole)
    }

    /// Statuses with other ids, by their place from the newest on.
    private static func counted(
        _ statuses: String = MadeUpStatuses().recording(count: 500, spacing: 60),
        by id: (Int) -> String
    ) -> String {
        statuses.split(separator: "\n").enumerated().map { index, line in
            line.replacing(#/"id":"\d{10,}"/#, with: #""id":"\#(id(index))""#)
        }.joined(separator: "\n") + "\n"
    }

    private static func base36(_ value: Int) -> String {
        let digits = String(value, radix: 36)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }

    @Test(
        "finds the slots of a server whose ids are only counted by its posts' own times",
        arguments: ["", #""page":7"#, #""links":true"#, #""page":20,"links":true"#],
        [
            // One after the other; with what else is counted between them; in bursts; fixed digits.
            { String(1000 - $0) }, { String(87_654_321 - $0 * 31) },
            { String(9_000_000 - $0 - $0 / 50 * 100_000) }, { base36(1 << 60 - $0 << 40) },
        ] as [@Sendable (Int) -> String])
    func countedIDs(how: String, id: @Sendable (Int) -> String) async throws {
        let read = try await Self.read(how, statuses: Self.counted(by: id))
        #expect(read.lines == Self.whole)
        #expect(read.error == nil)
    }

    @Test("of counted ids gives each post to one slot, also what came late")
    func countedSlots() async throws {
        // One in nine was made up to two days before its server learned of it.
        let made = MadeUpStatuses()
        let end = MadeUpStatuses.end.secondsSinceEpoch * 1000 - 1000
        let statuses = (0..<1450).map { index in
            made.line(
                at: end - Int64(index) * 60_000 - (index % 9 == 4 ? Int64(index) * 86_400 : 0),
                number: index)
        }.joined(separator: "\n")
        let hour = 3600
        let read = try await Self.read(
            statuses: Self.counted(statuses) { String(5_000_000 - 7 * $0) },
            lookBack: 19 * hour,
            Self.request(
                archived: [MadeUpStatuses.end - 12 * hour, MadeUpStatuses.end - 36 * hour]))
        #expect(
            read.lines == [
                "2026-11-21T18:00:00Z backfilled 1.0 360 1",
                "2026-11-22T00:00:00Z backfilled 1.0 360 1",
                "2026-11-22T12:00:00Z complete 1.0 360 1",
            ])
    }

    @Test("of counted ids too nothing is lost behind what is hidden, nor zero what is before all")
    func countedHidden() async throws {
        let hidden = try await Self.read(
            statuses: Self.counted(
                MadeUpStatuses().recording(count: 500, spacing: 60) { (60..<190).contains($0) }
            ) { String(87_654_321 - $0 * 31) })
        #expect(hidden.windows.first?.tally.posts == 230)
        #expect(hidden.windows.first?.status == .partial)
        let early = try await Self.read(
            statuses: Self.counted { String(1000 - $0) }, lookBack: 36 * 3600,
            Self.request(archived: [MadeUpStatuses.end - 48 * 3600]))
        #expect(early.lines == ["2026-11-22T06:00:00Z backfilled 1.0 140 23"] + Self.whole)
    }

    @Test(
        "refuses ids that hold no time and do not grow with it, rather than guess",
        arguments: [{ String($0 * 7919 % 500 + 1) }, { "post-\($0)" }]
            as [@Sendable (Int) -> String])
    func plainIDs(id: @Sendable (Int) -> String) async throws {
        let read = try await Self.read(statuses: Self.counted(by: id))
        #expect(read.windows.isEmpty)
        #expect(read.sentence?.contains("post ids without a time in them") == true)
    }

    @Test(
        "a server that lies costs the posts it lies about",
        arguments: [
            (#""faults":{"2":"future","3":"future"}"#, 360, 80),
            (#""faults":{"2":"tags"}"#, 360, 2),
        ])
    func lies(told: String, posts: Int, invalid: Int) async throws {
        let read = try await Self.read(told)
        #expect(read.windows.first?.tally.posts == posts)
        #expect(read.windows.first?.tally.read.invalid == invalid)
        #expect(read.windows.first?.status == .complete)
    }

    @Test("ends when a server gives the same page again and again, and refuses an endless one")
    func endless() async throws {
        let same = try await Self.read(#""faults":{"3":"same","4":"same"}"#)
        #expect(same.lines.first?.contains("gives the same page again and again") == true)
        #expect(same.windows.first?.status == .partial)
        let long = try await Self.read(#""always":"long""#)
        #expect(long.sentence?.contains("the answer is over 33554432 bytes long") == true)
    }

    @Test("is read in whole slots alone")
    func runningSlot() async throws {
        let slot = Schedule.everySixHours.slot(containing: Self.now)
        let read = await WindowCollection.of(
            Self.source(["http://127.0.0.1:1"]), Self.request(slot: slot))
        #expect(
            read.sentence
                == "the slot 2026-11-22T18:00:00Z is not over before 2026-11-23T00:00:00Z, and is read whole"
        )
        let archived = await WindowCollection.of(
            Self.source(["http://127.0.0.1:1"]), Self.request(archived: [slot.previous.start]))
        #expect(archived.windows.isEmpty && archived.error == nil)
    }

    @Test(
        "says which check of a certificate failed",
        arguments: [
            ("good", nil), ("expired", "certificate has expired"),
            ("self-signed", "self-signed certificate"),
            ("wrong-host", "no alternative certificate subject name matches"),
        ] as [(String, String?)])
    func certificates(name: String, reason: String?) async throws {
        try await withCertificates { certificates in
            try await withTemporaryFolder { folder in
                try write(
                    MadeUpStatuses().recording(count: 500, spacing: 60), to: "\(folder)/statuses")
                try await withMastodonPeer(
                    #"{"statuses":"\#(folder)/statuses"}"#,
                    certificate: "\(certificates)/\(name).pem"
                ) { address in
                    let read = await WindowCollection.of(
                        Self.source([address], certificates: "\(certificates)/ca.pem"),
                        Self.request())
                    #expect(read.lines == (reason == nil ? Self.whole : []))
                    let sentence = read.sentence ?? ""
                    #expect(reason.map(sentence.contains) ?? sentence.isEmpty, "\(sentence)")
                }
            }
        }
    }
}
