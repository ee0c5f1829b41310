import Calendar
import Support
import Testing

@testable import Archive

struct ArchiveMergeTests {
    private static let now = Timestamp(secondsSinceEpoch: 1_795_435_200)

    /// Merges an archive that `here` made with one that `there` made.
    private func merged(
        here: (ArchiveFixture) throws -> Void, there: (ArchiveFixture) throws -> Void,
        _ body: (ArchiveFixture, ArchiveMerge.Report) throws -> Void
    ) async throws {
        try await withTemporaryFolder { folder in
            let (ours, theirs) = (
                ArchiveFixture(folder: folder + "/here"), ArchiveFixture(folder: folder + "/there")
            )
            try here(ours)
            try there(theirs)
            let (own, published) = (try ours.files(), try theirs.files())
            let differing = published.filter { own[$0.key] != $0.value }
            let merge = try ArchiveMerge(
                of: ours.folder, with: differing.mapValues { Array($0.utf8) }, now: Self.now)
            try merge.apply()
            try body(ours, merge.report)
        }
    }

    @Test
    func
        `keeps the whole lists of a window that both have, of which withdrawn lines are not published`()
        async throws
    {
        let same = try Sample("sky", hour: 0)
        try await merged { here in
            try same.append(to: here)
            try Sample("sky", hour: 6).append(to: here)
        } there: { there in
            try same.append(to: there)
            try Sample("sky", hour: 12).append(to: there)
            for file in [ArchiveFixture.top, ArchiveFixture.tail] {
                let lines = try there.text(file).split(separator: "\n")
                try there.write(
                    lines.filter { !$0.contains(",kelp,") }.map { $0 + "\n" }.joined(), to: file)
            }
        } _: { merged, report in
            #expect(report.kept == 1 && report.fetched == 1)
            let date = same.window.slot.date
            let top = try merged.reader.top(date)
            #expect(top.filter { $0.slot == same.window.slot } == same.top)
            #expect(
                top.filter { $0.slot != same.window.slot }.map(\.tag) == ["tide", "tide", "kelp"])
            #expect(try merged.reader.tail(date).count { $0.slot == same.window.slot } == 2)
        }
    }

    @Test func `adds up what both have paid since they parted`() async throws {
        func pay(_ archive: ArchiveFixture, _ rows: [(hour: Int, reserved: Int)]) throws {
            for (hour, reserved) in rows {
                try SpendingLog(archive: archive.folder).append(
                    SpendingRow(
                        slot: try Sample("x", hour: hour).window.slot, source: "x",
                        reserved: reserved))
            }
        }
        let before = [(hour: 0, reserved: 100), (hour: 0, reserved: 100)]
        try await merged { here in
            try pay(here, before + [(6, 100), (6, 100)])
        } there: { there in
            try pay(there, before + [(6, 100), (12, 7)])
        } _: { merged, _ in
            let spent = try SpendingLog(archive: merged.folder).spent(
                on: "x", slot: try Sample("x", hour: 6).window.slot)
            // The first 100 of six o'clock look alike, and are the ones that both had.
            #expect(spent == (200, 407))
        }
    }

    @Test func `keeps the name of the feed that is published`() async throws {
        try await merged { here in
            try FeedAuthority(archive: here.folder).keep("new.example")
        } there: { there in
            try FeedAuthority(archive: there.folder).keep("old.example")
        } _: { merged, _ in
            let kept = try FeedAuthority(archive: merged.folder).kept()
            #expect(kept == "old.example")
        }
    }
}
