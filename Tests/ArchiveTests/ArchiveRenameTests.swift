import Calendar
import Files
import Foundation
import Glibc
import Support
import Synchronization
import Testing

@testable import Archive

struct ArchiveRenameTests {
    private static let now = Timestamp(secondsSinceEpoch: 1_795_435_200)

    private func filled(_ folder: String) throws -> ArchiveFixture {
        let archive = ArchiveFixture(folder: folder)
        for hour in [0, 6] {
            for source in ["sky", "sea"] { try Sample(source, hour: hour).append(to: archive) }
        }
        try SpendingLog(archive: folder).append(
            SpendingRow(
                slot: try Sample("sky").window.slot, source: "sky", reserved: 100, returned: 3))
        return archive
    }

    @Test func `changes the name in every line, and nothing else`() async throws {
        try await withTemporaryFolder { folder in
            let archive = try filled(folder)
            let before = try archive.files()
            try ArchiveRename(of: folder, from: "sky", to: "=sky").apply(at: Self.now)
            var after = try archive.files()
            let changes = after.removeValue(forKey: ArchiveLayout.changes)
            #expect(changes?.split(separator: "\n").count == 3)
            #expect(
                after == before.mapValues { $0.replacingOccurrences(of: ",sky,", with: ",'=sky,") })
            #expect(try ArchiveRename.unfinished(in: folder) == nil)
        }
    }

    @Test
    func
        `broken off at any call that changes the disk, it is done to its end by what is written down`()
        async throws
    {
        try await withTemporaryFolder { folder in
            let whole = try filled(folder + "/whole")
            let calls = Atomic(0)
            try FileFaults.$plan.withValue({ _, _ in
                calls.add(1, ordering: .relaxed)
                return nil
            }) {
                try ArchiveRename(of: whole.folder, from: "sky", to: "air").apply(at: Self.now)
            }
            let count = calls.load(ordering: .relaxed)
            #expect(count > 30)
            for number in 1...count {
                let archive = try filled("\(folder)/\(number)")
                let made = Atomic(0)
                #expect(throws: ArchiveError.self) {
                    try FileFaults.$plan.withValue({ _, _ in
                        made.add(1, ordering: .relaxed).newValue >= number ? EIO : nil
                    }) {
                        try ArchiveRename(of: archive.folder, from: "sky", to: "air")
                            .apply(at: Self.now)
                    }
                }
                // Before it is written down that it began, nothing has changed.
                if let rest = try ArchiveRename.unfinished(in: archive.folder) {
                    #expect(rest.old == "sky" && rest.new == "air")
                    try rest.apply(at: Self.now)
                    #expect(try archive.files() == whole.files(), "\(number)")
                } else if try archive.files() != whole.files() {
                    #expect(try archive.files() == filled("\(folder)/again\(number)").files())
                }
                #expect(try ArchiveRename.unfinished(in: archive.folder) == nil)
            }
        }
    }
}
