import Calendar
import Support
import Testing

@testable import Snapshot
@testable import Tally

@Suite("MastodonReader")
struct MastodonReaderTests {
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
        let read = try await Town.read(
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
        let read = try await Town.read(
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
        let read = try await Town.read(
            #""links":true"#, statuses: made.recording(count: 500, spacing: 60) + bursts)
        let window = try #require(read.windows.first)
        #expect(window.tally.posts == 364)
        #expect(window.status == .partial)
    }

    @Test("of a hashtag's timeline too what is hidden hides nothing else")
    func hiddenTagPosts() async throws {
        let read = try await Town.read(
            statuses: MadeUpStatuses().recording(count: 1000, spacing: 30) { $0 < 500 },
            timelines: [.tag("tag3", isLocal: false)])
        let window = try #require(read.windows.first)
        // One in seven of the 720 posts of the slot but the 500 latest.
        #expect(window.tally.posts == (500..<720).count { $0 % 7 == 3 })
        #expect(window.status == .partial)
        #expect(window.note.contains("showed no posts from"))
    }

    @Test(
        "long hidden stretches lose nothing, whatever kind of ids a server has",
        arguments: [TimelineIDs.ulid, .flake, .lowerULID, .uuid, .pixelfed, .snowflake],
        [[45..<330], [2..<359], [340..<400]] as [[Range<Int>]])
    func hiddenOfAllKinds(ids: TimelineIDs, hidden: [Range<Int>]) async throws {
        let read = try await Town.read(
            statuses: MadeUpStatuses(ids: ids).recording(count: 500, spacing: 60) { index in
                hidden.contains { $0.contains(index) }
            })
        let window = try #require(read.windows.first)
        #expect(
            window.tally.posts == 360 - hidden.reduce(0) { $0 + $1.clamped(to: 0..<360).count })
        #expect(window.status == .partial)
        #expect(read.error == nil)
    }

    @Test(
        "what is hidden between a slot and a server's first posts is missing from it",
        arguments: [([350..<460], 350), ([358..<361, 364..<480], 358)] as [([Range<Int>], Int)],
        ["", #""page":7"#])
    func hiddenAtHistory(hidden: (places: [Range<Int>], shown: Int), how: String) async throws {
        let read = try await Town.read(
            how,
            statuses: MadeUpStatuses().recording(count: 500, spacing: 60) { index in
                hidden.places.contains { $0.contains(index) }
            })
        #expect(read.windows.first?.tally.posts == hidden.shown)
        #expect(read.windows.first?.status == .partial)
    }

    @Test(
        "posts that stand out of place in a page end nothing, and count once",
        // Of before the slot, and of the slot.
        arguments: [499, 300, 120],
        [
            "", #","at":"middle""#, #","at":"end""#, #","at":"middle","page":7"#,
            #","at":"middle","rising":true"#,
        ])
    func strays(place: Int, how: String) async throws {
        let read = try await Town.read(#""stray":\#(place)\#(how)"#)
        #expect(read.lines == Town.whole)
        #expect(read.error == nil)
        #expect(read.windows.first?.tally.read.duplicates == 0)
        #expect(read.windows.first?.tally.read.invalid == 0)
    }

    @Test(
        "a stray among hidden posts does not make the window whole",
        arguments: ["", #","at":"middle""#, #","at":"end""#])
    func hiddenStrays(how: String) async throws {
        let read = try await Town.read(
            #""stray":499\#(how)"#,
            statuses: MadeUpStatuses().recording(count: 500, spacing: 60) {
                (45..<125).contains($0)
            })
        #expect(read.windows.first?.status == .partial)
    }

    @Test(
        "a server that gives the post again that others are asked for below leaves out nothing",
        arguments: ["", #","page":7"#, #","links":true"#])
    func inclusive(how: String) async throws {
        let read = try await Town.read(#""inclusive":true\#(how)"#)
        #expect(read.lines == Town.whole)
        #expect(read.windows.first?.tally.read.invalid == 0)
        let short = try await Town.read(
            #""inclusive":true\#(how)"#,
            statuses: MadeUpStatuses().recording(count: 500, spacing: 60) { $0 == 100 })
        #expect(short.windows.first?.tally.posts == 359)
        #expect(short.windows.first?.status == .partial)
        // Nothing but the last post again is the end of what there is.
        let end = try await Town.read(
            #""inclusive":true\#(how)"#,
            statuses: MadeUpStatuses().recording(count: 180, spacing: 60))
        #expect(end.windows.first?.tally.posts == 180)
        #expect(end.windows.first?.status == .partial)
    }

    @Test(
        "a server that shows nothing from before the slot makes it whole, if it was hardly quiet before its first post",
        arguments: [(360, 60), (355, 60), (36, 600), (2, 7200)])
    func young(posts: Int, spacing: Int) async throws {
        let read = try await Town.read(
            statuses: MadeUpStatuses().recording(count: posts, spacing: spacing))
        let window = try #require(read.windows.last)
        #expect(window.tally.posts == posts && window.coverage == 1, "\(window.note)")
    }

    @Test("a page in no order at all is looked through at once", .timeLimit(.minutes(1)))
    func disorder() {
        var random = SeededRandom(7)
        let ids = (0..<200_000).map { _ in
            UInt128(UInt64.random(in: 0...UInt64.max, using: &random))
        }
        #expect(PageOrder(of: ids, span: nil) != nil)
    }

    @Test(
        "a server that shows nothing from before the middle of a slot does not make it whole",
        arguments: [(180, "15:00:59"), (179, "15:01:59"), (1, "17:59:59")],
        ["", #""links":true"#])
    func floor(shown: (posts: Int, first: String), how: String) async throws {
        let lines = MadeUpStatuses().recording(count: shown.posts, spacing: 60)
            .split(separator: "\n").map(String.init)
        let numbered = lines.enumerated().map { index, line in
            line.replacing(#/"id":"\d{10,}"/#, with: #""id":"\#(90_000 - index * 3)""#)
        }
        // Fewer do not tell that their ids are only counted.
        for statuses in shown.posts < 7 ? [lines] : [lines, numbered] {
            let read = try await Town.read(how, statuses: statuses.joined(separator: "\n"))
            let window = try #require(read.windows.first, "\(read.sentence ?? "")")
            #expect(window.tally.posts == shown.posts)
            #expect(window.status == .partial)
            #expect(window.coverage == Double(shown.posts * 60 - 59) / 21_600)
            #expect(window.note.hasSuffix(" shows nothing from before \(shown.first)"))
        }
    }
}
