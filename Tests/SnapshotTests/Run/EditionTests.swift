import Archive
import Calendar
import Decode
import Files
import Support
import Testing

@testable import Snapshot
@testable import Tally

@Suite("Editions of a source")
struct EditionTests {
    private static let slot = Schedule.everySixHours.slot(
        containing: Timestamp("2026-11-22T12:00:00Z")!)
    private static let now = slot.end + 60

    private func run(_ source: any PostSource, in folder: String) throws -> SnapshotRun {
        var german = CountingRules()
        german.languages = [try #require(Language("de"))]
        return SnapshotRun(
            sources: [source], archive: folder, schedule: .everySixHours, length: 1, top: 10,
            rules: CountingRules(), rulesOfSource: ["deutsch": german],
            editions: ["sky": ["deutsch"]], version: "1")
    }

    /// How often the server was asked.
    private static func connections(_ folder: String) throws -> Int {
        String(decoding: try WholeFile.read(folder + "/log"), as: UTF8.self)
            .split(separator: "\n").count
    }

    private func rows(in folder: String) throws -> [String] {
        try ArchiveReader(folder: folder).windows().map { "\($0.slot) \($0.source) \($0.status)" }
    }

    @Test("reads a stream once, and counts it as often as there are editions")
    func once() async throws {
        try await withTemporaryFolder { folder in
            let lines = MadeUpEvents(seed: 17, slots: [Self.slot, Self.slot.next]).lines(6_000)
                .enumerated().map { number, line in
                    number.isMultiple(of: 3) ? line.replacing("[\"en\"]", with: "[\"de\"]") : line
                }
            try write(lines.joined(separator: "\n") + "\n", to: folder + "/events")
            var script = JetstreamScript(folder + "/events")
            script.log = folder + "/log"
            try await withJetstream(script) { peer in
                let source = try BlueskySource(name: "sky", hosts: [peer])
                let archive = folder + "/archive"
                let report = try await run(source, in: archive).run(now: Self.now)
                #expect(report.failures.isEmpty)
                #expect(report.archived.map(\.source) == ["deutsch", "sky"])
                let (deutsch, sky) = (report.archived[0], report.archived[1])
                #expect(deutsch.reasons?.counts["language"] ?? 0 > 0)
                #expect(deutsch.posts + deutsch.dropped == sky.posts + sky.dropped)
                #expect(deutsch.posts < sky.posts)
                #expect(try Self.connections(folder) == 1)
                // Nothing is due any more, and nothing asked for.
                let again = try await run(source, in: archive).run(now: Self.now)
                #expect(again.archived.isEmpty && again.failures.isEmpty)
                #expect(try Self.connections(folder) == 1)
            }
        }
    }

    /// A source that hands over the slot that is over, with counts of an edition.
    private struct Scripted: PostSource {
        let name = "sky"
        var availability = Availability.replayable(lookBack: 6 * 3600)
        var isFailing = false

        func read(
            _ request: WindowRequest, archive: (ClosedWindow) async throws -> Void
        ) async throws {
            for slot in try request.dueSlots(of: name, availability) where !isFailing {
                var ledger = PostLedger(rules: request.rules)
                ledger.recordMistimed()
                try await archive(
                    ClosedWindow(
                        slot: slot, source: name, start: slot.start, end: slot.end, read: 1,
                        meant: 1, tally: try ledger.tally()))
            }
            if isFailing { throw SnapshotError.overBudget(limit: "x") }
        }
    }

    @Test("makes up for a run that was killed between the rows of a slot, and keeps each row once")
    func killed() async throws {
        try await withTemporaryFolder { folder in
            let row = WindowRow(
                slot: Self.slot.start, source: "deutsch", start: Self.slot.start,
                end: Self.slot.end, status: .complete, coverage: 1, version: "1")
            try ArchiveWriter(folder: folder).append(row, top: [], tail: [])
            _ = try await run(Scripted(), in: folder).run(now: Self.now)
            #expect(
                try rows(in: folder) == [
                    "2026-11-22T12:00:00Z deutsch complete", "2026-11-22T12:00:00Z sky complete",
                ])
            // Replaced are all of them.
            _ = try await run(Scripted(), in: folder).run(
                now: Self.now, .init(slot: Self.slot, replaces: true, isForced: true))
            #expect(try rows(in: folder).count == 2)
        }
    }

    @Test("gives an edition the gaps of its source, from its own first window on")
    func gaps() async throws {
        try await withTemporaryFolder { folder in
            _ = try await run(Scripted(), in: folder).run(now: Self.now)
            _ = try await run(Scripted(isFailing: true), in: folder).run(now: Self.now + 12 * 3600)
            let rows = try rows(in: folder)
            #expect(
                rows.dropFirst(2) == [
                    "2026-11-22T18:00:00Z deutsch missing", "2026-11-22T18:00:00Z sky missing",
                ])
        }
    }
}
