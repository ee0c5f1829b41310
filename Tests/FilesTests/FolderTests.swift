import Files
import Glibc
import Support
import Testing

@Suite("Folder and FilePlace")
struct FolderTests {
    @Test(
        "lists names in the order of their bytes, with their kinds, and tells no folder from an empty one"
    )
    func entries() async throws {
        try await withTemporaryFolder { folder in
            // Equal as text, different as names.
            for name in ["b", "e\u{301}", "\u{E9}", "a"] {
                try WholeFile.create([], at: folder + "/" + name)
            }
            try Folder.make(folder + "/c/d")
            #expect(symlink("nowhere", folder + "/l") == 0)
            #expect(mkfifo(folder + "/p", 0o600) == 0)
            let entries = try #require(try Folder.entries(of: folder))
            #expect(
                entries.map { Array($0.name.unicodeScalars) }
                    == ["a", "b", "c", "e\u{301}", "l", "p", "\u{E9}"].map {
                        Array($0.unicodeScalars)
                    })
            #expect(entries.map(\.kind) == [.file, .file, .folder, .file, .link, .other, .file])
            #expect(try Folder.entries(of: folder + "/c/d") == [])
            #expect(try Folder.entries(of: folder + "/none") == nil)
            #expect(throws: FileError(.read, folder + "/a", .system(ENOTDIR))) {
                try Folder.entries(of: folder + "/a")
            }
        }
    }

    @Test("removes a tree with whatever names are in it, and follows no link out of it")
    func removes() async throws {
        try await withTemporaryFolder { folder in
            try WholeFile.write([1], to: folder + "/kept/file")
            try WholeFile.write([1], to: folder + "/tree/a/b/file")
            #expect(symlink("../kept", folder + "/tree/link") == 0)
            #expect(mkdir(folder + "/tree/n", 0o755) == 0)
            var odd =
                Array((folder + "/tree/n/").utf8CString.dropLast()) + [CChar(bitPattern: 0xFF), 0]
            close(open(&odd, O_WRONLY | O_CREAT, 0o644))
            #expect(try Folder.entries(of: folder + "/tree/n")?.map(\.isUTF8) == [false])
            try FilePlace.remove(folder + "/tree")
            #expect(try Folder.files(below: folder) == ["kept/file"])
            try FilePlace.remove(folder + "/tree")
        }
    }

    @Test("makes a folder with those above it, and says where something else stands in the way")
    func makes() async throws {
        try await withTemporaryFolder { folder in
            try Folder.make(folder + "/a/b/c")
            try Folder.make(folder + "/a/b/c")
            #expect(symlink("nowhere", folder + "/dangling") == 0)
            #expect(throws: FileError(.write, folder + "/dangling/b", .system(ENOENT))) {
                try Folder.make(folder + "/dangling/b")
            }
            try WholeFile.create([], at: folder + "/file")
            #expect(throws: FileError(.write, folder + "/file/b", .system(ENOTDIR))) {
                try Folder.make(folder + "/file/b")
            }
        }
    }

    @Test("makes folders side by side that lie in each other")
    func makesAtOnce() async throws {
        try await withTemporaryFolder { folder in
            for round in 0..<50 {
                try await withThrowingTaskGroup { group in
                    for _ in 0..<8 {
                        group.addTask {
                            try Folder.make("\(folder)/\(round)/a/b/c/d", isSynced: false)
                        }
                    }
                    try await group.waitForAll()
                }
            }
        }
    }

    @Test("moves into a folder that is not there yet, and exchanges in one step")
    func moves() async throws {
        try await withTemporaryFolder { folder in
            try WholeFile.create([1], at: folder + "/one")
            try FilePlace.move(folder + "/one", to: folder + "/new/one")
            try WholeFile.create([2], at: folder + "/two")
            try FilePlace.exchange(folder + "/new", with: folder + "/two")
            #expect(try Folder.files(below: folder) == ["new", "two/one"])
            #expect(throws: FileError(.write, folder + "/x/two", .system(ENOENT))) {
                try FilePlace.move(folder + "/gone", to: folder + "/x/two")
            }
        }
    }

    @Test("takes absence alone for absence")
    func absence() async throws {
        try await withTemporaryFolder { folder in
            #expect(symlink("loop", folder + "/loop") == 0)
            #expect(symlink("nowhere", folder + "/dangling") == 0)
            try WholeFile.create([], at: folder + "/file")
            #expect(try FilePlace.kind(of: folder + "/none") == nil)
            #expect(try FilePlace.kind(of: folder + "/dangling") == nil)
            #expect(try FilePlace.resolved(folder + "/none") == nil)
            #expect(try FileStatus(of: folder + "/dangling", followingLinks: false)?.kind == .link)
            for (name, code) in [("loop", ELOOP), ("file/below", ENOTDIR)] {
                let error = FileError(.read, folder + "/" + name, .system(code))
                #expect(throws: error) { try FilePlace.kind(of: error.path) }
                #expect(throws: error) { try FilePlace.resolved(error.path) }
                #expect(throws: error) { try FileStamp(error.path, now: FileStamp.now) }
                #expect(throws: error) { try Folder.entries(of: error.path) }
            }
        }
    }
}
