import Glibc
import Support
import Testing

@testable import Files

@Suite("FileLock")
struct FileLockTests {
    @Test("is one process's, says whose, and is free again once released")
    func held() async throws {
        try await withTemporaryFolder { folder in
            let path = folder + "/new/lock"
            let lock = try FileLock(path, saying: "process 7")
            #expect(throws: FileError(.lock, path, .held(by: "process 7"))) {
                try FileLock(path, saying: "process 8")
            }
            #expect(
                FileError(.lock, path, .held(by: "process 7")).description
                    == "\(path): cannot be locked: another process has the lock (process 7)")
            lock.release()
            try FileLock(path, saying: "process 8", waiting: true).release()
            #expect(try WholeFile.read(path) == Array("process 8\n".utf8))
        }
    }

    @Test("names the lock where its folder cannot be made")
    func unusable() async throws {
        try await withTemporaryFolder { folder in
            try WholeFile.create([], at: folder + "/file")
            #expect(throws: FileError(.lock, folder + "/file/a/lock", .system(ENOTDIR))) {
                try FileLock(folder + "/file/a/lock", saying: "")
            }
        }
    }

    @Test("is seen while it is held, also where one reading of all locks has missed it")
    func seen() async throws {
        try await withTemporaryFolder { folder in
            let path = folder + "/lock"
            #expect(!FileLock.isHeld(path))
            let lock = try FileLock(path, saying: "")
            #expect(FileLock.isHeld(path))
            let all = try WholeFile.readStream("/proc/locks", limit: 1 << 24)
            var readings: [[UInt8]?] = [[], nil, all]
            #expect(FileLock.isHeld(path) { readings.removeFirst() })
            #expect(!FileLock.isHeld(path) { [] })
            lock.release()
            #expect(!FileLock.isHeld(path))
        }
    }
}
