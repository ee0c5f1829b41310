import Glibc
import Support
import Testing

@testable import Archive

@Suite("FileBytes")
struct FileBytesTests {
    @Test("reads the whole file, and none where there is none")
    func reads() async throws {
        try await withTemporaryFolder { folder in
            try ArchiveFixture(folder: folder).write("tide\u{0}\n", to: "file")
            #expect(try FileBytes.read(folder + "/file") == bytes("tide\u{0}\n"))
            #expect(try FileBytes.read(folder + "/other") == nil)
        }
    }

    @Test("refuses what would never end, or take all memory")
    func refuses() async throws {
        try await withTemporaryFolder { folder in
            func complaint(_ name: String) -> String? {
                #expect(throws: ArchiveError.self) { try FileBytes.read(folder + "/" + name) }?
                    .description.replacing(folder + "/", with: "")
            }
            #expect(mkfifo(folder + "/pipe", 0o600) == 0)
            #expect(complaint("pipe") == "pipe: cannot be read: it is not a file")
            #expect(complaint("") == ": cannot be read: it is not a file")
            #expect(symlink("/dev/zero", folder + "/zeros") == 0)
            #expect(complaint("zeros") == "zeros: cannot be read: it is not a file")
            #expect(symlink("loop", folder + "/loop") == 0)
            #expect(complaint("loop") == "loop: cannot be read: Too many levels of symbolic links")
            // Of holes alone: it takes no room.
            try ArchiveFixture(folder: folder).write("", to: "huge")
            #expect(truncate(folder + "/huge", 1 << 40) == 0)
            #expect(complaint("huge") == "huge: cannot be read: it is larger than 1 GiB")
        }
    }
}
