import Foundation
import Support
import Testing

@testable import Decode
@testable import Snapshot
@testable import Tally

@Suite("Recording")
struct RecordingTests {
    struct Expected: Decodable {
        let format: String
        let posts: Int
        let defaults: [CaptureTests.Row]
    }

    private static let folder = Repository.folder + "/Tests/Fixtures/"

    @Test("counts each fixture as was worked out by hand")
    func fixtures() throws {
        let file = URL(fileURLWithPath: Self.folder + "expected.json")
        let all = try JSONDecoder().decode([String: Expected].self, from: Data(contentsOf: file))
        #expect(all.count == 6)
        for (name, expected) in all {
            let format = try #require(PostFormat(rawValue: expected.format))
            let tally = try Recording(paths: [Self.folder + name], format: format).tally(
                rules: CountingRules())
            let rows = tally.tags.prefix(20).enumerated().map {
                CaptureTests.Row(rank: $0 + 1, $1)
            }
            #expect(tally.posts == expected.posts, "\(name)")
            #expect(rows == expected.defaults, "\(name)")
        }
    }

    @Test("counts several files together: the same post in two of them is one")
    func severalFiles() throws {
        let path = Self.folder + "jetstream.ndjson"
        let once = try Recording(paths: [path], format: .jetstream).tally(rules: CountingRules())
        let twice = try Recording(paths: [path, path], format: .jetstream).tally(
            rules: CountingRules())
        #expect(twice.posts == once.posts)
        #expect(twice.read.duplicates == 2 * once.read.duplicates + once.read.ids)
    }

    @Test("counts a tar of sixty compressed files, packed again or not, as the same lines plain")
    func archive() async throws {
        let lines = try String(contentsOfFile: Self.folder + "jetstream.ndjson", encoding: .utf8)
            .split(separator: "\n").map { $0 + "\n" }
        var members = (0..<60).map { minute in
            let text = lines.indices.filter { $0 % 60 == minute }.map { lines[$0] }.joined()
            return Packed.Member(
                "2026/11/22/12/\(minute).json.bz2", Packed.compressed(Array(text.utf8), by: "bzip2")
            )
        }
        let plain = lines.indices.sorted { ($0 % 60, $0) < ($1 % 60, $1) }.map { lines[$0] }
        members.append(
            Packed.Member("README.txt", Array("Of one hour.\nTo whom it may help.".utf8)))
        let tar = Packed.archive(members)
        try await withTemporaryFolder { folder in
            let file = folder + "/plain"
            try plain.joined().write(toFile: file, atomically: true, encoding: .utf8)
            let expected = try Recording(paths: [file], format: .jetstream).tally(
                rules: CountingRules())
            #expect(expected.posts > 0)
            for (name, bytes) in [("month.tar", tar), ("x", Packed.compressed(tar, by: "xz"))] {
                let path = folder + "/" + name
                try Data(bytes).write(to: URL(fileURLWithPath: path))
                let tally = try Recording(paths: [path], format: .jetstream).tally(
                    rules: CountingRules())
                #expect(tally.tags == expected.tags)
                #expect(tally.posts == expected.posts)
                #expect(tally.read.records == expected.read.records + 2)
                // One minute has a damaged line alone.
                let said = tally.read.membersLeftOut.sentence ?? ""
                #expect(said.hasPrefix("left out, as nothing in it is of that format: \(path): "))
                #expect(said.hasSuffix("8.json.bz2, \(path): README.txt"))
            }
        }
    }

    /// The generator of made-up streams lies beside the repository, with the truth about what it makes.
    @Test(
        "counts a hundred thousand made-up events as their maker does",
        Repository.needsSharedData())
    func generated() async throws {
        try await withTemporaryFolder { folder in
            let maker = Process()
            maker.executableURL = URL(fileURLWithPath: "/usr/bin/python3")
            maker.arguments = [
                try #require(Repository.sharedData) + "/make_jetstream.py", "--events", "100000",
                "--seed", "7", "--start", "2026-11-22T12:00:00Z", "--span", "3000",
                "--out", folder + "/events.ndjson", "--truth", folder + "/truth.json",
            ]
            maker.standardOutput = FileHandle.nullDevice
            maker.standardError = FileHandle.nullDevice
            let status = try await withCheckedThrowingContinuation { continuation in
                maker.terminationHandler = { continuation.resume(returning: $0.terminationStatus) }
                do { try maker.run() } catch { continuation.resume(throwing: error) }
            }
            #expect(status == 0)

            let truth = try CaptureTests.decoder.decode(
                Truth.self, from: Data(contentsOf: URL(fileURLWithPath: folder + "/truth.json")))
            let recording = Recording(paths: [folder + "/events.ndjson"], format: .jetstream)
            var byPosts = CountingRules()
            byPosts.rank = .posts
            func rows(_ rules: CountingRules) throws -> [CaptureTests.Row] {
                try recording.tally(rules: rules, keeping: 20).tags.enumerated().map {
                    CaptureTests.Row(rank: $0 + 1, $1)
                }
            }
            #expect(try rows(CountingRules()) == truth.defaults)
            #expect(try rows(byPosts) == truth.byPosts)
            let tally = try recording.tally(rules: CountingRules())
            #expect(Truth.Read(tally) == truth.read)
        }
    }

    struct Truth: Decodable {
        let defaults, byPosts: [CaptureTests.Row]
        let read: Read

        struct Read: Decodable, Equatable {
            var records, duplicates, deleted, removedWithAccount, posts, tagged, accounts,
                tags: Int
            /// The maker names what took a post out by what it said first; it may have said both.
            static func == (left: Read, right: Read) -> Bool {
                left.numbers == right.numbers && left.droppedPosts == right.droppedPosts
                    && left.droppedTags == right.droppedTags
            }
            private var numbers: [Int] {
                [records, duplicates, deleted + removedWithAccount, posts, tagged, accounts, tags]
            }
            var droppedPosts, droppedTags: [String: Int]

            init(_ tally: Counts) {
                let read = CaptureTests.Read(tally)
                (records, duplicates, deleted, removedWithAccount) = (
                    read.records, read.duplicates, read.deleted, read.removedWithAccount
                )
                (posts, tagged, accounts, tags) = (
                    read.posts, read.tagged, read.accounts, read.tags
                )
                (droppedPosts, droppedTags) = (read.droppedPosts, read.droppedTags)
            }
        }
    }

    @Test("counts the lines of several texts")
    func severalTexts() async throws {
        try await withTemporaryFolder { folder in
            let paths = ["one", "two"].map { folder + "/" + $0 }
            for path in paths {
                try Data("#tide\n#kelp\n".utf8).write(to: URL(fileURLWithPath: path))
            }
            let tally = try Recording(paths: paths, format: .text).tally(rules: CountingRules())
            #expect(tally.posts == 4)
            #expect(tally.read.duplicates == 0)
            #expect(
                tally.tags.map { "\($0.key) \($0.posts)" } == [
                    "kelp 2", "tide 2",
                ])
        }
    }
}
