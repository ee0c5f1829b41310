import Archive
import Calendar
import Testing

@testable import Snapshot

struct WindowDoubtTests {
    private static let slot = Timestamp(secondsSinceEpoch: 1_795_370_400)

    private static func row(
        _ posts: Int, daysAgo: Int = 0, hours: Int = 0, coverage: Double = 1, tagged: Int? = nil,
        tags: Int = 5, held: Int = 0, source: String = "sky", _ reasons: [String: Int] = [:]
    ) -> WindowRow {
        let reasons = DropReasons(reasons)
        return WindowRow(
            slot: slot - daysAgo * 86_400 + hours * 3600, source: source, start: slot, end: slot,
            status: coverage < 1 ? .partial : .complete, coverage: coverage, posts: posts,
            tagged: tagged ?? posts, accounts: posts, tags: posts == 0 ? 0 : tags,
            dropped: reasons.total, version: "1", held: held, reasons: reasons)
    }

    /// The last seven days at the same hour, with these counts, and quiet hours between.
    private static func week(_ posts: Int..., reasons: [String: Int] = [:]) -> [WindowRow] {
        posts.enumerated().flatMap { day, count in
            [
                row(count, daysAgo: day + 1, reasons), row(1, daysAgo: day + 1, hours: 6),
                row(5, daysAgo: day + 1, source: "other"),
            ]
        }
    }

    private static let cases: [(WindowRow, [WindowRow], [WindowDoubt])] = [
        (row(100), [], []),
        (row(100, coverage: 0.5), [], []),
        (row(100, coverage: 0.4999), [], [.coverage(0.4999)]),
        // A filter, by its share of all that was read.
        (row(0, ["language": 254]), [], [.dropped(reason: "language", count: 254, of: 254)]),
        (row(5, ["language": 95]), [], []),
        (row(4, ["language": 96]), [], [.dropped(reason: "language", count: 96, of: 100)]),
        (row(50, ["language": 25, "bot": 25, "tag_empty": 9000]), [], []),
        (row(0, ["language": 4]), [], []),
        (row(0, ["invalid": 5]), [], [.dropped(reason: "invalid", count: 5, of: 5)]),
        // What it does every day is meant so, unless nothing is left.
        (
            row(4, ["language": 96]),
            week(4, 4, 4, 4, 4, 4, 4, reasons: ["language": 96]).filter { $0.dropped > 0 }, []
        ),
        (
            row(0, ["language": 100]),
            week(0, 0, 0, 0, 0, 0, 0, reasons: ["language": 100]).filter { $0.dropped > 0 },
            [.dropped(reason: "language", count: 100, of: 100)]
        ),
        // The median of the same hour.
        (row(9), week(100, 100, 100), [.fewPosts(usual: 100)]),
        (row(10), week(100, 100, 100), []),
        (row(0), week(100, 300, 1, 100, 2, 500, 100), [.fewPosts(usual: 100)]),
        (row(0), week(100, 100), [.nothing]),
        (row(0), week(0, 0, 0), []),
        (row(6, coverage: 0.6), week(100, 100, 100), []),
        (row(5, coverage: 0.6), week(100, 100, 100), [.fewPosts(usual: 100)]),
        // Older days than seven do not count.
        (
            row(20),
            week(150, 150, 150, 150, 150, 150, 150, 9000, 9000, 9000, 9000, 9000, 9000, 9000, 9000),
            []
        ),
        // Posts without a hashtag that may be listed.
        (row(100, tags: 5, held: 5), [], [.heldBack]),
        (row(100, tags: 5, held: 4), [], []),
        (row(200, tagged: 0, tags: 0), [], [.untagged]),
        (row(199, tagged: 0, tags: 0), [], []),
    ]

    @Test(arguments: cases.indices)
    func `a window is doubted for what is wrong with it, and no other is`(index: Int) {
        let (row, rows, doubts) = Self.cases[index]
        #expect(DoubtLimits().doubts(of: row, among: rows + [row], isRecorded: false) == doubts)
    }

    @Test func `each limit can be moved, and switched off`() {
        let never = DoubtLimits(coverage: 0, posts: 0, dropped: 1)
        for (row, rows, doubts) in Self.cases where !doubts.contains(where: { $0.isOfNoLimit }) {
            #expect(never.doubts(of: row, among: rows, isRecorded: false) == [])
        }
        let strict = DoubtLimits(coverage: 1, posts: 1, dropped: 0.1)
        #expect(
            strict.doubts(of: Self.row(70, ["bot": 30]), among: [], isRecorded: false)
                == [.dropped(reason: "bot", count: 30, of: 100)])
        #expect(
            strict.doubts(of: Self.row(99), among: Self.week(100, 100, 100), isRecorded: false)
                == [.fewPosts(usual: 100)])
    }

    @Test func `a recording is as long as it is`() {
        let row = Self.row(1, coverage: 0.1)
        #expect(DoubtLimits().doubts(of: row, among: Self.week(90, 90, 90), isRecorded: true) == [])
    }
}

extension WindowDoubt {
    fileprivate var isOfNoLimit: Bool {
        switch self {
        case .heldBack, .untagged, .nothing: true
        case .coverage, .fewPosts, .dropped: false
        }
    }
}
