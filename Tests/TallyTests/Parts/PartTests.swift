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
    @Test("in any split and order add up to the whole", arguments: PostFormat.allCases)
    func anySplit(format: PostFormat) throws {
        var generator = StreamGenerator(random: SeededRandom(18))
        for round in 0..<100 {
            let folder = "\(NSTemporaryDirectory())/tidemark-parts-\(UUID())"
            defer { try? FileManager.default.removeItem(atPath: folder) }
            // The same lines for ten rounds.
            if round % 10 == 0 { generator.random = SeededRandom(UInt64(18 + round)) }
            let lines = PartFixture.lines(format, &generator)
            try write(lines.joined(separator: "\n") + "\n", to: "\(folder)/whole")
            let whole = try PartNumbers(
                Recording(paths: ["\(folder)/whole"], format: format)
                    .tally(rules: PartFixture.rules, keeping: 100))
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
                made += try PartFixture.map(format) { $0.width = width }.map(
                    [PartMap.Split(path: path, name: "split-\(number)")], to: folder
                ).map(\.path)
            }
            // Some are delivered twice.
            made += made.filter { _ in generator.chance(3) }
            let parts = try PartSet(
                made.shuffled(using: &generator.random), rules: PartFixture.rules, tables: "15")
            let counted = try PartNumbers(
                parts.tally(keeping: 100, workers: 1 + generator.below(3)))
            #expect(counted == whole, "\(format), round \(round)")

            let tags = try Self.tags(of: made, in: folder) { 1 + generator.below(4) }
            let shared = try PartSet(
                made, rules: PartFixture.rules, tables: "15",
                counted: tags.shuffled(using: &generator.random))
            #expect(
                try PartNumbers(shared.tally(keeping: 100, workers: 2)) == whole,
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

    @Test func `Shares that are missing, altered, or of another counting are refused`() async throws
    {
        try await PartFixture.withPart { path, folder in
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
                var rules = PartFixture.rules
                change(&rules)
                _ = try PartSet(parts, rules: rules, tables: "15", counted: [tags]).tally(
                    workers: 1)
            }
            try tally([path])
            #expect(throws: TallyError.part(.keepsDeleted(path: tags, its: false))) {
                try tally([path]) { $0.keepDeleted = true }
            }
            let further = try PartFixture.map(.jetstream).map(
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
        "Where 64 bits are too few for the posts of all parts together, that is said",
        arguments: [
            (posts: [600_000_000], width: 64, odds: nil), ([600_000_001], 64, "1 in 102;"),
            ([400_000_000, 400_000_000], 64, "1 in 58;"), ([1 << 40, 1 << 40], 64, "1 in 1;"),
            ([400_000_000, 400_000_000], 128, nil),
        ] as [(posts: [Int], width: Int, odds: String?)])
    func manyPosts(posts: [Int], width: Int, odds: String?) async throws {
        try await PartFixture.withPart { path, folder in
            let paths = try posts.enumerated().map { number, count in
                var header = try PartFile(path).header
                (header.name, header.width) = ("\(number)", width)
                header.read.deliveries = count
                let part = "\(folder)/\(number).part"
                let writing = try BlockWriting(header, to: part)
                try writing.begin()
                _ = try writing.finish(replacing: true)
                return part
            }
            let parts = try PartSet(paths, rules: PartFixture.rules, tables: "15")
            let doubt = try parts.width.doubt(of: parts.tally(workers: 1).read.deliveries)
            #expect((doubt == nil) == (odds == nil))
            if let odds {
                #expect(doubt?.contains("\(posts.reduce(0, +)) posts") == true)
                #expect(doubt?.contains(odds) == true, "\(doubt ?? "")")
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
}
