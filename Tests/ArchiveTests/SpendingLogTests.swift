import Archive
import Calendar
import Foundation
import Support
import Testing

@Suite("SpendingLog")
struct SpendingLogTests {
    private let slot = Timestamp(secondsSinceEpoch: 1_795_370_400)

    @Test("sums what was reserved and not returned, by slot and by month")
    func sums() async throws {
        try await withTemporaryFolder { folder in
            let log = SpendingLog(archive: folder)
            #expect(try log.spent(on: "x", slot: slot) == (0, 0))
            for row in [
                SpendingRow(slot: slot - 86_400, source: "x", reserved: 40),
                SpendingRow(slot: slot, source: "x", reserved: 100),
                SpendingRow(slot: slot, source: "=x", reserved: 7),
                SpendingRow(slot: slot, source: "x", reserved: 100),
                SpendingRow(slot: slot, source: "x", returned: 63),
                SpendingRow(slot: slot + 10 * 86_400, source: "x", reserved: 500),
            ] { try log.append(row) }
            #expect(try log.spent(on: "x", slot: slot) == (137, 177))
            #expect(try log.spent(on: "=x", slot: slot) == (7, 7))
            #expect(
                try String(contentsOfFile: folder + "/spending/2026.csv", encoding: .utf8) == """
                    slot,source,reserved,returned
                    2026-11-21T18:00:00Z,x,40,0
                    2026-11-22T18:00:00Z,x,100,0
                    2026-11-22T18:00:00Z,'=x,7,0
                    2026-11-22T18:00:00Z,x,100,0
                    2026-11-22T18:00:00Z,x,0,63
                    2026-12-02T18:00:00Z,x,500,0

                    """)
        }
    }

    @Test("a line that a killed run did not finish never counted; a damaged one stops everything")
    func damage() async throws {
        try await withTemporaryFolder { folder in
            let log = SpendingLog(archive: folder)
            let file = folder + "/spending/2026.csv"
            try write(
                "slot,source,reserved,returned\n2026-11-22T18:00:00Z,x,100,0\n2026-11-2", to: file)
            #expect(try log.spent(on: "x", slot: slot) == (100, 100))
            try log.append(SpendingRow(slot: slot, source: "x", reserved: 1))
            #expect(try log.spent(on: "x", slot: slot) == (101, 101))
            try write("slot,source,reserved,returned\n2026-11-22T18:00:00Z,x,many,0\n", to: file)
            #expect(throws: ArchiveError.self) { try log.spent(on: "x", slot: slot) }
        }
    }

    @Test("a reservation that the disk does not take is none")
    func unwritable() async throws {
        try await withTemporaryFolder { folder in
            try write("", to: folder + "/spending")
            #expect(throws: ArchiveError.self) {
                try SpendingLog(archive: folder).append(
                    SpendingRow(slot: slot, source: "x", reserved: 1))
            }
        }
    }
}
