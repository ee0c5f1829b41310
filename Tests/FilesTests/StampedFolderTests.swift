import Files
import Glibc
import Support
import Testing

@Suite struct StampedFolderTests {
    @Test func `tells of each name what its path tells`() async throws {
        try await withTemporaryFolder { folder in
            try WholeFile.write([1, 2], to: folder + "/list/file")
            try WholeFile.write([3], to: folder + "/elsewhere")
            #expect(symlink("../elsewhere", folder + "/list/link") == 0)
            #expect(symlink("nowhere", folder + "/list/lost") == 0)
            #expect(symlink("list", folder + "/other") == 0)
            let now = FileStamp.now + 10_000_000_000
            for path in ["list", "other", "none"].map({ "\(folder)/\($0)" }) {
                let stamped = try StampedFolder(path)
                for name in ["file", "link", "lost", "none"] {
                    #expect(
                        try stamped.stamp(of: name, now: now)
                            == FileStamp("\(path)/\(name)", now: now), "\(path)/\(name)")
                }
            }
            let list = try StampedFolder(folder + "/list")
            let before = try list.stamp(of: "file", now: now)
            #expect(before.byteCount == 2)
            // One that changes may do so again unseen.
            let early = FileStamp.now
            #expect(
                try list.stamp(of: "file", now: early) != list.stamp(of: "file", now: early + 1))
            try write("other", to: folder + "/list/file")
            #expect(try list.stamp(of: "file", now: now) != before)
        }
    }

    @Test func `says of what is no folder that it is none`() async throws {
        try await withTemporaryFolder { folder in
            try WholeFile.create([], at: folder + "/a")
            #expect(throws: FileError(.read, folder + "/a", .system(ENOTDIR))) {
                try StampedFolder(folder + "/a")
            }
        }
    }
}
