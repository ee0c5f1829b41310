import Support
import Testing

@testable import Decode
@testable import Hashtags
@testable import Links
@testable import Tally

/// What was written and given with listed hashtags, against the slow count and in every split and order.
@Suite("Context")
struct ContextTests {
    private static let rules: CountingRules = {
        var rules = CountingRules()
        rules.context = ContextRules()
        rules.context?.minimumAccounts = 2
        return rules
    }()

    private static func network(_ format: PostFormat) -> Network {
        switch format {
        case .jetstream: .bluesky
        case .v1, .v2, .text: .x
        case .mastodon: .mastodon
        }
    }

    private func ledger(
        _ lines: some Sequence<(order: UInt64, text: String)>, as format: PostFormat,
        identity: Identity, rules: CountingRules = rules, byteBudget: Int = 1000
    ) -> PostLedger {
        var ledger = PostLedger(rules: rules, byteBudget: byteBudget)
        for line in lines {
            var reader = EventReader(
                format: format, grammar: nil, identity: identity, links: rules.context?.links)
            ledger.begin(at: line.order)
            bytes(line.text + "\n").withUnsafeBytes { reader.feed($0, to: &ledger) }
            reader.finish(to: &ledger)
        }
        return ledger
    }

    /// As `ReferenceCount` puts it.
    private func comparable(_ contexts: [TagContext]) -> [String] {
        let hex = ReferenceCount.hex
        return contexts.flatMap { context in
            context.related.map { "\(hex(context.tag)) \(hex($0.tag)) \($0.accounts)" }
                + context.links.map {
                    "\(hex(context.tag)) \($0.address) [\(hex($0.title))] \($0.accounts)"
                }
        }
    }

    @Test(
        "agrees with the slow count on random and damaged streams, in any parts and order",
        arguments: [PostFormat.jetstream, .v1, .mastodon], [false, true])
    func agrees(format: PostFormat, countsAll: Bool) throws {
        var links = 0
        for seed in UInt64(1)...8 {
            var generator = StreamGenerator(random: SeededRandom(seed * 104_729))
            var rules = Self.rules
            if countsAll {
                (rules.includeReposts, rules.keepDeleted, rules.includeSensitive) =
                    (true, true, true)
                (rules.includeBots, rules.maxTags) = (true, 0)
            }
            var slow = ReferenceCount(rules: rules)
            var lines: [(order: UInt64, text: String)] = []
            for order in 0..<UInt64(200) {
                let line = generator.line(format)
                slow.add(line, as: format)
                lines.append((order, line.text))
            }
            let identity = Identity()
            let whole = try ledger(lines, as: format, identity: identity, rules: rules).tally()
            let listed = Array(whole.tags.prefix(6))
            let expected = slow.context(of: listed.map(\.key), on: Self.network(format))
            let found = try comparable(whole.context(of: listed))
            #expect(found == expected, "seed \(seed)")
            links += found.count { $0.contains("https:") }
            // Where the version delivered last holds, every line has its place.
            let parts = (0..<3).map { part in
                ledger(
                    lines.filter { Int($0.order) % 3 == part }, as: format, identity: identity,
                    rules: rules)
            }
            let merged = try LedgerResolution(parts, workers: 2).tally(keeping: 10)
            #expect(
                try comparable(merged.context(of: listed)) == expected, "seed \(seed), in parts")
        }
        #expect(links > 2)
    }

    /// Posts by accounts of their own, which give tags and addresses.
    private func posts(
        _ groups: [(accounts: Range<UInt64>, tags: [String], links: [PostLink])],
        _ change: (inout CountingRules) -> Void = { _ in }
    ) throws -> Counts {
        var rules = CountingRules()
        rules.context = ContextRules()
        change(&rules)
        var ledger = PostLedger(rules: rules)
        var id: UInt64 = 0
        for group in groups {
            for account in group.accounts {
                id += 1
                var post = Post()
                (post.id, post.author) = (
                    id &* 0x9E37_79B9_7F4A_7C15, account &* 0xBF58_476D_1CE4_E5B9
                )
                (post.tags, post.links) = (group.tags, group.links)
                ledger.record(.post(post))
            }
        }
        return try ledger.tally()
    }

    private func link(_ address: String, _ title: String = "") -> PostLink {
        PostLink(address: address, title: title)
    }

    @Test func `keeps the ten strongest others, and beyond them listed ones with three accounts`()
        throws
    {
        let others = (0..<14).map { "other\(String($0, radix: 16))" }
        let groups = others.enumerated().map { index, other in
            (accounts: UInt64(0)..<UInt64(20 - index), tags: ["tide", other], links: [PostLink]())
        }
        let counts = try posts(
            groups + [(0..<3, ["tide", "listed"], []), (0..<2, ["tide", "faint"], [])])
        func context(_ listed: String...) throws -> [String] {
            try counts.context(of: counts.tags.filter { listed.contains($0.key) })
                .first { $0.tag == "tide" }?.related.map { "\($0.tag) \($0.accounts)" } ?? []
        }
        let strongest = others.prefix(10).enumerated().map { "\($1) \(20 - $0)" }
        #expect(try context("tide") == strongest)
        #expect(
            try context("tide", "listed", "faint", "otherb")
                == strongest + ["otherb 9", "listed 3"])
    }

    @Test func `tells no other that may not be listed`() throws {
        let counts = try posts([(0..<9, ["tide", "advert", "kelp"], [])]) {
            $0.blocked = [TagPattern("adv*")]
        }
        #expect(try counts.context(of: [counts.tags[1]]).first?.related.map(\.tag) == ["kelp"])
    }

    @Test func `keeps one address of a host, or as many as are as strong, and five in all`() throws
    {
        let counts = try posts([
            (0..<12, ["tide"], [link("https://a.example/1"), link("https://b.example/2")]),
            (0..<10, ["tide"], [link("https://a.example/2"), link("https://c.example/")]),
            (0..<12, ["tide"], [link("https://b.example/1")]),
            (0..<9, ["tide"], [link("https://d.example/")]),
            (0..<8, ["tide"], [link("https://e.example/")]),
            (0..<7, ["tide"], [link("https://f.example/")]),
        ])
        #expect(
            try counts.context(of: counts.tags).first?.links.map { "\($0.address) \($0.accounts)" }
                == [
                    "https://a.example/1 12", "https://b.example/1 12", "https://b.example/2 12",
                    "https://c.example/ 10", "https://d.example/ 9",
                ])
    }

    @Test func `needs five people for an address, and one in twenty of the hashtag's`() throws {
        let few = try posts([
            (0..<5, ["tide"], [link("https://a.example/")]),
            (0..<4, ["tide"], [link("https://b.example/")]), (0..<100, ["tide"], []),
        ])
        #expect(try few.context(of: few.tags).first?.links.map(\.address) == ["https://a.example/"])
        let many = try posts([
            (0..<5, ["tide"], [link("https://a.example/")]),
            (0..<6, ["tide"], [link("https://b.example/")]), (0..<101, ["tide"], []),
        ])
        #expect(
            try many.context(of: many.tags).first?.links.map(\.address) == ["https://b.example/"])
        // The same account over and over is one.
        let one = try posts(
            Array(repeating: (0..<1, ["tide"], [link("https://a.example/")]), count: 50))
        #expect(try one.context(of: one.tags).first?.links == [])
    }

    @Test func `tells the title that as many people delivered, the first by scalars of equals`()
        throws
    {
        func title(_ groups: [(Range<UInt64>, String)]) throws -> String? {
            let counts = try posts(
                groups.map { ($0.0, ["tide"], [link("https://a.example/", $0.1)]) })
            return try counts.context(of: counts.tags).first?.links.first?.title
        }
        #expect(try title([(0..<4, "One"), (4..<8, "Two")]) == "")
        #expect(try title([(0..<5, "Two"), (5..<10, "One"), (10..<14, "A")]) == "One")
        #expect(try title([(0..<6, "Two"), (6..<11, "One")]) == "Two")
    }

    @Test func `is nothing that was not asked for`() throws {
        let group = [
            (accounts: UInt64(0)..<9, tags: ["tide", "kelp"], links: [link("https://a.example/")])
        ]
        let none = try posts(group) { $0.context = nil }
        #expect(try none.context(of: none.tags) == [])
        let linked = try posts(group) { $0.context?.related = false }
        #expect(
            try linked.context(of: linked.tags).allSatisfy {
                $0.related.isEmpty && !$0.links.isEmpty
            })
    }

    @Test func `of many addresses that a few people make up stays small`() throws {
        let all = (0..<400).map { page in
            (
                accounts: UInt64(0)..<5, tags: ["tide"],
                links: (0..<100).map { link("https://h\(page % 50).example/\(page)/\($0)") }
            )
        }
        let counts = try posts(all)
        #expect(
            try counts.context(of: counts.tags).first?.links.map(\.address)
                == (0..<5).map { "https://h0.example/0/\([0, 1, 10, 11, 12][$0])" })
    }
}
