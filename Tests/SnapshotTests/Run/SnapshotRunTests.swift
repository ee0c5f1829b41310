import Archive
import Calendar
import Foundation
import Support
import Testing
import Transport

@testable import Snapshot
@testable import Tally

@Suite("SnapshotRun")
struct SnapshotRunTests {
    private func run(_ sources: [any PostSource], in folder: String) -> SnapshotRun {
        SnapshotRun(
            sources: sources, archive: folder, schedule: .everySixHours, length: 1, top: 10,
            rules: CountingRules(), version: "1.0.0")
    }

    private func windows(in folder: String) throws -> [String] {
        try ArchiveReader(folder: folder).windows().map {
            "\($0.slot) \($0.source) \($0.status) \($0.posts)"
                + ($0.note?.isEmpty == false ? " (\($0.note ?? ""))" : "")
        }
    }

    /// A source that hands over the running slot's predecessor, and then may fail.
    private struct Scripted: PostSource {
        var name: String
        var availability = Availability.live
        var failure: (any Error)?
        /// Posts of the window; nil hands over none.
        var posts: Int? = 1

        func read(
            _ request: WindowRequest, archive: (ClosedWindow) async throws -> Void
        ) async throws {
            let slot = request.slot ?? request.schedule.slot(containing: request.now).previous
            if let posts, request.wants(slot) {
                var tally = Counts()
                tally.posts = posts
                tally.tagCount = posts
                tally.tags = (0..<posts).map {
                    TagCount(
                        key: "t\($0)", spelling: "T\($0)", posts: posts - $0, accounts: posts - $0)
                }
                tally.tail = tally.tags.filter { $0.accounts >= 2 }
                try await archive(
                    ClosedWindow(
                        slot: slot, source: name, start: slot.start, end: slot.end, read: 1,
                        meant: 1, tally: tally))
            }
            if let failure { throw failure }
        }
    }

    @Test(
        arguments: [
            (TransportError.silent(shown: "wss://a.example", limit: .seconds(5)), "w"),
            (SnapshotError.noneOf(count: 2, last: .cancelled), "w"),
            (SnapshotError.topic(.noTopic(topic: "posts")), " W"),
            (SnapshotError.fromTheFuture(slot: "a", now: "b"), nil),
        ] as [(any Error, String?)])
    func `says of a source that can go back that what is left of it stays due`(
        error: any Error, start: String?
    ) async throws {
        let due = "hat is missing stays due: each run tries again, for as long as lookBack says"
        let end = start.map { ($0 == "w" ? "; w" : $0) + due } ?? ""
        try await withTemporaryFolder { folder in
            let back = Availability.replayable(lookBack: 86_400)
            let sources = [
                Scripted(name: "none", availability: back, failure: error, posts: nil),
                Scripted(name: "read", availability: back, failure: error),
                Scripted(name: "live", failure: error),
            ]
            let report = try await run(sources, in: folder).run(now: now)
            #expect(
                report.failures.map { report.words(on: $0.error, of: $0.source) } == [
                    "live: \(error)", "none: \(error)\(end)", "read: \(error)",
                ])
        }
    }

    private let now = Timestamp(secondsSinceEpoch: 1_795_370_400 + 60)

    @Test("reads sources side by side; one that fails costs no other, and none of its own windows")
    func failures() async throws {
        try await withTemporaryFolder { folder in
            let failure = SnapshotError.unreachable(address: "127.0.0.1:1", reason: "x")
            let report = try await run(
                [
                    Scripted(name: "a", failure: failure), Scripted(name: "b"),
                    Scripted(name: "c", failure: failure, posts: nil),
                ], in: folder
            ).run(now: now)
            #expect(report.failures.map(\.source) == ["a", "c"])
            #expect(report.failures.allSatisfy { $0.error as? SnapshotError == failure })
            #expect(Set(report.archived.map(\.source)) == ["a", "b"])
            #expect(
                try windows(in: folder) == [
                    "2026-11-22T12:00:00Z a complete 1", "2026-11-22T12:00:00Z b complete 1",
                ])
            // The slot is left to later runs; the first one after its end says why it is missing.
            let later = try await run(
                [Scripted(name: "a"), Scripted(name: "c", posts: nil)], in: folder
            )
            .run(now: now + 6 * 3600)
            #expect(
                later.archived.filter { $0.status == .missing }.map {
                    "\($0.source) \($0.note ?? "")"
                }
                    == ["c \(failure)"])
            #expect(try SmallTable<FailedRow>(folder + "/.failed.csv").rows() == [])
        }
    }

    @Test("says at once that a live slot is missing, and of a replayable one when it is too old")
    func lookBack() async throws {
        try await withTemporaryFolder { folder in
            let sources = [
                Scripted(name: "r", availability: .replayable(lookBack: 12 * 3600)),
                Scripted(name: "f", availability: .recording),
            ]
            _ = try await run(sources, in: folder).run(now: now)
            let before = try windows(in: folder)
            let failing = sources.map {
                Scripted(
                    name: $0.name, availability: $0.availability,
                    failure: SnapshotError.overBudget(limit: "x"), posts: nil)
            }
            let report = try await run(failing, in: folder).run(now: now + 12 * 3600)
            #expect(report.failures.count == 2)
            #expect(report.archived == [])
            #expect(try windows(in: folder) == before)
            _ = try await run(failing, in: folder).run(now: now + 18 * 3600)
            let note = "not read within 12 h, as far back as the source goes"
            #expect(
                try windows(in: folder) == before + ["2026-11-22T18:00:00Z r missing 0 (\(note))"])
        }
    }

    @Test(
        "leaves a live source's slot alone that was not the one to read, and what it has archived")
    func otherSlot() async throws {
        try await withTemporaryFolder { folder in
            let source = Scripted(
                name: "a", failure: SnapshotError.overBudget(limit: "x"), posts: nil)
            let running = Schedule.everySixHours.slot(containing: now)
            _ = try await run([source], in: folder).run(now: now, .init(slot: running.previous))
            #expect(try windows(in: folder) == [])
            _ = try await run([source], in: folder).run(now: now, .init(slot: running))
            #expect(try windows(in: folder) == [])
        }
    }

    @Test("appends the windows of recordings in the order of the sources")
    func order() async throws {
        try await withTemporaryFolder { folder in
            let names = ["f", "a", "z", "b", "y", "c", "x", "d"]
            let report = try await run(
                names.map { Scripted(name: $0, availability: .recording) }, in: folder
            ).run(now: now)
            #expect(report.archived.map(\.source) == names)
        }
    }

    @Test("appends nothing the second time")
    func repeated() async throws {
        try await withTemporaryFolder { folder in
            _ = try await run([Scripted(name: "a")], in: folder).run(now: now)
            let before = try windows(in: folder)
            let report = try await run([Scripted(name: "a", posts: 7)], in: folder).run(now: now)
            #expect(report.archived.isEmpty)
            #expect(report.failures.isEmpty)
            #expect(try windows(in: folder) == before)
        }
    }

    @Test("reads a slot again when told to")
    func replaces() async throws {
        try await withTemporaryFolder { folder in
            let slot = Schedule.everySixHours.slot(containing: now).previous
            _ = try await run([Scripted(name: "a"), Scripted(name: "b")], in: folder).run(now: now)
            _ = try await run([Scripted(name: "a", posts: 3)], in: folder).run(
                now: now, .init(slot: slot, replaces: true))
            #expect(
                try windows(in: folder) == [
                    "2026-11-22T12:00:00Z a complete 3", "2026-11-22T12:00:00Z b complete 1",
                ])
            let top = try ArchiveReader(folder: folder).top(slot.start.date)
            #expect(
                top.filter { $0.source == "a" }.map {
                    "\($0.rank) \($0.tag) \($0.spelling) \($0.posts)"
                } == ["1 t0 T0 3", "2 t1 T1 2", "3 t2 T2 1"])
            #expect(
                try ArchiveReader(folder: folder).tail(slot.start.date).map {
                    "\($0.source) \($0.tag) \($0.accounts)"
                } == ["a t0 3", "a t1 2"])
        }
    }

    @Test("replaces no slot by less, but by force")
    func lowers() async throws {
        try await withTemporaryFolder { folder in
            let slot = Schedule.everySixHours.slot(containing: now).previous
            _ = try await run([Scripted(name: "a", posts: 3)], in: folder).run(now: now)
            let before = try windows(in: folder)
            let less = run([Scripted(name: "a", posts: 2)], in: folder)
            let refused = try await less.run(now: now, .init(slot: slot, replaces: true))
            #expect(
                refused.failures.map { "\($0.error)" } == [
                    "the slot 2026-11-22T12:00:00Z would lose by being replaced: complete, 100.0 % of it "
                        + "read, 3 posts now, and complete, 100.0 % of it read, 2 posts when read again; "
                        + "the archive is as it was. --force replaces it all the same"
                ])
            #expect(try windows(in: folder) == before)
            _ = try await less.run(now: now, .init(slot: slot, replaces: true, isForced: true))
            #expect(try windows(in: folder) == ["2026-11-22T12:00:00Z a complete 2"])
        }
    }

    @Test(
        "calls no more than a day of slots missing by the machine's clock alone, any number by two",
        arguments: [(5, false, true), (6, false, false), (1460, false, false), (1460, true, true)])
    func trust(slots: Int, hasServer: Bool, isWritten: Bool) async throws {
        try await withTemporaryFolder { folder in
            let source = Scripted(name: "live")
            _ = try await run([source], in: folder).run(now: now)
            let later = now + slots * 21_600
            let clock = OutsideClock(machine: later)
            let report = try await run([source], in: folder).run(
                now: later, clock: clock,
                .init(otherClock: { if hasServer { $0.take(later, of: "bucket", at: .now) } }))
            let missing = report.archived.filter { $0.status == .missing }
            #expect(missing.count == (isWritten ? slots - 1 : 0))
            #expect((report.refusal == nil) == isWritten)
            // What was read is kept; a second run believes the clock no more for it.
            #expect(report.archived.count { $0.status == .complete } == 1)
            let again = try await run([source], in: folder).run(
                now: later, clock: OutsideClock(machine: later))
            #expect(again.archived == [] && (again.refusal == nil) == isWritten)
        }
    }

    @Test("stops at an archive that is ahead of the clock, before any source is asked")
    func ahead() async throws {
        try await withTemporaryFolder { folder in
            _ = try await run([Scripted(name: "a")], in: folder).run(now: now + 86_400)
            let before = try windows(in: folder)
            await #expect(throws: ClockRefusal.self) {
                try await run([Scripted(name: "a")], in: folder).run(now: now)
            }
            #expect(try windows(in: folder) == before)
        }
    }

    @Test("marks slots that passed without a row as missing, for sources that have a schedule")
    func missing() async throws {
        try await withTemporaryFolder { folder in
            let sources = [
                Scripted(name: "live"), Scripted(name: "file", availability: .recording),
            ]
            _ = try await run(sources, in: folder).run(now: now)
            let report = try await run(sources, in: folder).run(now: now + 18 * 3600)
            #expect(report.archived.filter { $0.status == .missing }.map(\.coverage) == [0, 0])
            #expect(
                try windows(in: folder) == [
                    "2026-11-22T12:00:00Z file complete 1", "2026-11-22T12:00:00Z live complete 1",
                    "2026-11-22T18:00:00Z live missing 0 (no run read it)",
                    "2026-11-23T00:00:00Z live missing 0 (no run read it)",
                    "2026-11-23T06:00:00Z file complete 1",
                    "2026-11-23T06:00:00Z live complete 1",
                ])
            // The slot that is running when a source fails is none yet.
            _ = try await run(
                [Scripted(name: "live", failure: SnapshotError.overBudget(limit: "x"), posts: nil)],
                in: folder
            ).run(now: now + 24 * 3600)
            #expect(
                try windows(in: folder).suffix(1) == [
                    "2026-11-23T12:00:00Z live missing 0 (no run read it)"
                ])
            // Missing slots leave no list files behind.
            #expect(!FileManager.default.fileExists(atPath: folder + "/top/2026/2026-11-24.csv"))
        }
    }

    @Test("stops at an archive that cannot be read, before any source is asked")
    func damagedArchive() async throws {
        try await withTemporaryFolder { folder in
            try FileManager.default.createDirectory(
                atPath: folder + "/windows", withIntermediateDirectories: true)
            try Data("nonsense\n".utf8).write(
                to: URL(fileURLWithPath: folder + "/windows/2026.csv"))
            await #expect(throws: ArchiveError.self) {
                try await run([Scripted(name: "a")], in: folder).run(now: now)
            }
        }
    }

    @Test("archives a recording by the slots of its posts, and leaves it alone the next time")
    func recording() async throws {
        try await withTemporaryFolder { folder in
            let path = Repository.folder + "/Tests/Fixtures/jetstream.ndjson"
            let source = FileSource(
                name: "replay", recording: Recording(paths: [path], format: .jetstream))
            let archive = folder + "/archive"
            let report = try await run([source], in: archive).run(now: now)
            #expect(report.failures.isEmpty)
            #expect(
                try windows(in: archive) == [
                    "2026-11-22T06:00:00Z replay partial 3",
                    "2026-11-22T12:00:00Z replay complete 1",
                    "2026-11-22T18:00:00Z replay partial 1",
                ])
            #expect(try await run([source], in: archive).run(now: now).archived.isEmpty)
        }
    }

    @Test("reports a recording that cannot be read, and archives none of it")
    func missingRecording() async throws {
        try await withTemporaryFolder { folder in
            let paths = [Repository.folder + "/Tests/Fixtures/jetstream.ndjson", folder + "/none"]
            let source = FileSource(
                name: "replay", recording: Recording(paths: paths, format: .jetstream))
            let report = try await run([source], in: folder + "/archive").run(now: now)
            #expect(
                report.failures.map { "\($0.error)" } == [
                    "\(folder)/none: cannot be read: No such file or directory"
                ])
            #expect(try windows(in: folder + "/archive") == [])
        }
    }

    @Test("says of a recording in another format that nothing in it is a post of this one")
    func otherFormat() async throws {
        try await withTemporaryFolder { folder in
            let path = Repository.folder + "/Tests/Fixtures/jetstream.ndjson"
            let source = FileSource(
                name: "replay", recording: Recording(paths: [path], format: .v2))
            let report = try await run([source], in: folder).run(now: now)
            let records = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
            #expect(
                report.failures.map { "\($0.error)" } == [
                    "\(path): none of \(records.count) records is a post of format v2 with a time; "
                        + "is it another format?"
                ])
        }
    }

    @Test("archives nothing of an empty recording, and finds nothing wrong with it")
    func emptyRecording() async throws {
        try await withTemporaryFolder { folder in
            try Data().write(to: URL(fileURLWithPath: folder + "/empty"))
            let source = FileSource(
                name: "replay", recording: Recording(paths: [folder + "/empty"], format: .v2))
            let report = try await run([source], in: folder + "/archive").run(now: now)
            #expect(report.failures.isEmpty && report.archived.isEmpty)
        }
    }

    @Test("fills the archive with the demonstration, and checks out when read back")
    func demonstration() async throws {
        try await withTemporaryFolder { folder in
            let report = try await run([SampleSource()], in: folder).run(now: now)
            #expect(report.archived.count == SampleSource.lookBackSlots)
            let reader = ArchiveReader(folder: folder)
            let rows = try reader.windows()
            #expect(rows.map(\.slot) == report.archived.map(\.slot).sorted())
            for date in Set(rows.map(\.slot.date)) {
                let slots = rows.filter { $0.slot.date == date }.count
                #expect(try reader.top(date).count == 10 * slots)
                #expect(try reader.tail(date).count >= 10 * slots)
            }
            #expect(try await run([SampleSource()], in: folder).run(now: now).archived.isEmpty)
        }
    }
}
