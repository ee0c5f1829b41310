import Archive
import Calendar
import Foundation
import Support
import Testing

@testable import Snapshot
@testable import Tally

/// A configuration that changes while the archive grows.
@Suite("an archive whose configuration changes") struct ChangingRulesTests {
    /// Reads whatever is due, the same tag by ever other numbers of people.
    private struct Tide: PostSource {
        let name = "tide"
        var availability = Availability.replayable(lookBack: 24 * 3600)

        func read(
            _ request: WindowRequest, archive: (ClosedWindow) async throws -> Void
        ) async throws {
            for slot in try request.dueSlots(of: name, availability) {
                var tally = Counts()
                (tally.posts, tally.tagged, tally.accounts, tally.tagCount) = (900, 800, 700, 30)
                tally.tags = (0..<30).map { place in
                    let people = 300 - 10 * place - slot.start.hour % 5
                    return TagCount(
                        key: "t\(place)", spelling: "T\(place)", posts: people, accounts: people)
                }
                tally.tail = tally.tags
                try await archive(
                    ClosedWindow(
                        slot: slot, source: name, start: slot.start, end: slot.end,
                        read: Double(slot.seconds), meant: Double(slot.seconds), tally: tally))
            }
        }
    }

    private static let begin = Timestamp(secondsSinceEpoch: 1_795_370_460)

    private func run(
        _ hours: Int, top: Int = 10, rules: String = "all", in folder: String
    ) throws -> SnapshotRun {
        SnapshotRun(
            sources: [Tide()], archive: folder, schedule: try #require(Schedule(hours: hours)),
            length: 1, top: top, rules: CountingRules(), version: "1.0.0",
            explanations: ["tide": rules])
    }

    private func findings(_ folder: String, at now: Timestamp) -> [String] {
        var found: [String] = []
        _ = ArchiveVerification(
            folder: folder, now: now, lookBacks: ["tide": 24 * 3600]
        ).run { found.append("\($0)") }
        return found
    }

    @Test(
        "has one row for every hour whatever the schedule turns to, and verify finds nothing",
        arguments: 1...12)
    func anySchedule(seed: Int) async throws {
        try await withTemporaryFolder { folder in
            var random = SeededRandom(UInt64(seed))
            var (now, hours, top, rules) = (Self.begin, 6, 10, 0)
            for _ in 0..<60 {
                // Some runs come after more hours than can be read again.
                now =
                    now + Int.random(in: 1...(Bool.random(using: &random) ? 8 : 40), using: &random)
                    * 3600
                if Int.random(in: 0..<6, using: &random) == 0 {
                    hours = [1, 2, 3, 4, 6, 8, 12, 24].randomElement(using: &random) ?? 6
                }
                if Int.random(in: 0..<9, using: &random) == 0 {
                    top = Int.random(in: 3...20, using: &random)
                }
                if Int.random(in: 0..<20, using: &random) == 0 { rules += 1 }
                _ = try await run(hours, top: top, rules: "\(rules)", in: folder).run(now: now)
            }
            let reader = ArchiveReader(folder: folder)
            let (windows, kept) = (try reader.windows(), try reader.rules())
            let schedule = try #require(kept.schedule)
            for (window, next) in zip(windows, windows.dropFirst()) {
                let slot = try #require(schedule.slot(startingAt: window.slot))
                #expect(slot.end == next.slot)
            }
            #expect(try #require(windows.last).slot + 2 * 86_400 > now)
            for window in windows where window.status != .missing {
                #expect(
                    window.end.seconds(since: window.start) == schedule.hours(at: window.slot)
                        * 3600)
                let lines = try reader.top(window.slot.date).count { $0.slot == window.slot }
                #expect(lines == kept.top(at: window.slot, or: 0))
            }
            #expect(findings(folder, at: now) == [])
        }
    }

    @Test(
        "turns to other slots at midnight UTC, and to longer lists with the next slot; what was read whole is not missing",
        arguments: [(6, 12), (6, 3)])
    func turn(from: Int, to: Int) async throws {
        try await withTemporaryFolder { folder in
            for slot in 0..<4 {
                _ = try await run(from, in: folder).run(now: Self.begin + slot * 6 * 3600)
            }
            // 12:01 of a day: the turn is said once, and comes at its end.
            let changed = Self.begin + 18 * 3600
            let report = try await run(to, top: 5, in: folder).run(now: changed)
            #expect(
                report.turns.map { "\($0.since) \($0.setting) \($0.value)" } == [
                    "2026-11-23T18:00:00Z top 5", "2026-11-24T00:00:00Z every \(to)",
                ])
            for hour in stride(from: 3, to: 48, by: 3) {
                let report = try await run(to, top: 5, in: folder).run(now: changed + hour * 3600)
                #expect(report.turns == [])
            }
            let reader = ArchiveReader(folder: folder)
            let windows = try reader.windows()
            #expect(windows.allSatisfy { $0.status != .missing })
            let schedule = try #require(try reader.rules().schedule)
            for (window, next) in zip(windows, windows.dropFirst()) {
                #expect(window.slot + schedule.hours(at: window.slot) * 3600 == next.slot)
            }
            #expect(findings(folder, at: changed + 48 * 3600) == [])
        }
    }

    @Test("compares with no window that other rules counted, and says in its log when they changed")
    func otherRules() async throws {
        try await withTemporaryFolder { folder in
            for day in 0..<5 {
                _ = try await run(24, in: folder).run(now: Self.begin + day * 86_400)
            }
            let reader = ArchiveReader(folder: folder)
            func expected(_ slot: Timestamp) throws -> Bool {
                try reader.top(slot.date).contains { $0.slot == slot && $0.expected != nil }
            }
            let old = try #require(try reader.windows().last)
            #expect(try expected(old.slot))
            for day in 5..<7 {
                _ = try await run(24, rules: "languages: en", in: folder)
                    .run(now: Self.begin + day * 86_400)
            }
            let new = try #require(try reader.windows().last)
            #expect(try !expected(new.slot))
            #expect(new.rules == RulesRow.hash(of: "languages: en") && old.rules != new.rules)
            #expect(
                try reader.changes().map { "\($0.change) \($0.slot) \($0.source)" }
                    == ["rules \(new.slot - 86_400) tide"])
            #expect(findings(folder, at: Self.begin + 7 * 86_400) == [])
        }
    }

    @Test("is what it was without the file, which begins with what the windows show")
    func withoutFile() async throws {
        try await withTemporaryFolder { folder in
            for slot in 0..<9 {
                _ = try await run(6, in: folder).run(now: Self.begin + slot * 6 * 3600)
            }
            try FileManager.default.removeItem(atPath: "\(folder)/rules.csv")
            _ = try await run(12, in: folder).run(now: Self.begin + 54 * 3600)
            let rows = try ArchiveReader(folder: folder).rules().rows.filter {
                $0.setting == .every
            }
            #expect(rows.map(\.value) == ["6", "12"])
            #expect(rows.last?.since.secondOfDay == 0)
        }
    }

    @Test("with a row taken out is not in order")
    func lostRow() async throws {
        try await withTemporaryFolder { folder in
            for slot in 0..<20 {
                _ = try await run(6, in: folder).run(now: Self.begin + slot * 6 * 3600)
            }
            let file = "\(folder)/windows/2026.csv"
            var lines = text(file).split(separator: "\n", omittingEmptySubsequences: false)
            let lost = lines.remove(at: 8)
            try write(lines.joined(separator: "\n"), to: file)
            let found = findings(folder, at: Self.begin + 20 * 6 * 3600)
            #expect(found.contains { $0.contains("no window for \(lost.prefix(20))") }, "\(found)")
        }
    }
}
