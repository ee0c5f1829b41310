import Calendar
import Support
import Testing

@testable import Snapshot
@testable import Tally

@Suite("CountedIDs")
struct CountedIDsTests {
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
        let read = try await Town.read(how, statuses: Self.counted(by: id))
        #expect(read.lines == Town.whole)
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
        let read = try await Town.read(
            statuses: Self.counted(statuses) { String(5_000_000 - 7 * $0) },
            lookBack: 19 * hour,
            Town.request(
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
        let hidden = try await Town.read(
            statuses: Self.counted(
                MadeUpStatuses().recording(count: 500, spacing: 60) { (60..<190).contains($0) }
            ) { String(87_654_321 - $0 * 31) })
        #expect(hidden.windows.first?.tally.posts == 230)
        #expect(hidden.windows.first?.status == .partial)
        let early = try await Town.read(
            statuses: Self.counted { String(1000 - $0) }, lookBack: 36 * 3600,
            Town.request(archived: [MadeUpStatuses.end - 48 * 3600]))
        #expect(early.windows.map(\.tally.posts) == [140, 360])
        #expect(early.windows.first?.coverage == (140.0 * 60 - 59) / 21_600)
        #expect(early.lines.last == Town.whole.first)
    }

    /// Places of hidden posts of which some are near an edge of the slot, which ends at place 0 and begins
    /// at place 359; and how many of it are shown.
    @Test(
        "is never whole over what is hidden at an edge, and loses nothing around it",
        arguments: [
            [320..<420], [340..<365], [359..<361], [300..<350, 355..<480], [100..<200],
            [12..<358], [40..<80, 359..<440],
        ] as [[Range<Int>]],
        ["", #""page":7,"links":true"#])
    func hiddenEdges(hidden: [Range<Int>], how: String) async throws {
        for id: @Sendable (Int) -> String in [
            { String(1000 - $0) }, { String(9_000_000 - $0 - $0 / 50 * 100_000) },
        ] {
            let read = try await Town.read(
                how,
                statuses: Self.counted(
                    MadeUpStatuses().recording(count: 500, spacing: 60) { index in
                        hidden.contains { $0.contains(index) }
                    }, by: id),
                // It takes hundreds of requests.
                Town.request(length: 600))
            let window = try #require(read.windows.first)
            #expect(window.status == .partial)
            #expect(
                window.tally.posts == 360 - hidden.reduce(0) { $0 + $1.clamped(to: 0..<360).count })
            #expect(window.tally.read.duplicates == 0 && window.tally.read.invalid == 0)
            #expect(read.error == nil)
        }
    }

    @Test("what is hidden too long to look through it all is missing from the window")
    func tooLong() async throws {
        let read = try await Town.read(
            statuses: Self.counted(
                MadeUpStatuses().recording(count: 500, spacing: 60) { index in
                    (180..<341).contains(index) || (344..<420).contains(index)
                }
            ) { String(9_000_000 - $0 - $0 / 50 * 100_000) })
        #expect(read.windows.first?.status == .partial)
        #expect((180...183).contains(read.windows.first?.tally.posts ?? 0))
    }

    @Test("stretches hidden at random, long ones too, lose nothing, and the window is not whole")
    func hiddenAnywhere() async throws {
        var random = SplitMix(seed: 13)
        for _ in 0..<6 {
            var hidden: Set<Int> = []
            for _ in 0..<Int.random(in: 1...5, using: &random) {
                let start = Int.random(in: 1..<900, using: &random)
                hidden.formUnion(start..<start + Int.random(in: 1...200, using: &random))
            }
            let between = Int.random(in: 1...2000, using: &random)
            let read = try await Town.read(
                statuses: Self.counted(
                    MadeUpStatuses().recording(count: 1200, spacing: 60) { hidden.contains($0) }
                ) { String(90_000_000 - $0 * between - $0 / 50 * 7919) },
                lookBack: 13 * 3600,
                Town.request(archived: [MadeUpStatuses.end - 18 * 3600]))
            for (window, places) in zip(read.windows.reversed(), [0..<360, 360..<720]) {
                let shown = places.filter { !hidden.contains($0) }.count
                #expect(window.tally.posts == shown, "\(hidden.sorted()) \(between)")
                if shown < 360 { #expect(window.status != .complete && window.coverage < 1) }
                #expect(window.tally.read.duplicates == 0)
            }
            #expect(read.lines.count == 2, "\(read.lines) \(read.sentence ?? "")")
        }
    }

    @Test("what is hidden of the newest page is missing from the window")
    func hiddenNewest() async throws {
        let read = try await Town.read(
            statuses: Self.counted(
                MadeUpStatuses().recording(count: 500, spacing: 60) { $0 < 3 }
            ) { String(1000 - $0) })
        #expect(read.windows.first?.tally.posts == 357)
        #expect(read.windows.first?.status == .partial)
        #expect(read.windows.first?.note.contains("17:59:59") == true)
    }

    @Test(
        "of a hashtag's timeline hidden posts are no silence, and few of them are enough",
        arguments: [
            // All of the slot; the newest pages too; all but the newest.
            ([0..<360], 1000, 0), ([0..<700], 1000, 0), ([20..<420], 1000, 3), ([5..<9], 20, 3),
        ] as [([Range<Int>], Int, Int)], [true, false])
    func hiddenTag(
        hidden: (places: [Range<Int>], of: Int, shown: Int), isCounted: Bool
    ) async throws {
        let recording = MadeUpStatuses().recording(count: hidden.of, spacing: 60) { index in
            index % 7 == 3 && hidden.places.contains { $0.contains(index) }
        }
        let read = try await Town.read(
            statuses: isCounted
                ? Self.counted(recording) { String(87_654_321 - $0 * 31) } : recording,
            timelines: [.tag("tag3", isLocal: false)])
        let window = try #require(read.windows.first)
        #expect(window.tally.posts == hidden.shown)
        // Whether a few are all that there ever were cannot be told of ids that are only counted.
        #expect((window.status == .partial) == (isCounted || hidden.of == 1000), "\(read.lines)")
        #expect(read.error == nil)
    }

    @Test("posts that came late in a burst move no edge, and are in one slot")
    func lateBursts() async throws {
        // Within the slot, and over its start: made two days before their server learned of them.
        for (burst, posts) in [(100..<160, 360), (330..<395, 330)] {
            let made = MadeUpStatuses()
            let end = MadeUpStatuses.end.secondsSinceEpoch * 1000 - 1000
            let statuses = (0..<1450).map { index in
                made.line(
                    at: end - Int64(index) * 60_000 - (burst.contains(index) ? 172_800_000 : 0),
                    number: index)
            }.joined(separator: "\n")
            let read = try await Town.read(
                statuses: Self.counted(statuses) { String(5_000_000 - 7 * $0) },
                lookBack: 13 * 3600,
                Town.request(archived: [MadeUpStatuses.end - 18 * 3600]))
            #expect(
                read.lines == [
                    "2026-11-22T06:00:00Z backfilled 1.0 \(720 - posts) 1",
                    "2026-11-22T12:00:00Z complete 1.0 \(posts) 1",
                ])
        }
    }

    @Test(
        "refuses ids that hold no time and do not grow with it, rather than guess",
        arguments: [{ String($0 * 7919 % 500 + 1) }, { "post-\($0)" }]
            as [@Sendable (Int) -> String])
    func plainIDs(id: @Sendable (Int) -> String) async throws {
        let read = try await Town.read(statuses: Self.counted(by: id))
        #expect(read.windows.isEmpty)
        #expect(read.sentence?.contains("post ids without a time in them") == true)
    }
}
