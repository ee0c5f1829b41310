import Support
import Testing

@testable import Decode
@testable import Hashtags
@testable import Tally

@Suite("PostLedger")
struct PostLedgerTests {
    /// A post with single letters for ids, so that a story can be told in a line each.
    private func post(
        _ id: UInt64, by author: UInt64? = 1, _ tags: [String], revision: UInt64? = nil,
        at time: Int64? = 0, change: (inout Post) -> Void = { _ in }
    ) -> StreamEvent {
        var post = Post()
        (post.id, post.author, post.tags, post.revision, post.time) = (
            id, author, tags, revision, time
        )
        change(&post)
        return .post(post)
    }

    private func edit(_ id: UInt64, _ tags: [String], revision: UInt64? = nil) -> StreamEvent {
        post(id, tags, revision: revision) { ($0.isEdit, $0.version) = (true, 1) }
    }

    private func delete(_ id: UInt64, revision: UInt64? = nil) -> StreamEvent {
        .deletion(post: id, revision: revision, time: nil)
    }

    private func tally(
        _ events: [StreamEvent], _ change: (inout CountingRules) -> Void = { _ in }
    ) throws -> Counts {
        var rules = CountingRules()
        change(&rules)
        var ledger = PostLedger(rules: rules)
        for event in events { ledger.record(event) }
        return try ledger.tally()
    }

    /// The list, best first: `key/spelling posts accounts`.
    private func list(_ tally: Counts, _ rank: RankOrder = .accounts) -> [String] {
        tally.tags.sorted(by: rank.precedes).map {
            "\($0.key)/\($0.spelling) \($0.posts) \($0.accounts)"
        }
    }

    @Test("counts a post once for each of its keys, and people once for each tag")
    func counts() throws {
        let tally = try tally([
            post(1, by: 1, ["Tide", "tide", "#TIDE", "kelp"]), post(2, by: 1, ["tide"]),
            post(3, by: 2, ["kelp", ""]), post(4, by: 2, []),
        ])
        #expect(list(tally) == ["kelp/kelp 2 2", "tide/Tide 2 1"])
        #expect([tally.posts, tally.tagged, tally.accounts, tally.read.ids] == [4, 3, 2, 4])
        #expect(tally.read.droppedTags == [.empty: 1])
    }

    @Test("counts a post without author, and no account for it")
    func anonymous() throws {
        let tally = try tally([
            post(1, by: nil, ["tide"]), post(2, by: nil, ["tide"]), post(3, by: 1, ["kelp"]),
        ])
        #expect(list(tally) == ["kelp/kelp 1 1", "tide/tide 2 0"])
        #expect(tally.accounts == 1)
        #expect(list(tally, .posts) == ["tide/tide 2 0", "kelp/kelp 1 1"])
    }

    @Test("lets the version hold that was delivered last, where there are no revisions")
    func lastDelivery() throws {
        #expect(list(try tally([post(1, ["a"]), edit(1, ["b"])])) == ["b/b 1 1"])
        #expect(list(try tally([edit(1, ["b"]), post(1, ["a"])])) == ["a/a 1 1"])
        let again = try tally([post(1, ["a"]), post(1, ["a"]), edit(1, ["b"]), edit(1, ["b"])])
        #expect(
            [again.posts, again.read.deliveries, again.read.duplicates, again.read.edits] == [
                1, 4, 2, 2,
            ])
    }

    @Test("lets the higher revision hold, in whatever order they come")
    func revisions() throws {
        let versions = [
            post(1, ["a"], revision: 1), edit(1, ["b"], revision: 2), edit(1, ["c"], revision: 3),
        ]
        for order in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
            #expect(list(try tally(order.map { versions[$0] })) == ["c/c 1 1"])
        }
        #expect(
            list(try tally([post(1, ["a"], revision: 1), post(1, ["b"], revision: 1)])) == [
                "a/a 1 1"
            ])
    }

    @Test("takes deleted posts out, whichever comes first")
    func deletions() throws {
        for events in [
            [post(1, ["a"]), delete(1)], [delete(1), post(1, ["a"])],
            [delete(1), post(1, ["a"]), edit(1, ["b"]), delete(1)],
        ] {
            let tally = try tally(events)
            #expect(list(tally) == [])
            #expect([tally.posts, tally.read.deleted, tally.read.ids] == [0, 1, 1])
            #expect(try self.tally(events) { $0.keepDeleted = true }.posts == 1)
        }
        #expect(try tally([delete(2), post(1, ["a"])]).posts == 1)
    }

    @Test("takes out the versions below the revision of a deletion, in whatever order they come")
    func deletionsByRevision() throws {
        let events = [
            post(1, ["a"], revision: 1), delete(1, revision: 2), post(1, ["b"], revision: 3),
            delete(1, revision: 4),
        ]
        for order in [[0, 1, 2, 3], [3, 2, 1, 0], [1, 3, 0, 2], [2, 0, 3, 1]] {
            #expect(try tally(order.map { events[$0] }).posts == 0)
            // Made again behind its deletion, a post counts.
            #expect(list(try tally(order.filter { $0 < 3 }.map { events[$0] })) == ["b/b 1 1"])
        }
        #expect(try tally([post(1, ["a"], revision: 2), delete(1, revision: 2)]).posts == 1)
    }

    @Test("takes out a removed account's posts that are not later, whichever comes first")
    func removals() throws {
        let posts = [
            post(1, ["a"], at: 9), post(2, ["b"], at: 10), post(3, ["c"], at: 11),
            post(4, by: 2, ["d"], at: 1), post(5, ["e"], at: nil),
        ]
        let removal = StreamEvent.accountRemoval(author: 1, time: 10)
        for events in [
            posts + [removal], [removal] + posts,
            posts + [removal, .accountRemoval(author: 1, time: 3)],
        ] {
            let tally = try tally(events)
            #expect(list(tally) == ["c/c 1 1", "d/d 1 1"])
            #expect(tally.read.removedWithAccount == 3)
            #expect(try self.tally(events) { $0.keepDeleted = true }.posts == 5)
        }
    }

    @Test("calls a post deleted that was deleted and removed, whatever was said first")
    func oneReason() throws {
        let removal = StreamEvent.accountRemoval(author: 1, time: 10)
        for events in [
            [post(1, ["a"]), delete(1), removal], [removal, delete(1), post(1, ["a"])],
        ] {
            let read = try tally(events).read
            #expect([read.deleted, read.removedWithAccount] == [1, 0])
        }
    }

    @Test("drops a post for the first reason that fits, in their order")
    func filters() throws {
        let english = try #require(Language("en"))
        let all = post(1, (0..<11).map { "t\($0)" }) {
            ($0.isRepost, $0.isSensitive, $0.isBot) = (true, true, true)
        }
        var allowed: [(inout CountingRules) -> Void] = []
        let steps: [(PostDropReason, (inout CountingRules) -> Void)] = [
            (.repost, { $0.includeReposts = true }), (.language, { $0.languages = nil }),
            (.maxTags, { $0.maxTags = 0 }),
            (.sensitive, { $0.includeSensitive = true }), (.bot, { $0.includeBots = true }),
        ]
        #expect(steps.map(\.0) == PostDropReason.allCases)
        for (reason, allow) in steps {
            let tally = try tally([all]) { rules in
                rules.languages = [english]
                for change in allowed { change(&rules) }
            }
            #expect(tally.read.droppedPosts == [reason: 1])
            #expect([tally.posts, tally.accounts, tally.tagCount] == [0, 0, 0])
            allowed.append(allow)
        }
        #expect(try tally([all]) { rules in for change in allowed { change(&rules) } }.posts == 1)
    }

    @Test(
        "asks any of a post's languages, and drops a post without one",
        arguments: [(["en"], true), (["de", "en"], true), (["de"], false), ([], false)]
            as [([String], Bool)])
    func languages(languages: [String], counts: Bool) throws {
        let english = try #require(Language("en"))
        let event = post(1, ["a"]) { $0.languages = Languages(languages.compactMap(Language.init)) }
        #expect(try tally([event]) { $0.languages = [english] }.posts == (counts ? 1 : 0))
        #expect(try tally([event]).posts == 1)
    }

    @Test("counts a post that names a language twice once in it")
    func languageTwice() throws {
        let (english, german) = (try #require(Language("en")), try #require(Language("de")))
        let event = post(1, []) { $0.languages = [english, german, english] }
        #expect(try tally([event, event]).read.languages == [english: 1, german: 1])
    }

    @Test(
        "limits the distinct keys of a post, by those that count",
        arguments: [(0, 40, true), (10, 10, true), (10, 11, false), (1, 1, true), (1, 2, false)])
    func maxTags(limit: Int, keys: Int, counts: Bool) throws {
        let tags = (0..<keys).flatMap { ["tag\($0)x", "TAG\($0)X"] } + ["1", "$x", ""]
        let tally = try tally([post(1, tags)]) { $0.maxTags = limit }
        #expect(tally.posts == (counts ? 1 : 0))
        #expect(tally.tagCount == (counts ? keys : 0))
    }

    @Test("judges the version that holds, not the ones before")
    func filtersByVersion() throws {
        let many = (0..<11).map { "t\($0)" }
        #expect(list(try tally([post(1, many), edit(1, ["a"])])) == ["a/a 1 1"])
        #expect(try tally([post(1, ["a"]), edit(1, many)]).read.droppedPosts == [.maxTags: 1])
    }

    @Test("shows the spelling most posts gave, and of equals the first by scalars")
    func spellings() throws {
        #expect(
            list(try tally([post(1, ["TIDE"]), post(2, ["Tide"]), post(3, ["Tide"])])) == [
                "tide/Tide 3 1"
            ])
        #expect(
            list(try tally([post(1, ["tide"]), post(2, ["Tide"]), post(3, ["TIDE"])])) == [
                "tide/TIDE 3 1"
            ])
        // One post gives one spelling, its first.
        #expect(
            list(try tally([post(1, ["tide", "Tide", "Tide"]), post(2, ["tide"])])) == [
                "tide/tide 2 1"
            ]
        )
        // Two normal forms of one text are two spellings.
        let forms = try tally([post(1, ["cafe\u{301}"]), post(2, ["café"]), post(3, ["café"])])
        #expect(forms.tags.map { bytes($0.spelling) } == [bytes("café")])
        // A spelling whose post was taken out does not count.
        #expect(
            list(
                try tally([
                    post(1, ["TIDE"]), post(2, ["tide"]), post(3, ["TIDE"]), delete(1), delete(3),
                ])) == ["tide/tide 1 1"])
    }

    @Test("ranks by accounts, posts, key; or by posts, accounts, key")
    func ranks() throws {
        let events = [
            post(1, by: 1, ["two", "b", "a", "é"]), post(2, by: 2, ["two", "many"]),
            post(3, by: 2, ["many"]), post(4, by: 2, ["many"]), post(5, by: 1, ["zz"]),
            post(6, by: 1, ["zz"]),
        ]
        #expect(
            list(try tally(events)) == [
                "two/two 2 2", "many/many 3 1", "zz/zz 2 1", "a/a 1 1", "b/b 1 1", "é/é 1 1",
            ])
        #expect(
            list(try tally(events), .posts) == [
                "many/many 3 1", "two/two 2 2", "zz/zz 2 1", "a/a 1 1", "b/b 1 1", "é/é 1 1",
            ])
    }

    @Test("lists what block and allow lists and the minimum let through")
    func lists() throws {
        func listed(_ change: (inout CountingRules) -> Void) throws -> [String] {
            try tally(
                [
                    post(1, by: 1, ["tide", "tidal", "kelp"]), post(2, by: 2, ["tide", "kelp"]),
                    post(3, by: nil, ["anon"]),
                ], change
            ).tags.map(\.key)
        }
        #expect(try listed { _ in } == ["kelp", "tide", "tidal", "anon"])
        #expect(try listed { $0.blocked = [TagPattern("TID*")] } == ["kelp", "anon"])
        #expect(try listed { $0.allowed = [TagPattern("TID*")] } == ["tide", "tidal"])
        #expect(
            try listed {
                ($0.allowed, $0.blocked) = ([TagPattern("tid*")], [TagPattern("tide")])
            } == ["tidal"])
        #expect(try listed { $0.minimumAccounts = 2 } == ["kelp", "tide"])
        #expect(try listed { $0.minimumAccounts = 0 } == ["kelp", "tide", "tidal", "anon"])
    }

    @Test("counts what it holds back by reason, and keeps the tail whatever the minimum")
    func heldBack() throws {
        let tally = try tally([
            post(1, by: 1, ["tide", "kelp", "wrack"]), post(2, by: 2, ["tide", "wrack"]),
            post(3, by: 3, ["wrack"]),
        ]) {
            $0.blocked = [TagPattern("tide")]
            $0.minimumAccounts = 3
        }
        #expect(tally.heldBack == [.blocked: 1, .fewAccounts: 1])
        #expect(tally.tags.map(\.key) == ["wrack"])
        #expect(tally.tail.map(\.key) == ["wrack"])
        #expect(tally.tagCount == 3)
    }

    @Test("counts the same after any shuffling and any repetition of events with revisions")
    func orderDoesNotMatter() throws {
        var random = SeededRandom(15)
        let tags = ["tide", "Tide", "kelp", "KELP", "wrack", "1", "$x", "café", "cafe\u{301}"]
        var events: [StreamEvent] = []
        for number in UInt64(1)...300 {
            let id = number % 90
            let chosen = (0..<Int.random(in: 0...4, using: &random)).compactMap { _ in
                tags.randomElement(using: &random)
            }
            switch Int.random(in: 0..<10, using: &random) {
            case 0: events.append(delete(id, revision: number))
            case 1: events.append(.accountRemoval(author: id % 17, time: Int64(number)))
            default:
                events.append(post(id, by: id % 17, chosen, revision: number, at: Int64(number)))
            }
        }
        let expected = try tally(events)
        #expect(expected.posts > 20 && expected.read.deleted > 2)
        for _ in 0..<40 {
            let found = try tally(
                (events + events.filter { _ in Bool.random(using: &random) }).shuffled(
                    using: &random))
            #expect(list(found) == list(expected))
            #expect(
                [found.posts, found.tagged, found.accounts, found.read.ids] == [
                    expected.posts, expected.tagged, expected.accounts, expected.read.ids,
                ])
            #expect(found.read.droppedPosts == expected.read.droppedPosts)
            #expect(
                found.read.deleted + found.read.removedWithAccount == expected.read.deleted
                    + expected.read.removedWithAccount)
        }
    }

    @Test("forgets languages rather than grow without bound")
    func manyLanguageSets() throws {
        var sets = LanguageSets()
        var last: UInt16 = 0
        for number in 0..<70_000 {
            last = sets.number(of: Languages(Language("a\(number)")))
        }
        #expect(last == .max)
        #expect(sets[last] == [])
        #expect(sets[7].map(\.description) == ["a7"])
    }

    @Test(
        "takes out a Mastodon post by its id, however the id is written",
        arguments: ["12345", "01HQ5ZK6", "AbCd"])
    func mastodonDeletion(id: String) throws {
        let status = #"{"id":"\#(id)","content":"","tags":[{"name":"a"}]}"#
        for deletion in [
            "event: delete\ndata: \(id)\n\n", #"{"event":"delete","payload":"\#(id)"}"# + "\n",
        ] {
            #expect(try TallyTests.tally(status + "\n" + deletion, as: .mastodon).posts == 0)
            #expect(try TallyTests.tally(deletion + status + "\n", as: .mastodon).posts == 0)
        }
        #expect(
            try TallyTests.tally(status + "\nevent: delete\ndata: 999\n\n", as: .mastodon).posts
                == 1)
    }
}
