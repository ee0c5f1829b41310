import Calendar
import Testing

@testable import Snapshot
@testable import Tally

@Suite("SampleSource")
struct SampleSourceTests {
    private func windows(
        at now: String, slot: Slot? = nil, archived: Set<Timestamp> = [],
        context: ContextRules? = nil
    ) async throws -> [ClosedWindow] {
        var request = WindowRequest(
            now: try #require(Timestamp(now)), schedule: .everySixHours, length: 3000, slot: slot,
            archived: archived, rules: CountingRules())
        request.rules.context = context
        var windows: [ClosedWindow] = []
        try await SampleSource().read(request) { windows.append($0) }
        return windows
    }

    private func rows(_ windows: [ClosedWindow]) -> [String] {
        windows.flatMap { window in
            ["\(window.row(version: "1"))", "\(window.tally.tags)", "\(window.tally.tail)"]
        }
    }

    @Test(
        "fills the look-back the first time, oldest first, every slot with something in it; then does nothing"
    )
    func firstRun() async throws {
        let first = try await windows(at: "2026-11-22T19:00:00Z")
        #expect(first.count == SampleSource.lookBackSlots)
        #expect(first.map(\.slot) == first.map(\.slot).sorted())
        #expect(first.last.map { "\($0.slot.start)" } == "2026-11-22T12:00:00Z")
        #expect(first.map(\.status).dropLast().allSatisfy { $0 == .backfilled })
        #expect(first.last?.status == .complete)
        for window in first {
            #expect(window.tally.tagCount >= 10)
            #expect(window.tally.accounts > 50)
            #expect(
                window.tally.read.droppedPosts.isEmpty && window.tally.read.droppedTags.isEmpty
                    && window.tally.read.invalid == 0)
        }
        let archived = Set(first.map(\.slot.start))
        #expect(try await windows(at: "2026-11-22T23:59:59Z", archived: archived).isEmpty)
        #expect(
            try await windows(at: "2026-11-23T00:00:00Z", archived: archived).map {
                "\($0.slot.start)"
            } == ["2026-11-22T18:00:00Z"])
    }

    @Test("tells what is written and linked together while a topic surges")
    func occasions() async throws {
        let windows = try await windows(at: "2026-11-22T19:00:00Z", context: ContextRules())
        let contexts = try windows.flatMap { try $0.tally.context(of: $0.tally.tags) }
        #expect(
            contexts.contains { $0.tag.hasSuffix("live") && $0.related.first?.accounts ?? 0 > 9 })
        let links = contexts.flatMap(\.links)
        #expect(links.count > 10)
        #expect(
            links.allSatisfy {
                $0.address.hasPrefix("https://news.example/") && $0.title.hasPrefix("What happened")
            })
    }

    @Test("makes up the same for the same slot, and something else for the next one")
    func deterministic() async throws {
        let time = try #require(Timestamp("2026-11-22T12:00:00Z"))
        let slot = Schedule.everySixHours.slot(containing: time)
        let one = try await rows(windows(at: "2026-11-22T19:00:00Z", slot: slot))
        #expect(try await rows(windows(at: "2026-11-22T19:00:00Z", slot: slot)) == one)
        #expect(try await rows(windows(at: "2026-11-22T19:00:00Z", slot: slot.previous)) != one)
    }
}
