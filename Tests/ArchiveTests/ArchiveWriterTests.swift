import Foundation
import Support
import Testing

@testable import Archive

@Suite("ArchiveWriter")
struct ArchiveWriterTests {
    @Test("writes the three files as the format says")
    func goldenFiles() async throws {
        try await withTemporaryFolder { folder in
            let archive = ArchiveFixture(folder: folder)
            try Sample("bluesky").append(to: archive)
            #expect(
                try archive.files() == [
                    ArchiveFixture.windows: """
                    slot,source,start,end,status,coverage,posts,tagged,accounts,tags,duplicates,dropped,reconnects,version,held,reasons,note,rules,rows
                    2026-11-22T06:00:00Z,bluesky,2026-11-22T06:00:00Z,2026-11-22T06:50:00Z,partial,0.8333,9,7,6,5,4,3,2,1.0.0,1,deleted=1 language=2,"no connection, twice",,4

                    """,
                    ArchiveFixture.top: """
                    slot,source,rank,tag,spelling,posts,accounts,expected,score,bounds
                    2026-11-22T06:00:00Z,bluesky,1,tide,TIDE,5,4,1.25,-0.50,3
                    2026-11-22T06:00:00Z,bluesky,2,kelp,KELP,5,4,1.25,-0.50,3

                    """,
                    ArchiveFixture.tail: """
                    slot,source,tag,posts,accounts
                    2026-11-22T06:00:00Z,bluesky,tide,5,4
                    2026-11-22T06:00:00Z,bluesky,kelp,5,4

                    """,
                ])
        }
    }

    @Test("gives back what it wrote, hostile tags and source names too")
    func roundTrip() async throws {
        try await withTemporaryFolder { folder in
            let archive = ArchiveFixture(folder: folder)
            let one = try Sample("=source,\"", tags: hostileTexts).append(to: archive)
            let two = try Sample("b", hour: 0).append(to: archive)
            let day = one.window.slot.date
            #expect(try archive.reader.windows() == [two.window, one.window])
            #expect(try archive.reader.top(day) == one.top + two.top)
            #expect(try archive.reader.tail(day) == one.tail + two.tail)
            let tags = try archive.reader.tail(day).map { bytes($0.tag) }
            #expect(tags == (hostileTexts + ["tide", "kelp"]).map(bytes))
        }
    }

    @Test("only ever appends")
    func appends() async throws {
        try await withTemporaryFolder { folder in
            let archive = ArchiveFixture(folder: folder)
            var before = try archive.files()
            for (hour, source) in [(6, "b"), (0, "b"), (6, "a"), (18, "a")] {
                try Sample(source, hour: hour).append(to: archive)
                let after = try archive.files()
                for (path, text) in before { #expect(after[path]?.hasPrefix(text) == true) }
                before = after
            }
        }
    }

    @Test("refuses a slot of a source that has a row, and changes nothing")
    func refusesTwice() async throws {
        try await withTemporaryFolder { folder in
            let archive = ArchiveFixture(folder: folder)
            try Sample("bluesky").append(to: archive)
            let before = try archive.files()
            let error = #expect(throws: ArchiveError.self) {
                try Sample("bluesky", tags: ["other"]).append(to: archive)
            }
            #expect(
                error?.description
                    == "bluesky: the slot 2026-11-22T06:00:00Z is archived already; --replace reads it again"
            )
            #expect(try archive.files() == before)
            try Sample("Bluesky").append(to: archive)
        }
    }

    @Test("replaces a window when told to, and no other one", arguments: ["bluesky", "=b,\"", "'"])
    func replaces(source: String) async throws {
        try await withTemporaryFolder { folder in
            let archive = ArchiveFixture(folder: folder)
            let other = try Sample("other").append(to: archive)
            try Sample(source).append(to: archive)
            let later = try Sample(source, hour: 12).append(to: archive)
            let new = try Sample(source, tags: ["new"], posts: 99)
                .append(to: archive, replacing: true)
            let day = new.window.slot.date
            #expect(
                try Set(archive.reader.windows()) == [other.window, later.window, new.window])
            #expect(try archive.reader.windows().count == 3)
            #expect(try archive.reader.top(day) == other.top + later.top + new.top)
            #expect(try archive.reader.tail(day) == other.tail + later.tail + new.tail)
        }
    }

    @Test("writes a first row when told to replace one that is not there")
    func replacesNothing() async throws {
        try await withTemporaryFolder { folder in
            let archive = ArchiveFixture(folder: folder)
            let one = try Sample("bluesky").append(to: archive, replacing: true)
            #expect(try archive.reader.windows() == [one.window])
        }
    }

    @Test("makes no list files for a window without lists")
    func emptyWindow() async throws {
        try await withTemporaryFolder { folder in
            let archive = ArchiveFixture(folder: folder)
            try Sample("bluesky", tags: []).append(to: archive)
            #expect(try Array(archive.files().keys) == [ArchiveFixture.windows])
        }
    }

    @Test("ends the same after a kill at any byte of any file, and a repeat")
    func killedAnywhere() async throws {
        try await withTemporaryFolder { folder in
            // What the archive holds before and after the run that is killed.
            let archive = ArchiveFixture(folder: folder)
            try Sample("first").append(to: archive)
            let before = try archive.files()
            let second = try Sample("second").append(to: archive)
            let after = try archive.files()

            // The run writes the files in this order; a kill leaves a prefix of what it appends.
            let order = [ArchiveFixture.tail, ArchiveFixture.top, ArchiveFixture.windows]
            for (index, killed) in order.enumerated() {
                let whole = try #require(after[killed])
                let start = try #require(before[killed]).utf8.count
                for length in start..<whole.utf8.count {
                    for path in order[..<index] {
                        try archive.write(#require(after[path]), to: path)
                    }
                    try archive.write(String(whole.prefix(length)), to: killed)
                    for path in order[(index + 1)...] {
                        try archive.write(#require(before[path]), to: path)
                    }
                    let sources = try archive.reader.windows().map(\.source)
                    if killed == ArchiveFixture.windows, length == whole.utf8.count - 1 {
                        // Of a line that lacks its line feed alone, nothing is left to be done.
                        #expect(sources == ["first", "second"])
                        try second.append(to: archive, replacing: true)
                    } else {
                        #expect(sources == ["first"])
                        try second.append(to: archive)
                    }
                    #expect(try archive.files() == after, "\(killed) cut at byte \(length)")
                }
            }
        }
    }

    @Test("ends the same after a kill between any two files of a replacement, and a repeat")
    func killedWhileReplacing() async throws {
        try await withTemporaryFolder { folder in
            let archive = ArchiveFixture(folder: folder)
            try Sample("bluesky").append(to: archive)
            let before = try archive.files()
            let new = try Sample("bluesky", tags: ["new"]).append(to: archive, replacing: true)
            let after = try archive.files()
            for replaced in [[], [ArchiveFixture.tail], [ArchiveFixture.tail, ArchiveFixture.top]] {
                for (path, text) in before { try archive.write(text, to: path) }
                for path in replaced { try archive.write(#require(after[path]), to: path) }
                // An aside that a kill cut short.
                try archive.write("slot,sou", to: ArchiveFixture.windows + ".new")
                try new.append(to: archive, replacing: true)
                #expect(try archive.files() == after)
            }
        }
    }

    @Test("ends the same after a kill in the first run of all")
    func killedInFirstRun() async throws {
        try await withTemporaryFolder { folder in
            let archive = ArchiveFixture(folder: folder)
            let sample = try Sample("bluesky")
            try archive.write("slot,sour", to: ArchiveFixture.tail)
            try sample.append(to: archive)
            let after = try archive.files()
            for (path, text) in after {
                try archive.write(String(text.prefix(text.utf8.count / 2)), to: path)
            }
            try sample.append(to: archive)
            #expect(try archive.files() == after)
        }
    }

    @Test("leaves rows of other windows byte for byte, foreign columns and line ends too")
    func foreignRows() async throws {
        try await withTemporaryFolder { folder in
            let archive = ArchiveFixture(folder: folder)
            let header = TailRow.columns.joined(separator: ",")
            let kept =
                "\(header),extra\r\n2026-11-22T00:00:00Z,\"other\",\"a\nb\",1,1,\"x,y\"\r\n"
            try archive.write(
                kept + "2026-11-22T06:00:00Z,bluesky,left,over,\n", to: ArchiveFixture.tail)
            try Sample("bluesky", tags: ["tide"]).append(to: archive)
            #expect(
                try archive.text(ArchiveFixture.tail)
                    == kept + "2026-11-22T06:00:00Z,bluesky,tide,5,4,\n")
        }
    }

    @Test(
        "fits a row to the header that a file has, and keeps the header",
        arguments: [
            ("", ""), (",held,reasons,note", #",1,deleted=1 language=2,"no connection, twice""#),
            (",note,x,held", #","no connection, twice",,1"#), (",x", ","),
            (",rows,note", #",4,"no connection, twice""#),
        ])
    func fitsHeader(extra: String, cells: String) async throws {
        try await withTemporaryFolder { folder in
            let archive = ArchiveFixture(folder: folder)
            let header = WindowRow.columns.joined(separator: ",") + extra + "\n"
            for replacing in [false, true] {
                try archive.write(header, to: ArchiveFixture.windows)
                var sample = try Sample("a").append(to: archive)
                if replacing { sample = try Sample("a").append(to: archive, replacing: true) }
                #expect(
                    try archive.text(ArchiveFixture.windows) == header
                        + "2026-11-22T06:00:00Z,a,2026-11-22T06:00:00Z,2026-11-22T06:50:00Z,partial,"
                        + "0.8333,9,7,6,5,4,3,2,1.0.0\(cells)\n")
                let row = try #require(try archive.reader.windows().first)
                #expect(row.held == (extra.contains("held") ? sample.window.held : nil))
                #expect(row.reasons == (extra.contains("reasons") ? sample.window.reasons : nil))
                #expect(row.rows == (extra.contains("rows") ? sample.window.rows : nil))
                #expect(row.note == (extra.contains("note") ? sample.window.note : nil))
            }
        }
    }

    @Test("stops at a damaged archive instead of writing into it")
    func damagedArchive() async throws {
        try await withTemporaryFolder { folder in
            let archive = ArchiveFixture(folder: folder)
            try Sample("first").append(to: archive)
            try archive.write(
                archive.text(ArchiveFixture.windows) + "nonsense\n", to: ArchiveFixture.windows)
            let before = try archive.files()
            let error = #expect(throws: ArchiveError.self) {
                try Sample("second").append(to: archive)
            }
            #expect(
                error?.description
                    == "\(folder)/windows/2026.csv:3: expected 14 fields, found 1")
            #expect(try archive.files() == before)
        }
    }

    @Test("names the folder that cannot be made")
    func folderInTheWay() async throws {
        try await withTemporaryFolder { folder in
            let archive = ArchiveFixture(folder: folder + "/archive")
            try Data().write(to: URL(fileURLWithPath: folder + "/archive"))
            let error = #expect(throws: ArchiveError.self) { try Sample("a").append(to: archive) }
            #expect(error?.description.hasPrefix("\(folder)/archive") == true)
            #expect(error?.description.hasSuffix("Not a directory") == true)
        }
    }
}
