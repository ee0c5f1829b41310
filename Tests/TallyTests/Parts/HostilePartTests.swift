import Calendar
import Foundation
import Snapshot
import Support
import Testing

@testable import Decode
@testable import Tally

/// What is no part, or not one of those that it is counted with.
@Suite("Hostile parts")
struct HostilePartTests {
    @Test func `One that is cut off anywhere, or longer, is refused`() async throws {
        try await PartFixture.withPart { path, folder in
            let whole = try Data(contentsOf: URL(fileURLWithPath: path))
            for length in Array(stride(from: 0, to: whole.count, by: 5)) + [whole.count - 1] {
                try write(Array(whole.prefix(length)), to: "\(folder)/cut")
                #expect(throws: TallyError.self, "\(length)") {
                    try PartFixture.tally("\(folder)/cut")
                }
            }
            try write(Array(whole) + [0], to: "\(folder)/long")
            #expect(throws: TallyError.part(.torn(path: "\(folder)/long"))) {
                try PartFixture.tally("\(folder)/long")
            }
        }
    }

    @Test func `One of which any byte is another is refused`() async throws {
        try await PartFixture.withPart { path, folder in
            let whole = Array(try Data(contentsOf: URL(fileURLWithPath: path)))
            for place in stride(from: 0, to: whole.count, by: 3) {
                var altered = whole
                altered[place] ^= UInt8(1 << (place % 8))
                try write(altered, to: "\(folder)/altered")
                #expect(throws: TallyError.self, "\(place)") {
                    try PartFixture.tally("\(folder)/altered")
                }
            }
        }
    }

    @Test func `One of a later version is refused by its number`() async throws {
        try await PartFixture.withPart { path, folder in
            var part = Array(try Data(contentsOf: URL(fileURLWithPath: path)))
            part[PartFormat.magicLength] = 2
            try write(part, to: path)
            #expect(throws: TallyError.part(.version(path: path, found: 2))) {
                try PartFixture.tally(path)
            }
            try write("{}\n", to: path)
            #expect(throws: TallyError.part(.noPart(path: path, made: "tidemark part map"))) {
                try PartFixture.tally(path)
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
        try await PartFixture.withPart { path, folder in
            let other = try PartFixture.map(what == .format ? .v1 : .jetstream) { map in
                switch what {
                case .secret: map.secret = try PartFixture.secret("another of many bytes")
                case .rules: map.rules.maxTags = 3
                case .links: map.rules.context?.links = nil
                case .tables: map.tables = "16"
                case .slot: map.slot = PartFixture.slot.next
                case .source: map.source = "other"
                case .grammar: map.grammar = .mastodon
                case .width: map.width = .wide
                case .format: break
                }
            }.map([PartMap.Split(path: "\(folder)/posts", name: "zother")], to: "\(folder)/other")
            let found = #expect(throws: TallyError.self) {
                try PartSet([path, other[0].path], rules: PartFixture.rules, tables: "15")
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
        try await PartFixture.withPart { path, folder in
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
                    try PartSet([made], rules: PartFixture.rules, tables: "15").tally(
                        workers: workers)
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
        try await PartFixture.withPart { path, folder in
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
                var rules = PartFixture.rules
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
            ) { try PartFixture.tally(made) }
        }
    }

    @Test func `More parts than have places of their own are refused`() async throws {
        try await PartFixture.withPart { path, folder in
            let part = try PartFile(path)
            let copies = (0...PartFormat.mostParts).map { number in
                var copy = part
                copy.header.name = "\(number)"
                return copy
            }
            #expect(throws: TallyError.part(.tooMany(path: path, count: 65_537))) {
                try PartSet(of: copies, rules: PartFixture.rules, tables: "15")
            }
            let most = try PartSet(of: copies.dropLast(), rules: PartFixture.rules, tables: "15")
            #expect(most.parts.count == 65_536)
        }
    }
}
