import Calendar
import Foundation
import Support
import Testing

@testable import Decode
@testable import Snapshot
@testable import Tally

@Suite("PartMap")
struct PartMapTests {
    @Test func `The same posts make the same part; others do not take its name unasked`()
        async throws
    {
        try await PartFixture.withPart { path, folder in
            let posts = "\(folder)/posts"
            let split = PartMap.Split(path: posts, name: "posts")
            let before = try Data(contentsOf: URL(fileURLWithPath: path))
            _ = try PartFixture.map(.jetstream).map([split], to: folder)
            #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == before)

            try write("{}\n", to: posts)
            #expect(throws: TallyError.part(.taken(path: path))) {
                try PartFixture.map(.jetstream).map([split], to: folder)
            }
            #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == before)
            _ = try PartFixture.map(.jetstream) { $0.replaces = true }.map([split], to: folder)
            #expect(try PartFixture.tally(path).read.records == 1)
            let names = try FileManager.default.contentsOfDirectory(
                atPath: "\(folder)/20261118T06Z")
            #expect(names == ["posts.part"])
            #expect(
                try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
                    == 0o600)
        }
    }

    @Test func `Two of one name with other posts are not added up`() async throws {
        try await PartFixture.withPart { path, folder in
            try write("{}\n", to: "\(folder)/posts")
            let split = PartMap.Split(path: "\(folder)/posts", name: "posts")
            let other = try PartFixture.map(.jetstream).map([split], to: "\(folder)/other")[0].path
            let found = #expect(throws: TallyError.self) {
                try PartSet([path, other], rules: PartFixture.rules, tables: "15")
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
            let made = try PartFixture.map(.v1) { $0.slot = nil }.map(
                [PartMap.Split(path: "\(folder)/posts", name: "posts")], to: folder)
            #expect(
                made.map(\.path) == [
                    "\(folder)/20261118T06Z/posts.part", "\(folder)/20261118T12Z/posts.part",
                ])
            let counts = try made.map { try PartFixture.tally($0.path) }
            #expect(counts.map(\.posts) == [1, 2] && counts.map(\.read.deleted) == [1, 0])
            #expect(counts.map(\.read.invalid) == [0, 1])

            // What is no post is of any slot.
            let notice = #"{"limit":{"track":1}}"# + "\n"
            let late = [PartMap.Split(path: "\(folder)/late", name: "late")]
            try write(notice + status(4, start), to: "\(folder)/late")
            let behind = try PartFixture.map(.v1) { $0.slot = nil }.map(late, to: folder)
            #expect(behind.map(\.records) == [2])
        }
    }

    /// Posts of three slots, among deletions, notices and what cannot be read, none of which tells a time.
    private static func stream(_ generator: inout StreamGenerator) -> [String] {
        (0..<40).map { place in
            let id = place / 3 + generator.below(4)
            switch generator.below(6) {
            case 0: return #"{"delete":{"status":{"id_str":"\#(id)"}}}"# + "\n"
            case 1: return #"{"limit":{"track":1}}"# + "\n"
            case 2: return "[1]\n"
            default:
                let time = 1_794_990_000_000 + place * 900_000
                return
                    #"{"id_str":"\#(id)","text":"x","timestamp_ms":"\#(time)","user":{"id_str":"\#(id % 5)"},"#
                    + #""entities":{"hashtags":[{"text":"\#(generator.pick(["tide", "Kelp"]))"}]}}"#
                    + "\n"
            }
        }
    }

    @Test
    func
        `Splits that begin with, or are, what tells no time are of the slot that one machine takes them for`()
        async throws
    {
        var generator = StreamGenerator(random: SeededRandom(29))
        for round in 0..<60 {
            try await withTemporaryFolder { folder in
                let lines = Self.stream(&generator)
                try write(lines.joined(), to: "\(folder)/whole")
                var whole = SlotLedgers(rules: PartFixture.rules, schedule: .everySixHours)
                try RecordedFile(
                    FilePortion(path: "\(folder)/whole"), format: .v1, grammar: nil, links: nil
                ).read(identity: Identity(), to: &whole)
                whole.settle()
                let expected = try whole.ledgers.map { slot, ledger in
                    (PartMap.name(of: slot), try PartNumbers(ledger.tally(keeping: 100)))
                }

                // A line each, or runs of them.
                let count = round % 3 == 0 ? lines.count : 1 + generator.below(12)
                var splits = [String](repeating: "", count: count)
                for (place, line) in lines.enumerated() {
                    splits[place * count / lines.count] += line
                }
                let named = try splits.enumerated().map { number, text in
                    let name = "split-\(100 + number)"
                    try write(text, to: "\(folder)/\(name)")
                    return PartMap.Split(path: "\(folder)/\(name)", name: name)
                }
                _ = try PartFixture.map(.v1) { map in
                    map.slot = nil
                    map.width = round % 2 == 0 ? .narrow : .wide
                }.map(
                    named.shuffled(using: &generator.random), to: "\(folder)/parts",
                    workers: 1 + round % 3)
                let parts = "\(folder)/parts/"
                let slots = try FileManager.default.contentsOfDirectory(atPath: parts).sorted()
                #expect(slots == expected.map(\.0))
                for (slot, numbers) in expected {
                    let paths = try FileManager.default.contentsOfDirectory(atPath: parts + slot)
                        .map { "\(parts)\(slot)/\($0)" }
                    let set = try PartSet(paths, rules: PartFixture.rules, tables: "15")
                    #expect(
                        try PartNumbers(set.tally(keeping: 100, workers: 1)) == numbers,
                        "round \(round), \(slot)")
                }
            }
        }
    }

    @Test
    func
        `A split by itself that tells no time is of the slot of the part before it, or behind it, if there is one`()
        async throws
    {
        try await withTemporaryFolder { folder in
            let map = try PartFixture.map(.v1) { $0.slot = nil }
            func made(_ name: String, _ text: String, by map: PartMap) throws -> [String] {
                try write(text, to: "\(folder)/\(name)")
                return try map.map(
                    [PartMap.Split(path: "\(folder)/\(name)", name: name)], to: folder + "/parts"
                ).map { $0.path.split(separator: "/").suffix(2).joined(separator: "/") }
            }
            func post(_ hour: Int) -> String {
                #"{"id_str":"\#(hour)","text":"x","timestamp_ms":"\#(1_795_003_200_000 + hour * 3_600_000)"}"#
                    + "\n"
            }
            let deletion = #"{"delete":{"status":{"id_str":"1"}}}"# + "\n"
            let notice = #"{"limit":{"track":1}}"# + "\n"
            let late = "\(folder)/late"
            #expect(throws: PartError.timeless(path: late, recordCount: 2)) {
                try made("late", notice + deletion, by: map)
            }
            // Notices are of any slot, and count in none of their own.
            #expect(try made("late", notice, by: map) == [])

            #expect(try made("m", post(0) + post(6), by: map).count == 2)
            #expect(try made("late", notice + deletion, by: map) == ["20261118T12Z/late.part"])
            #expect(try made("n", "[1]\n", by: map) == ["20261118T18Z/n.part"])
            // Repeated when there are more, they stay where they are.
            #expect(try made("kelp", post(-1), by: map) == ["20261118T06Z/kelp.part"])
            #expect(try made("mm", post(13), by: map) == ["20261119T00Z/mm.part"])
            #expect(try made("late", notice + deletion, by: map) == ["20261118T12Z/late.part"])
            #expect(try made("n", "[1]\n", by: map) == ["20261118T18Z/n.part"])
            var other = map
            other.order = 1
            #expect(try made("a", deletion, by: other) == ["20261118T18Z/a.part"])
            // Of other sources, and of slots of another length, it is not.
            other.source = "sky"
            #expect(throws: PartError.self) { try made("b", deletion, by: other) }
        }
    }

    @Test func `Nobody can be found again in another slot, or of another source`() throws {
        let secret = try PartFixture.secret()
        var post = Post()
        (post.id, post.author) = (1, 2)
        func ids(_ slot: Slot, _ source: String, _ secret: PartSecret) -> [UInt64?] {
            let seal = secret.seal(slot: slot, source: source, name: "x", format: .v1)
            guard case .post(let sealed) = seal.seal(.post(post), number: 1) else { return [] }
            return [sealed.id, sealed.author]
        }
        let one = ids(PartFixture.slot, "wire", secret)
        #expect(one == ids(PartFixture.slot, "wire", try PartFixture.secret()))
        let others = [
            ids(PartFixture.slot.next, "wire", secret), ids(PartFixture.slot, "sky", secret),
            ids(PartFixture.slot, "wire", try PartFixture.secret("another of many bytes")),
        ]
        for other in others { #expect(zip(one, other).allSatisfy { $0 != $1 }) }
        #expect(PartSecret(bytes("fifteen bytes!!")) == nil)
    }
}
