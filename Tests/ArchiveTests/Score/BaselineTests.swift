import Calendar
import Support
import Testing
import Text

@testable import Archive

@Suite("Baseline")
struct BaselineTests {
    /// 22 November 2026, 18:00 UTC.
    private static let slot = Schedule.everySixHours.slots(
        of: CivilDate(daysSinceEpoch: 20_779))[3]

    /// Archives windows of `accounts` people in the same slot some days before, each with this tail.
    private func baseline(
        days: [Int], accounts: Int = 1000, tail: [(String, Int)] = [], source: String = "s",
        status: WindowStatus = .complete
    ) async throws -> Baseline {
        try await withTemporaryFolder { folder in
            let writer = ArchiveWriter(folder: folder)
            var windows: [WindowRow] = []
            for day in days {
                let slot = Self.slot.earlier(days: day).start
                windows.append(
                    WindowRow(
                        slot: slot, source: source, start: slot, end: slot + 60, status: status,
                        coverage: 1, posts: accounts, accounts: accounts, version: "t"))
                try writer.append(
                    windows[windows.count - 1], top: [],
                    tail: tail.map {
                        TailRow(slot: slot, source: source, tag: $0, posts: $1, accounts: $1)
                    })
            }
            return try Baseline(
                of: Self.slot, source: "s", in: ArchiveReader(folder: folder), windows: windows)
        }
    }

    @Test("expects nothing before three days are recorded", arguments: [0, 1, 2])
    func coldStart(count: Int) async throws {
        let baseline = try await baseline(days: Array(1..<(count + 1)), tail: [("tide", 9)])
        #expect(baseline.expected("tide", total: 1000) == nil)
        #expect(Score(of: "tide", accounts: 90, total: 1000, by: baseline) == nil)
    }

    @Test("expects the share that the days had, of whatever people there are now")
    func share() async throws {
        let baseline = try await baseline(days: [1, 2, 3], tail: [("tide", 10)])
        #expect(baseline.expected("tide", total: 1000) == 10)
        #expect(baseline.expected("tide", total: 500) == 5)
    }

    @Test("finds every trend that scoring each tag finds, though it looks at few")
    func trends() throws {
        var random = SeededRandom(5)
        func accounts() -> Int { 2 + Int(40 / Double.random(in: 0.02...1, using: &random)) }
        for _ in 0..<40 {
            let days = (0..<Int.random(in: 3...7, using: &random)).map { _ in
                let tail = (0..<60).filter { _ in Bool.random(using: &random) }
                    .map { (ExactText("\($0)"), accounts() / 4) }
                return Baseline.Day(
                    accounts: 4000, tail: Dictionary(uniqueKeysWithValues: tail),
                    below: Int.random(in: 0...30, using: &random))
            }
            let baseline = Baseline(days: days)
            let tail = (0..<70).map {
                TailRow(
                    slot: Self.slot.start, source: "s", tag: "\($0)", posts: 1, accounts: accounts()
                )
            }
            let expected = tail.indices.filter { index in
                let row = tail[index]
                return Score(of: row.tag, accounts: row.accounts, total: 3000, by: baseline)?
                    .isTrend(accounts: row.accounts) ?? false
            }
            #expect(baseline.trends(in: tail, total: 3000).map(\.index).sorted() == expected)
            #expect(!expected.isEmpty)
        }
    }

    @Test("takes the last seven recorded days and skips gaps")
    func gaps() async throws {
        let baseline = try await baseline(days: [2, 3, 5, 8, 9, 13, 21, 27, 28])
        #expect(baseline.days.count == 7)
        let old = try await self.baseline(days: [1, 29, 30])
        #expect(old.days.count == 1)
    }

    @Test("skips windows in which nothing was read, and those of other sources")
    func others() async throws {
        let missing = try await baseline(days: [1, 2, 3], accounts: 0, status: .missing)
        #expect(missing.days.isEmpty)
        let other = try await baseline(days: [1, 2, 3], source: "other")
        #expect(other.days.isEmpty)
    }

    @Test("takes a tag below the tail for the most it can have been, not for nothing")
    func unknown() async throws {
        let short = try await baseline(days: [1, 2, 3], tail: [("tide", 10)])
        #expect(short.expected("kelp", total: 1000) == 1)
        let full = (0..<TailRow.longest).map { ("tag\($0)", $0 < 10 ? 50 : 7) }
        let cut = try await baseline(days: [1, 2, 3], tail: full)
        #expect(cut.expected("kelp", total: 1000) == 7)
        #expect(Score(of: "kelp", accounts: 20, total: 1000, by: cut)?.bounds == 3)
        #expect(Score(of: "tag10", accounts: 20, total: 1000, by: cut)?.bounds == 0)
    }

    @Test("does not join keys that differ in normal form alone")
    func normalForms() async throws {
        let baseline = try await baseline(days: [1, 2, 3], tail: [("caf\u{E9}", 10)])
        #expect(baseline.expected("cafe\u{301}", total: 1000) == 1)
    }

    @Test(
        "calls a trend what five people or more write, twice as many as expected, and not by chance",
        arguments: [
            (4, 0.1, 40.0, false), (5, 0.1, 15.0, true), (5, 0.1, 14.9, false),
            (90, 45.0, 60.0, true), (90, 45.1, 60.0, false),
        ])
    func trend(accounts: Int, expected: Double, value: Double, isTrend: Bool) async throws {
        let baseline = try await baseline(days: [1, 2, 3], tail: [("tide", 10)])
        var score = try #require(Score(of: "tide", accounts: accounts, total: 1000, by: baseline))
        (score.expected, score.value) = (expected, value)
        #expect(score.isTrend(accounts: accounts) == isTrend)
    }
}
