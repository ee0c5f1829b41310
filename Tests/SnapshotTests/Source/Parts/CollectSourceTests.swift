import Calendar
import Decode
import Foundation
import Support
import Tally
import Testing

@testable import Snapshot

@Suite struct CollectSourceTests {
    private static let slot = Schedule.everySixHours.slot(
        containing: Timestamp(secondsSinceEpoch: 1_795_176_000))

    /// Puts a part with these posts of one person each, so many seconds behind the slot's start, into the place.
    private func put(_ name: String, _ seconds: [Int], in folder: String) throws {
        let lines = seconds.map { second in
            #"{"did":"did:example:\#(name)\#(second)","time_us":\#(1_795_176_000 + second)000000,"commit":{"rev":"3lb","#
                + #""operation":"create","collection":"app.bsky.feed.post","rkey":"1","record":{"tags":["tide"]}}}"#
        }
        try write(lines.joined(separator: "\n"), to: "\(folder)/\(name)")
        let map = PartMap(
            format: .jetstream, grammar: nil, rules: CountingRules(), tables: "15",
            secret: try #require(PartSecret(bytes("a secret of many bytes"))), source: "sky",
            schedule: .everySixHours)
        _ = try map.map(
            [PartMap.Split(path: "\(folder)/\(name)", name: name)], to: "\(folder)/parts")
    }

    /// What a publisher reads that is killed before it can say that the slot is closed.
    private func killed(_ folder: String, deadline: Int = 1800) async -> WindowCollection {
        let source = CollectSource(
            name: "sky", members: ["a", "b", "c"], place: SharedFolder("\(folder)/parts"),
            deadline: deadline, tables: "15")
        let collection = await WindowCollection.of(
            source,
            WindowRequest(
                now: Self.slot.end + 600, schedule: .everySixHours, length: 60, slot: nil,
                archived: [], rules: CountingRules()))
        await source.end()
        return collection
    }

    @Test
    func
        `Who goes on in the place of a killed publisher closes a slot from the same parts, whatever comes meanwhile`()
        async throws
    {
        try await withTemporaryFolder { folder in
            try put("a", [7200, 10000], in: folder)
            try put("b", [14399], in: folder)
            // One before the deadline writes nothing down.
            #expect(await killed(folder).lines == [])
            try put("d", [7300], in: folder)
            let first = await killed(folder, deadline: 0)
            #expect(
                first.windows.count == 1
                    && first.lines[0].hasPrefix("2026-11-20T12:00:00Z partial 0.222")
                    && first.lines[0].hasSuffix(" 4 4 (without c)"), "\(first.lines)")

            // The missing one, one more, and what shows that the slot was recorded to its end.
            try put("c", [20000], in: folder)
            try put("e", [20001, 30000], in: folder)
            for deadline in [0, 1800] {
                let next = await killed(folder, deadline: deadline)
                #expect(next.lines == first.lines && next.error == nil, "\(next)")
            }

            // Nothing that is written down can be counted any more.
            for name in ["a", "b", "d"] {
                try FileManager.default.removeItem(
                    atPath: "\(folder)/parts/20261120T12Z/\(name).part")
            }
            let last = await killed(folder, deadline: 0)
            #expect(
                last.lines == []
                    && last.sentence?.contains("20261120T12Z.closing: another publisher") == true,
                "\(last)")
        }
    }
}
