import Archive
import Calendar
import Files
import Output
import Support
import Testing

@testable import SiteGen

struct ArchiveTablesTests {
    /// Nil for a gap.
    private func movements(_ lists: [[String]?]) throws -> [[Movement?]] {
        var tables = ArchiveTables()
        for (index, list) in lists.enumerated() {
            let slot = try time("2026-11-22T00") + index * 21_600
            tables.append(
                madeWindow(slot, "a", status: list == nil ? .missing : .complete),
                popular: (list ?? []).enumerated().map { rank, tag in
                    TopRow(
                        slot: slot, source: "a", rank: rank + 1, tag: tag, spelling: tag, posts: 1,
                        accounts: 1)
                }, trending: [])
        }
        let index = ArchiveIndex(tables)
        return lists.indices.map { index.window(Int32($0)).entries.map(\.movement) }
    }

    @Test func `tells new, back, up, down and same from the list before`() throws {
        #expect(
            try movements([["a", "b", "c"], ["b", "a", "c", "d"], ["d"], ["c", "d"]]) == [
                [nil, nil, nil], [.up(1), .down(1), .same, .new], [.up(3)], [.back, .down(1)],
            ])
    }

    @Test func `looks past a gap to the last list`() throws {
        #expect(
            try movements([["a", "b"], nil, ["b", "a"]]) == [[nil, nil], [], [.up(1), .down(1)]])
    }

    /// Else each build takes the year for another one.
    @Test func `gives back every column of a window`() throws {
        var row = madeWindow(try time("2026-11-22T00"), "a", status: .partial)
        (row.coverage, row.posts, row.tagged, row.accounts, row.tags) = (0.5, 9, 8, 7, 6)
        (row.duplicates, row.dropped, row.reconnects, row.held, row.rows) = (5, 4, 3, 2, 1)
        (row.reasons, row.note, row.rules) = (DropReasons("deleted=4"), "a note", "a hash")
        for column in Mirror(reflecting: row).children {
            #expect("\(column.value)" != "nil", "\(column.label ?? "")")
        }
        var tables = ArchiveTables()
        tables.append(row, popular: [], trending: [])
        #expect(tables.row(ofWindow: 0) == row)
    }

    @Test func `looks at the last day and those of new windows alone`() async throws {
        try await withSite { site in
            func update(_ known: ArchiveUpdate?) throws -> ArchiveUpdate {
                try ArchiveUpdate(
                    archive: ArchiveReader(folder: site.archive), places: 10,
                    withdrawn: try ArchiveReader(folder: site.archive).withdrawals(),
                    tables: known?.tables ?? ArchiveTables(),
                    stamps: known?.stamps ?? ArchiveStamps(), now: FileStamp.now + 10_000_000_000)
            }
            for (day, tag) in [("19", "y"), ("20", "z"), ("21", "b")] {
                try site.archive("2026-11-\(day)T00", tags: [tag])
            }
            let known = try update(nil)
            try site.archive("2026-11-22T00", tags: ["c"])
            let new = try update(known)
            #expect(new.change.firstDay?.description == "2026-11-21")
            #expect(new.change.tags.count == 2)
        }
    }

    @Test func `takes twins of another normal form for two tags`() throws {
        #expect(try movements([["\u{E9}"], ["e\u{301}"]]) == [[nil], [.new]])
    }

    @Test func `counts streaks and names the list before, of each source and kind of list`() throws
    {
        var tables = ArchiveTables()
        for (hour, source, tags, trends) in [
            ("2026-11-22T00", "east", ["a", "b"], ["x"]), ("2026-11-22T00", "west", ["a"], []),
            ("2026-11-22T06", "east", ["a"], ["a"]), ("2026-11-22T12", "east", ["b", "a"], ["x"]),
        ] {
            try tables.append(
                window(hour, source), popular: rows(hour, source, tags),
                trending: rows(hour, source, trends))
        }
        let index = ArchiveIndex(tables)
        let last = index.window(3)
        #expect(last.entries.map(\.streak) == [1, 3])
        #expect(
            last.entries.map(\.before) == [try time("2026-11-22T00"), try time("2026-11-22T06")])
        #expect(last.trends?.map(\.movement) == [.back])
        #expect(last.trends?.map(\.before) == [try time("2026-11-22T00")])
        #expect(index.window(1).entries.map(\.movement) == [nil])
        #expect(index.window(1).trends == nil)
        let tag = TagHistory(0, of: index)
        #expect(tag.rows.map(\.source) == ["east", "west", "east", "east"])
        #expect(tag.trendingRows.count == 1 && tag.allRows.count == 4 && tag.windowCount == 3)
    }

    /// What is taken off and put on again must leave no trace, or two builds would differ.
    @Test(arguments: 1...20)
    func `is the same made at once and made in steps that go back`(seed: UInt64) throws {
        var random = SeededRandom(seed)
        let hours = (0..<40).map { 1_790_000_000 / 21_600 * 21_600 + Int64($0) * 21_600 }
        let lists = hours.map { _ in
            ["east", "west", "éast"].filter { _ in Bool.random(using: &random) }.map { source in
                (
                    source,
                    (0..<Int.random(in: 0...6, using: &random)).map { _ in
                        "t\(Int.random(in: 0..<30, using: &random))"
                    }
                )
            }
        }
        func put(_ range: Range<Int>, on tables: inout ArchiveTables) throws {
            for place in range {
                let slot = Timestamp(secondsSinceEpoch: hours[place])
                for (source, tags) in lists[place] {
                    let popular = Array(tags.prefix(4)).uniqued.enumerated().map { rank, tag in
                        TopRow(
                            slot: slot, source: source, rank: rank + 1, tag: tag,
                            spelling: tag + (place % 3 == 0 ? "!" : ""), posts: 1, accounts: place,
                            expected: place % 5 == 0 ? nil : 2, score: 3)
                    }
                    tables.append(
                        madeWindow(slot, source, status: tags.isEmpty ? .missing : .complete),
                        popular: popular, trending: Array(popular.suffix(2)))
                }
            }
        }
        var once = ArchiveTables()
        try put(0..<40, on: &once)
        var steps = ArchiveTables()
        var done = 0
        while done < 40 {
            let next = Int.random(in: done...40, using: &random)
            try put(done..<next, on: &steps)
            done = next == 40 ? 40 : Int.random(in: max(0, next - 5)...next, using: &random)
            steps.removeWindows(
                from: Timestamp(secondsSinceEpoch: done < 40 ? hours[done] : .max))
        }
        #expect(bytes(of: steps) == bytes(of: once))
        for tag in once.tags {
            #expect(steps.tag(once.texts[tag.key]) == once.tag(once.texts[tag.key]))
        }
    }

    @Test func `know of a hashtag's last slot the window of the most people`() throws {
        var tables = ArchiveTables()
        for (hour, source, people) in [
            ("2026-11-22T00", "east", 90), ("2026-11-22T06", "east", 7),
            ("2026-11-22T06", "north", 9),
            ("2026-11-22T06", "west", 2),
        ] {
            var popular = try rows(hour, source, ["a"])
            popular[0].accounts = people
            tables.append(try window(hour, source), popular: popular, trending: [])
        }
        #expect(ArchiveIndex(tables).lastWindow(ofTag: 0) == 2)
    }

    private func bytes(of tables: ArchiveTables) -> [UInt8] {
        BuildRecord(tables: tables, stamps: ArchiveStamps(), files: FileList([]))
            .encoded(frame: [], basedFrom: .max).record
    }

    private func window(_ hour: String, _ source: String) throws -> WindowRow {
        madeWindow(try time(hour), source)
    }

    private func rows(_ hour: String, _ source: String, _ tags: [String]) throws -> [TopRow] {
        let slot = try time(hour)
        return tags.enumerated().map {
            TopRow(
                slot: slot, source: source, rank: $0 + 1, tag: $1, spelling: $1, posts: 1,
                accounts: 1)
        }
    }
}

/// A window of five minutes that has nothing in it but what tables need.
func madeWindow(
    _ slot: Timestamp, _ source: String, status: WindowStatus = .complete
) -> WindowRow {
    WindowRow(
        slot: slot, source: source, start: slot, end: slot + 300, status: status, coverage: 1,
        version: "1")
}

extension Array where Element: Hashable {
    /// The first of equal elements.
    fileprivate var uniqued: [Element] {
        var seen: Set<Element> = []
        return filter { seen.insert($0).inserted }
    }
}
