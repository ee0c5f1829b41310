import Calendar
import Support
import Testing

@testable import Archive

struct TailPartTests {
    @Test(arguments: [["tide", "kelp", "dune"], ["tide", "=kelp", "a,b"]])
    func `has the rows of some hashtags, and of the others their number and the least`(
        tags: [String]
    ) async throws {
        try await withTemporaryFolder { folder in
            let archive = ArchiveFixture(folder: folder)
            try Sample("bluesky", tags: tags).append(to: archive)
            try Sample("x", tags: ["foam"]).append(to: archive)
            let date = try #require(CivilDate("2026-11-22"))
            let parts = try archive.reader.tails(date) { $0.elementsEqual(tags[1].utf8) }
            #expect(parts.map(\.source) == ["bluesky", "x"])
            #expect(parts.map(\.rowCount) == [3, 1])
            #expect(parts.map(\.fewestAccounts) == [4, 4])
            #expect(parts.map { $0.rows.map(\.tag) } == [[tags[1]], []])
            #expect(try archive.reader.tails(date.advanced(by: 1)) { _ in true }.isEmpty)
        }
    }

    @Test func `throws at a count that is none, wanted or not`() async throws {
        try await withTemporaryFolder { folder in
            let archive = ArchiveFixture(folder: folder)
            try Sample("bluesky").append(to: archive)
            let file = "\(folder)/\(ArchiveFixture.tail)"
            try archive.write(
                try #require(archive.files()[ArchiveFixture.tail]).replacing(",5,4", with: ",5,x"),
                to: ArchiveFixture.tail)
            let date = try #require(CivilDate("2026-11-22"))
            #expect(
                throws: ArchiveError.malformed(
                    file: file, line: 2, column: "accounts", expected: "a whole number", found: "x")
            ) { try archive.reader.tails(date) { _ in false } }
        }
    }
}
