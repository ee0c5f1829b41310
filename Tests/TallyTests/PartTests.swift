import Calendar
import Foundation
import Snapshot
import Support
import Testing

@testable import Decode
@testable import Tally

/// A slot in parts: however it is split and in whatever order its parts come, the counts are those of the whole.
@Suite("Parts")
struct PartTests {
    private static let slot = Schedule.everySixHours.slot(
        containing: Timestamp(secondsSinceEpoch: 1_795_000_000))

    private static func secret(_ text: String = "a secret of many bytes") throws -> PartSecret {
        try #require(PartSecret(bytes(text)))
    }

    private static var rules: CountingRules {
        var rules = CountingRules()
        rules.context = ContextRules()
        rules.context?.minimumAccounts = 1
        return rules
    }

    private static func map(
        _ format: PostFormat, _ change: (inout PartMap) throws -> Void = { _ in }
    ) throws -> PartMap {
        var map = PartMap(
            format: format, grammar: nil, rules: rules, tables: "15", secret: try secret(),
            source: "wire", schedule: .everySixHours, slot: slot)
        try change(&map)
        return map
    }

    /// Posts of few ids, so that they are repeated, edited, deleted and removed with their accounts.
    private static func lines(_ format: PostFormat, _ generator: inout StreamGenerator) -> [String]
    {
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

    /// Everything that is counted.
    private struct Numbers: Equatable {
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

    @Test("in any split and order add up to the whole", arguments: PostFormat.allCases)
    func anySplit(format: PostFormat) throws {
        var generator = StreamGenerator(random: SeededRandom(18))
        for round in 0..<100 {
            let folder = "\(NSTemporaryDirectory())/tidemark-parts-\(UUID())"
            defer { try? FileManager.default.removeItem(atPath: folder) }
            // The same lines for ten rounds.
            if round % 10 == 0 { generator.random = SeededRandom(UInt64(18 + round)) }
            let lines = Self.lines(format, &generator)
            try write(lines.joined(separator: "\n") + "\n", to: "\(folder)/whole")
            let whole = try Numbers(
                Recording(paths: ["\(folder)/whole"], format: format)
                    .tally(rules: Self.rules, keeping: 100))
            #expect(whole.counts[0] > 0)

            let count = 1 + generator.below(7)
            let isOrdered = format != .text
            var splits = [[String]](repeating: [], count: count)
            for (place, line) in lines.enumerated() {
                // Splits are runs, in the order of their names: the generator gives one version several texts.
                let split = isOrdered ? place * count / lines.count : generator.below(count)
                splits[split].append(line)
            }
            var made: [String] = []
            let width: PartWidth = round % 2 == 0 ? .narrow : .wide
            for (number, split) in splits.enumerated().shuffled(using: &generator.random) {
                let path = "\(folder)/split-\(number)"
                try write(split.map { $0 + "\n" }.joined(), to: path)
                made += try Self.map(format) { $0.width = width }.map(
                    [PartMap.Split(path: path, name: "split-\(number)")], to: folder
                ).map(\.path)
            }
            // Some are delivered twice.
            made += made.filter { _ in generator.chance(3) }
            let parts = try PartSet(
                made.shuffled(using: &generator.random), rules: Self.rules, tables: "15")
            let counted = try Numbers(parts.tally(keeping: 100, workers: 1 + generator.below(3)))
            #expect(counted == whole, "\(format), round \(round)")

            let tags = try Self.tags(of: made, in: folder) { 1 + generator.below(4) }
            let shared = try PartSet(
                made, rules: Self.rules, tables: "15",
                counted: tags.shuffled(using: &generator.random))
            #expect(
                try Numbers(shared.tally(keeping: 100, workers: 2)) == whole,
                "\(format), round \(round), in shares")
        }
    }

    /// What shares of posts, then of hashtags, are worked out to, so many of each as `count` says.
    private static func tags(
        of parts: [String], in folder: String, _ count: () -> Int
    ) throws -> [String] {
        func shares(_ make: (PartShare) throws -> String) throws -> [String] {
            let count = count()
            return try (1...count).map { try make(#require(PartShare("\($0)/\(count)"))) }
        }
        let uses = try shares { share in
            try PartSet(parts.reversed(), rules: nil, tables: "15")
                .writeUses(of: share, in: folder, workers: count())
        }
        return try shares { share in
            try SlotUses(uses.reversed()).writeTags(of: share, in: folder, workers: count())
        }
    }

    /// A part of a few posts, in a folder of its own.
    private func withPart(
        _ body: (_ path: String, _ folder: String) async throws -> Void
    ) async throws {
        try await withTemporaryFolder { folder in
            var generator = StreamGenerator(random: SeededRandom(3))
            let lines = Self.lines(.jetstream, &generator).map { $0 + "\n" }.joined()
            try write(lines, to: "\(folder)/posts")
            let made = try Self.map(.jetstream).map(
                [PartMap.Split(path: "\(folder)/posts", name: "posts")], to: folder)
            #expect(made.map(\.path) == ["\(folder)/20261118T06Z/posts.part"])
            try await body(made[0].path, folder)
        }
    }

    @Test func `Shares that are missing, altered, or of another counting are refused`() async throws
    {
        try await withPart { path, folder in
            func uses(
                _ share: String, of parts: [String], keepsDeleted: Bool = false
            ) throws -> String {
                try PartSet(parts, rules: nil, keepsDeleted: keepsDeleted, tables: "15")
                    .writeUses(of: #require(PartShare(share)), in: folder, workers: 1)
            }
            let half = try uses("2/2", of: [path])
            #expect(throws: TallyError.part(.missingShares(["1/2"], made: "tidemark part posts"))) {
                try SlotUses([half])
            }
            let whole = try uses("1/1", of: [path])
            #expect(
                throws: TallyError.part(
                    .otherShares(path: half, other: whole, made: "tidemark part posts"))
            ) { try SlotUses([whole, half]) }

            let tags = try SlotUses([whole]).writeTags(of: .whole, in: folder, workers: 1)
            func tally(_ parts: [String], _ change: (inout CountingRules) -> Void = { _ in }) throws
            {
                var rules = Self.rules
                change(&rules)
                _ = try PartSet(parts, rules: rules, tables: "15", counted: [tags]).tally(
                    workers: 1)
            }
            try tally([path])
            #expect(throws: TallyError.part(.keepsDeleted(path: tags, its: false))) {
                try tally([path]) { $0.keepDeleted = true }
            }
            let further = try Self.map(.jetstream).map(
                [PartMap.Split(path: "\(folder)/posts", name: "further")], to: folder)[0].path
            #expect(
                throws: TallyError.part(.otherParts(path: tags, made: "tidemark part posts"))
            ) { try tally([path, further]) }

            for (path, check) in [
                (
                    whole,
                    { _ = try SlotUses([whole]).writeTags(of: .whole, in: folder, workers: 1) }
                ),
                (tags, { try tally([path]) }),
            ] as [(String, () throws -> Void)] {
                let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: path)))
                for place in stride(from: 0, to: bytes.count, by: 7) {
                    var altered = bytes
                    altered[place] ^= UInt8(1 << (place % 8))
                    try write(altered, to: path)
                    #expect(throws: TallyError.self, "\(path), \(place)") { try check() }
                }
                try write(bytes, to: path)
            }
        }
    }

    @Test(
        "A share has a number from 1 to how many there are",
        arguments: [
            ("1/1", true), ("256/256", true), ("0/1", false), ("2/1", false), ("1/257", false),
            ("1", false), ("1/2/3", false), ("+1/2", false), ("/", false), ("", false),
        ])
    func shares(text: String, isOne: Bool) {
        #expect(PartShare(text).map { "\($0)" } == (isOne ? text : nil))
    }

    private func tally(_ path: String) throws -> Counts {
        try PartSet([path], rules: Self.rules, tables: "15").tally(workers: 1)
    }

    @Test func `One that is cut off anywhere, or longer, is refused`() async throws {
        try await withPart { path, folder in
            let whole = try Data(contentsOf: URL(fileURLWithPath: path))
            for length in Array(stride(from: 0, to: whole.count, by: 5)) + [whole.count - 1] {
                try write(Array(whole.prefix(length)), to: "\(folder)/cut")
                #expect(throws: TallyError.self, "\(length)") { try tally("\(folder)/cut") }
            }
            try write(Array(whole) + [0], to: "\(folder)/long")
            #expect(throws: TallyError.part(.torn(path: "\(folder)/long"))) {
                try tally("\(folder)/long")
            }
        }
    }

    @Test func `One of which any byte is another is refused`() async throws {
        try await withPart { path, folder in
            let whole = Array(try Data(contentsOf: URL(fileURLWithPath: path)))
            for place in stride(from: 0, to: whole.count, by: 3) {
                var altered = whole
                altered[place] ^= UInt8(1 << (place % 8))
                try write(altered, to: "\(folder)/altered")
                #expect(throws: TallyError.self, "\(place)") { try tally("\(folder)/altered") }
            }
        }
    }

    @Test func `One of a later version is refused by its number`() async throws {
        try await withPart { path, folder in
            var part = Array(try Data(contentsOf: URL(fileURLWithPath: path)))
            part[PartFormat.magicLength] = 2
            try write(part, to: path)
            #expect(throws: TallyError.part(.version(path: path, found: 2))) { try tally(path) }
            try write("{}\n", to: path)
            #expect(throws: TallyError.part(.noPart(path: path, made: "tidemark part map"))) {
                try tally(path)
            }
        }
    }

    @Test(
        "of another secret, rule, table, slot, source or grammar are refused by its name",
        arguments: [
            PartError.Difference.secret, .rules, .links, .tables, .slot, .source, .grammar, .format,
            .width,
        ])
    func others(what: PartError.Difference) async throws {
        try await withPart { path, folder in
            let other = try Self.map(what == .format ? .v1 : .jetstream) { map in
                switch what {
                case .secret: map.secret = try Self.secret("another of many bytes")
                case .rules: map.rules.maxTags = 3
                case .links: map.rules.context?.links = nil
                case .tables: map.tables = "16"
                case .slot: map.slot = Self.slot.next
                case .source: map.source = "other"
                case .grammar: map.grammar = .mastodon
                case .width: map.width = .wide
                case .format: break
                }
            }.map([PartMap.Split(path: "\(folder)/posts", name: "zother")], to: "\(folder)/other")
            let found = #expect(throws: TallyError.self) {
                try PartSet([path, other[0].path], rules: Self.rules, tables: "15")
            }
            guard case .part(.other(other[0].path, what, _, _))? = found else {
                Issue.record("\(String(describing: found))")
                return
            }
        }
    }

    /// Blocks that are signed as they should be, and hold what no part does.
    @Test(
        "A hashtag that is not spelled so, or lies in another partition, is refused",
        arguments: [
            (key: "tide", spelling: "Tide", isSound: true), ("tide", "Kelp", false),
            ("Tide", "Tide", false), ("tide", "", false), ("ß", "ß", false), ("ss", "ß", true),
            ("a tide", "a tide", false), ("123", "123", false),
        ])
    func hostile(key: String, spelling: String, isSound: Bool) async throws {
        try await withPart { path, folder in
            var tags: [UInt8] = []
            bytes(key).withUnsafeBytes { key in
                bytes(spelling).withUnsafeBytes { spelling in
                    LedgerEntry.encode(.counts(key: key, spelling: spelling), to: &tags)
                }
            }
            var block: [UInt8] = []
            var entry = LedgerEntry(post: 1)
            entry.languages = .max
            tags.withUnsafeBytes { entry.write(to: &block, tags: $0) }
            let made = "\(folder)/made.part"
            var writing = try BlockWriting(PartFile(path).header, to: made)
            try writing.begin()
            try writing.append(block, to: 0)
            _ = try writing.finish(replacing: true)
            for workers in 1...2 {
                func counts() throws -> Counts {
                    try PartSet([made], rules: Self.rules, tables: "15").tally(workers: workers)
                }
                if isSound {
                    #expect(try counts().tagCount == 1)
                } else {
                    #expect(
                        throws: TallyError.part(
                            .unfit(
                                path: made,
                                reason: spelling.isEmpty
                                    ? "a text of 0 bytes" : "a spelling that is not of its hashtag")
                        )
                    ) { try counts() }
                }
            }

            // The same among what a share of posts is made into, in whatever partition but one.
            var use: [UInt8] = []
            bytes(key).withUnsafeBytes { key in
                bytes(spelling).withUnsafeBytes { spelling in
                    TagUse(key: key, spelling: spelling, author: 7, tail: nil).write(to: &use)
                }
            }
            let header = ShareFile.Header(
                parts: String(repeating: "ab", count: 32), share: "1/1", keepsDeleted: false,
                counts: ResolvedCounts())
            var sound = 0
            for partition in 0..<SpillLog.partitionCount {
                let uses = "\(folder)/1-of-1.uses"
                var writing = try BlockWriting(header, .uses, to: uses)
                try writing.begin()
                try writing.append(use, to: partition)
                _ = try writing.finish(replacing: true)
                let tags = try? SlotUses([uses]).writeTags(of: .whole, in: folder, workers: 1)
                if tags != nil { sound += 1 }
            }
            #expect(sound == (isSound ? 1 : 0))
        }
    }

    @Test func `Ids that share their first halves are told apart by the second ones`() async throws
    {
        try await withPart { path, folder in
            var block: [UInt8] = []
            var tags: [UInt8] = []
            bytes("tide").withUnsafeBytes {
                LedgerEntry.encode(.counts(key: $0, spelling: $0), to: &tags)
            }
            // Each of two posts, by two people, twice; then one of them is deleted.
            for (number, tail) in [1, 2, 1, 2, 1].enumerated() {
                var entry = LedgerEntry(post: 1)
                (entry.languages, entry.isDeletion) = (.max, number == 4)
                (entry.author, entry.version) = (5, 1)
                entry.tails = EventTails(post: UInt64(tail), author: UInt64(tail))
                let own = entry.isDeletion ? [] : tags
                own.withUnsafeBytes { entry.write(to: &block, tags: $0) }
            }
            var header = try PartFile(path).header
            (header.width, header.read) = (128, .init())
            let made = "\(folder)/made.part"
            var writing = try BlockWriting(header, to: made)
            try writing.begin()
            try writing.append(block, to: 0)
            _ = try writing.finish(replacing: true)
            for keepsDeleted in [true, false] {
                var rules = Self.rules
                rules.keepDeleted = keepsDeleted
                let uses = try PartSet(
                    [made], rules: nil, keepsDeleted: keepsDeleted, tables: "15"
                ).writeUses(of: .whole, in: folder, workers: 2)
                let counted = try SlotUses([uses]).writeTags(of: .whole, in: folder, workers: 2)
                for files in [[], [counted]] {
                    let counts = try PartSet(
                        [made], rules: rules, tables: "15", counted: files
                    ).tally(workers: 2)
                    let expected = keepsDeleted ? 2 : 1
                    #expect(counts.posts == expected && counts.accounts == expected)
                    #expect(counts.tags.first?.accounts == expected)
                    #expect(counts.read.ids == 2 && counts.read.duplicates == 2)
                }
            }

            // What says that it has ids of another width than it has is refused.
            header.width = 64
            var other = try BlockWriting(header, to: made)
            try other.begin()
            try other.append(block, to: 0)
            _ = try other.finish(replacing: true)
            #expect(
                throws: TallyError.part(.unfit(path: made, reason: "ids of another width"))
            ) { try tally(made) }
        }
    }

    @Test func `More parts than have places of their own are refused`() async throws {
        try await withPart { path, folder in
            let part = try PartFile(path)
            let copies = (0...PartFormat.mostParts).map { number in
                var copy = part
                copy.header.name = "\(number)"
                return copy
            }
            #expect(throws: TallyError.part(.tooMany(path: path, count: 65_537))) {
                try PartSet(of: copies, rules: Self.rules, tables: "15")
            }
            let most = try PartSet(of: copies.dropLast(), rules: Self.rules, tables: "15")
            #expect(most.parts.count == 65_536)
        }
    }

    @Test func `The same posts make the same part; others do not take its name unasked`()
        async throws
    {
        try await withPart { path, folder in
            let split = PartMap.Split(path: "\(folder)/posts", name: "posts")
            let before = try Data(contentsOf: URL(fileURLWithPath: path))
            _ = try Self.map(.jetstream).map([split], to: folder)
            #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == before)

            try write("{}\n", to: split.path)
            #expect(throws: TallyError.part(.taken(path: path))) {
                try Self.map(.jetstream).map([split], to: folder)
            }
            #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == before)
            _ = try Self.map(.jetstream) { $0.replaces = true }.map([split], to: folder)
            #expect(try tally(path).read.records == 1)
            let names = try FileManager.default.contentsOfDirectory(
                atPath: "\(folder)/20261118T06Z")
            #expect(names == ["posts.part"])
            #expect(
                try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
                    == 0o600)
        }
    }

    @Test func `Two of one name with other posts are not added up`() async throws {
        try await withPart { path, folder in
            try write("{}\n", to: "\(folder)/posts")
            let split = PartMap.Split(path: "\(folder)/posts", name: "posts")
            let other = try Self.map(.jetstream).map([split], to: "\(folder)/other")[0].path
            let found = #expect(throws: TallyError.self) {
                try PartSet([path, other], rules: Self.rules, tables: "15")
            }
            guard case .part(.namesake)? = found else {
                Issue.record("\(String(describing: found))")
                return
            }
        }
    }

    @Test
    func
        `Posts are of the slots that they tell, and records without a time of the one before or, at the beginning, behind`()
        async throws
    {
        try await withTemporaryFolder { folder in
            func status(_ id: Int, _ milliseconds: Int) -> String {
                #"{"id_str":"\#(id)","text":"x","timestamp_ms":"\#(milliseconds)","user":{"id_str":"1"},"#
                    + #""entities":{"hashtags":[{"text":"tide"}]}}"# + "\n"
            }
            let deletion = #"{"delete":{"status":{"id_str":"1"}}}"# + "\n"
            let start = 1_795_003_200_000
            try write(
                deletion + status(1, start - 1000) + status(2, start - 1) + status(1, start)
                    + "{\n" + status(3, start + 1), to: "\(folder)/posts")
            let made = try Self.map(.v1) { $0.slot = nil }.map(
                [PartMap.Split(path: "\(folder)/posts", name: "posts")], to: folder)
            #expect(
                made.map(\.path) == [
                    "\(folder)/20261118T06Z/posts.part", "\(folder)/20261118T12Z/posts.part",
                ])
            let counts = try made.map { try tally($0.path) }
            #expect(counts.map(\.posts) == [1, 2] && counts.map(\.read.deleted) == [1, 0])
            #expect(counts.map(\.read.invalid) == [0, 1])

            // What is no post is of any slot: of a split of nothing else there is no part.
            let notice = #"{"limit":{"track":1}}"# + "\n"
            try write(notice, to: "\(folder)/late")
            let late = [PartMap.Split(path: "\(folder)/late", name: "late")]
            #expect(try Self.map(.v1) { $0.slot = nil }.map(late, to: folder).isEmpty)
            try write(notice + status(4, start), to: "\(folder)/late")
            let behind = try Self.map(.v1) { $0.slot = nil }.map(late, to: folder)
            #expect(behind.map(\.records) == [2])

            try write(deletion + notice, to: "\(folder)/late")
            #expect(throws: PartError.timeless(path: "\(folder)/late", recordCount: 2)) {
                try Self.map(.v1) { $0.slot = nil }.map(late, to: folder)
            }
        }
    }

    @Test func `Nobody can be found again in another slot, or of another source`() throws {
        let secret = try Self.secret()
        var post = Post()
        (post.id, post.author) = (1, 2)
        func ids(_ slot: Slot, _ source: String, _ secret: PartSecret) -> [UInt64?] {
            let seal = secret.seal(slot: slot, source: source, name: "x", format: .v1)
            guard case .post(let sealed) = seal.seal(.post(post), number: 1) else { return [] }
            return [sealed.id, sealed.author]
        }
        let one = ids(Self.slot, "wire", secret)
        #expect(one == ids(Self.slot, "wire", try Self.secret()))
        let others = [
            ids(Self.slot.next, "wire", secret), ids(Self.slot, "sky", secret),
            ids(Self.slot, "wire", try Self.secret("another of many bytes")),
        ]
        for other in others { #expect(zip(one, other).allSatisfy { $0 != $1 }) }
        #expect(PartSecret(bytes("fifteen bytes!!")) == nil)
    }
}
