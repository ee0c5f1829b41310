import Archive
import Calendar
import Foundation
import Glibc
import Support
import Synchronization
import Tally
import Testing

@testable import Snapshot

/// What whoever follows sources is told, minute for minute.
@Suite("following live sources") struct FollowRunTests {
    private static let start = Timestamp("2026-11-22T12:00:00Z") ?? Timestamp(secondsSinceEpoch: 0)

    private func run(
        _ sources: [any PostSource], archive: String, clock: FollowClock,
        exclusive: Set<String> = [], isBusy: @escaping @Sendable () -> Bool = { false },
        tell: @escaping @Sendable (FollowNotice) -> Void = { _ in }
    ) -> FollowRun {
        FollowRun(
            SnapshotRun(
                sources: sources, archive: archive, schedule: .everySixHours, length: 3000, top: 10,
                rules: CountingRules(), version: "1"),
            exclusive: exclusive, isBusy: isBusy, clock: clock, tell: tell)
    }

    @Test func `each minute tells the slot so far, from its start, and the next slot begins anew`()
        async throws
    {
        try await withTemporaryFolder { folder in
            let clock = MadeUpClock(from: Self.start + 7200, to: Self.start + 22_000)
            let lives = Mutex<[LiveSlot]>([])
            await #expect(throws: CancellationError.self) {
                try await run(
                    [MadeUpSource(name: "sky", clock: clock)], archive: folder,
                    clock: clock.following
                ).run { live in lives.withLock { $0.append(live) } }
            }
            // A look may come before the source is there, or while it reads what it then tells.
            let all = lives.withLock { $0 }.filter { $0.counts.first?.end == $0.now }
            let first = try #require(all.first)
            let count = try #require(first.counts.first)
            let passed = first.now.seconds(since: Self.start)
            #expect(first.slot.start == Self.start)
            #expect(first.next == first.now + 60)
            #expect(count.start == Self.start)
            #expect(count.posts == passed && count.accounts == 997)
            #expect(count.top.map(\.tag).first == "tide" && count.top.count == 10)
            #expect(count.trending == nil && count.curve.count == 72)
            #expect(
                count.curve.prefix(passed / 300) == ArraySlice(repeating: 300, count: passed / 300))
            #expect(count.curve.reduce(0, +) == passed)
            for (one, other) in zip(all, all.dropFirst()) where one.slot == other.slot {
                #expect(other.now.seconds(since: one.now) % 60 == 0)
            }
            let anew = try #require(all.first { $0.slot.start == Self.start + 21_600 })
            #expect(anew.counts.first?.posts == anew.now.seconds(since: anew.slot.start))
            #expect(!FileManager.default.fileExists(atPath: folder + "/windows"))
        }
    }

    /// A week takes minutes, and tests beside it take memory and descriptors of the same process: who asks for it runs
    /// it alone.
    private static let days =
        ProcessInfo.processInfo.environment["TIDEMARK_FOLLOW_DAYS"].flatMap { Int($0) } ?? 0

    @Test(
        .enabled(
            if: days > 0, "TIDEMARK_FOLLOW_DAYS says how many days, in a run of this suite alone"))
    func `days take no more memory and no more descriptors than their first quarter`()
        async throws
    {
        try await withTemporaryFolder { folder in
            let clock = MadeUpClock(from: Self.start, to: Self.start + Self.days * 86_400)
            let measured = Mutex<[(bytes: Int, descriptors: Int)]>([])
            await #expect(throws: CancellationError.self) {
                try await run(
                    [
                        MadeUpSource(name: "sky", clock: clock, step: 60),
                        MadeUpSource(name: "town", clock: clock, step: 90),
                    ], archive: folder, clock: clock.following
                ).run { live in
                    guard live.now.secondsSinceEpoch / 60 % 60 == 0 else { return }
                    measured.withLock { $0.append((Self.residentBytes, Self.descriptorCount)) }
                }
            }
            let all = measured.withLock { $0 }
            #expect(all.count >= Self.days * 23)
            let (day, last) = (all.prefix(all.count / 4), all.suffix(all.count / 4))
            let growth =
                (last.map(\.bytes).min() ?? .max) - (day.map(\.bytes).max() ?? 0)
            #expect(growth < 8 << 20, "\(growth) bytes")
            let more =
                (last.map(\.descriptors).min() ?? .max) - (day.map(\.descriptors).max() ?? 0)
            #expect(more <= 0)
        }
    }

    /// A source that fails at once, and counts how often it was asked.
    private struct BrokenSource: PostSource {
        let name = "broken"
        let availability = Availability.live
        let asked: @Sendable () -> Void

        func read(
            _ request: WindowRequest, archive: (ClosedWindow) async throws -> Void
        ) async throws {
            asked()
            throw SnapshotError.noAnswer(address: "ws://127.0.0.1:\(Int.random(in: 1...9999))")
        }
    }

    @Test func `a source that fails is asked again, told of once, and the others go on`()
        async throws
    {
        try await withTemporaryFolder { folder in
            let asked = Mutex(0)
            let told = Mutex<[String]>([])
            let begin = ContinuousClock.now
            let clock = FollowClock {
                Self.start + 600 + Int((ContinuousClock.now - begin) / .milliseconds(10))
            } sleep: { until in
                while Self.start + 600 + Int((ContinuousClock.now - begin) / .milliseconds(10))
                    < until
                {
                    try await Task.sleep(for: .milliseconds(10))
                    if asked.withLock({ $0 }) > 1 { throw CancellationError() }
                }
            }
            await #expect(throws: CancellationError.self) {
                try await run(
                    [BrokenSource { asked.withLock { $0 += 1 } }], archive: folder, clock: clock,
                    tell: { notice in told.withLock { $0.append("\(notice)") } }
                ).run { _ in }
            }
            #expect(asked.withLock { $0 } == 2)
            #expect(told.withLock { $0.count } == 1)
            #expect(told.withLock { $0.first?.hasPrefix("broken: ") } == true)
        }
    }

    @Test func `a source that a publish reads is left alone meanwhile`() async throws {
        try await withTemporaryFolder { folder in
            let asked = Mutex(0)
            let clock = MadeUpClock(from: Self.start + 600, to: Self.start + 1200)
            let lives = Mutex<[LiveSlot]>([])
            await #expect(throws: CancellationError.self) {
                try await run(
                    [BrokenSource { asked.withLock { $0 += 1 } }], archive: folder,
                    clock: clock.following, exclusive: ["broken"], isBusy: { true }
                ).run { live in lives.withLock { $0.append(live) } }
            }
            #expect(asked.withLock { $0 } == 0)
            #expect(lives.withLock { $0.allSatisfy(\.counts.isEmpty) && $0.count == 10 })
        }
    }

    @Test func `what is withdrawn is not in it from the next minute on`() async throws {
        try await withTemporaryFolder { folder in
            let clock = MadeUpClock(from: Self.start + 600, to: Self.start + 1200)
            let lives = Mutex<[[String]]>([])
            await #expect(throws: CancellationError.self) {
                try await run(
                    [MadeUpSource(name: "sky", clock: clock)], archive: folder,
                    clock: clock.following
                ).run { live in
                    let tags = live.counts.flatMap(\.top).map(\.tag)
                    guard !tags.isEmpty else { return }
                    lives.withLock { $0.append(tags) }
                    try? write("tag,since,reason\n#TIDE,,\n", to: folder + "/withdrawn.csv")
                }
            }
            let tags = lives.withLock { $0 }
            #expect(tags.first?.first == "tide" && tags.count > 1)
            #expect(tags.dropFirst().allSatisfy { !$0.contains("tide") && $0.count == 10 })
        }
    }

    private static var residentBytes: Int {
        let text = (try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8)) ?? ""
        return (text.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0) * 4096
    }

    private static var descriptorCount: Int {
        (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count) ?? .max
    }
}
