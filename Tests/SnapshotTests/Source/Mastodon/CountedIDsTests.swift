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
        #expect(early.lines == ["2026-11-22T06:00:00Z backfilled 1.0 140 23"] + Town.whole)
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
