import Files
import Glibc
import Support
import Synchronization
import Testing

@Suite("WholeFile")
struct WholeFileTests {
    @Test("reads what was written, and tells what is not there from what is empty")
    func reads() async throws {
        try await withTemporaryFolder { folder in
            try WholeFile.write(Array("tide\u{0}\n".utf8), to: folder + "/a/b/file")
            #expect(try WholeFile.read(folder + "/a/b/file") == Array("tide\u{0}\n".utf8))
            try WholeFile.write([], to: folder + "/empty")
            #expect(try WholeFile.readIfPresent(folder + "/empty") == [])
            #expect(try WholeFile.readIfPresent(folder + "/a/other") == nil)
            #expect(throws: FileError(.read, folder + "/other", .system(ENOENT))) {
                try WholeFile.read(folder + "/other")
            }
        }
    }

    @Test(
        "refuses what would never end, take all memory, or is not there for another cause than absence"
    )
    func refuses() async throws {
        try await withTemporaryFolder { folder in
            func complaint(_ name: String) -> String? {
                #expect(throws: FileError.self) {
                    try WholeFile.readIfPresent(folder + "/" + name)
                }?.description.replacing(folder + "/", with: "")
            }
            #expect(mkfifo(folder + "/pipe", 0o600) == 0)
            #expect(complaint("pipe") == "pipe: cannot be read: it is not a file")
            #expect(complaint("") == ": cannot be read: it is not a file")
            #expect(symlink("/dev/zero", folder + "/zeros") == 0)
            #expect(complaint("zeros") == "zeros: cannot be read: it is not a file")
            #expect(symlink("loop", folder + "/loop") == 0)
            #expect(complaint("loop") == "loop: cannot be read: Too many levels of symbolic links")
            // Of holes alone: it takes no room.
            try WholeFile.write([], to: folder + "/huge")
            #expect(truncate(folder + "/huge", 1 << 40) == 0)
            #expect(complaint("huge") == "huge: cannot be read: it is larger than 1 GiB")
            #expect(complaint("huge/below") == "huge/below: cannot be read: Not a directory")
        }
    }

    @Test(
        "takes a pipe where one may be, and says the limit in a unit that fits",
        arguments: [(1 << 20, "1 MiB"), (1_000_000, "1000000 bytes")])
    func streams(limit: Int, said: String) async throws {
        try await withTemporaryFolder { folder in
            let path = folder + "/file"
            try WholeFile.write([UInt8](repeating: 7, count: limit), to: path)
            #expect(try WholeFile.readStream(path, limit: limit).count == limit)
            try WholeFile.append([7], to: path)
            let error = FileError(.read, path, .tooLarge(byteLimit: limit))
            #expect(throws: error) { try WholeFile.read(path, limit: limit) }
            #expect(throws: error) { try WholeFile.readStream(path, limit: limit) }
            #expect(
                FileError(.read, "f", .tooLarge(byteLimit: limit)).description
                    == "f: cannot be read: it is larger than \(said)")
        }
        var ends: [Int32] = [0, 0]
        #expect(pipe(&ends) == 0)
        #expect(Glibc.write(ends[1], "tide", 4) == 4)
        close(ends[1])
        #expect(try WholeFile.readStream("/dev/fd/\(ends[0])", limit: 9) == Array("tide".utf8))
        close(ends[0])
    }

    @Test("makes a file once")
    func creates() async throws {
        try await withTemporaryFolder { folder in
            let path = folder + "/file"
            try WholeFile.create([1], at: path)
            #expect(throws: FileError(.write, path, .system(EEXIST))) {
                try WholeFile.create([2], at: path)
            }
            #expect(try WholeFile.read(path) == [1])
        }
    }

    #if DEBUG
        private static let changes: [(String, @Sendable (String) throws -> Void)] = [
            ("write", { try WholeFile.write(Array("new".utf8), to: $0 + "/file") }),
            ("create", { try WholeFile.create(Array("new".utf8), at: $0 + "/other") }),
            ("append", { try WholeFile.append(Array("new".utf8), to: $0 + "/file") }),
            (
                "write two",
                { folder in
                    try WholeFile.write([
                        (folder + "/first", Array("1".utf8)), (folder + "/file", Array("2".utf8)),
                    ])
                }
            ),
        ]

        @Test(
            "leaves the old content or the new, and nothing aside, whichever call fails",
            arguments: changes.map(\.0))
        func faults(name: String) async throws {
            let change = try #require(Self.changes.first { $0.0 == name }).1
            var number = 0
            var isFailing = true
            while isFailing {
                try await withTemporaryFolder { folder in
                    try WholeFile.write(Array("old".utf8), to: folder + "/file")
                    let calls = Atomic(0)
                    let failing = number
                    do {
                        try FileFaults.$plan.withValue({ _, _ in
                            calls.add(1, ordering: .relaxed).oldValue == failing ? EIO : nil
                        }) { try change(folder) }
                        isFailing = false
                    } catch let error as FileError {
                        #expect(error.cause == .system(EIO))
                        #expect(error.path.hasPrefix(folder))
                    }
                    let old = try WholeFile.read(folder + "/file")
                    #expect(
                        ["old", "new", "oldnew", "2"].contains(String(decoding: old, as: UTF8.self))
                    )
                    #expect(try Folder.files(below: folder).allSatisfy { !$0.hasSuffix(".new") })
                }
                number += 1
            }
            #expect(number > 3, "some calls were to fail")
        }

        @Test("takes off what an append that failed has written")
        func torn() async throws {
            try await withTemporaryFolder { folder in
                let path = folder + "/file"
                try WholeFile.append(Array("one\n".utf8), to: path)
                for call in [FileCall.write, .sync] {
                    #expect(throws: FileError(.write, path, .system(ENOSPC))) {
                        try FileFaults.$plan.withValue({ made, _ in made == call ? ENOSPC : nil }) {
                            try WholeFile.append(Array("two\n".utf8), to: path)
                        }
                    }
                    #expect(try WholeFile.read(path) == Array("one\n".utf8))
                }
            }
        }
    #endif
}
