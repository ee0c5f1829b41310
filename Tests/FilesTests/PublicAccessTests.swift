import Glibc
import Support
import Testing

@testable import Files

struct PublicAccessTests {
    private func mode(_ path: String) -> mode_t? {
        var status = stat()
        return lstat(path, &status) == 0 ? status.st_mode & 0o7777 : nil
    }

    @Test(
        arguments: [
            (0o755, 0o755, 0o644), (0o750, 0o750, 0o640), (0o2775, 0o2775, 0o664),
            (0o711, 0o711, 0o644),
            (0o700, 0o700, 0o600), (0o1777, 0o775, 0o664),
        ] as [(mode_t, mode_t, mode_t)])
    func `what is new is as open as the folder it is in`(
        root: mode_t, folder: mode_t, file: mode_t
    ) async throws {
        try await withTemporaryFolder { place in
            let access = PublicAccess(root: place + "/www")
            try access.makeFolder("")
            #expect(mode(place + "/www") == 0o755)
            #expect(chmod(place + "/www", root) == 0)
            try WholeFile.write([1], to: "a/b/c", for: access)
            #expect(mode(place + "/www/a") == folder)
            #expect(mode(place + "/www/a/b") == folder)
            #expect(mode(place + "/www/a/b/c") == file)
        }
    }

    @Test func `what is there keeps its rights`() async throws {
        try await withTemporaryFolder { place in
            let access = PublicAccess(root: place + "/www")
            try WholeFile.write([1], to: "a/b", for: access)
            #expect(chmod(place + "/www/a", 0o2770) == 0)
            #expect(chmod(place + "/www/a/b", 0o660) == 0)
            try WholeFile.write([2], to: "a/b", for: access)
            try WholeFile.write([2], to: "a/c/d", for: access)
            #expect(mode(place + "/www/a/b") == 0o660)
            #expect(mode(place + "/www/a") == 0o2770)
            #expect(mode(place + "/www/a/c") == 0o2770)
            #expect(mode(place + "/www/a/c/d") == 0o660)
        }
    }

    @Test func `what is written side by side into new folders is as open as they are`() async throws
    {
        try await withTemporaryFolder { place in
            let access = PublicAccess(root: place + "/www")
            try access.makeFolder("")
            #expect(chmod(place + "/www", 0o2775) == 0)
            try await withThrowingTaskGroup { group in
                for task in 0..<4 {
                    group.addTask {
                        for folder in 0..<300 {
                            try WholeFile.write(
                                [1], to: "\(folder)/a/\(task)", for: access, isSynced: false)
                        }
                    }
                }
                try await group.waitForAll()
            }
            for folder in 0..<300 {
                #expect(try Folder.entries(of: "\(place)/www/\(folder)")?.count == 1)
                for task in 0..<4 { #expect(mode("\(place)/www/\(folder)/a/\(task)") == 0o664) }
            }
            #expect(try Folder.entries(of: place + "/www")?.count == 300)
        }
    }

    @Test func `another tree of the same places gets their rights`() async throws {
        try await withTemporaryFolder { place in
            let access = PublicAccess(root: place + "/www")
            try WholeFile.write([1], to: "a/b", for: access)
            #expect(chmod(place + "/www/a", 0o750) == 0)
            try Folder.make(place + "/new/a/c")
            try WholeFile.create([1], at: place + "/new/a/b")
            for made in ["a", "a/c", "a/b"] { access.give("\(place)/new/\(made)", at: made) }
            #expect(mode(place + "/new/a") == 0o750)
            #expect(mode(place + "/new/a/c") == 0o750)
            #expect(mode(place + "/new/a/b") == 0o644)
        }
    }

    @Test func `a private folder is for this user alone, and no link`() async throws {
        try await withTemporaryFolder { place in
            try Folder.make(place + "/a")
            try Folder.makePrivate(place + "/a")
            #expect(mode(place + "/a") == 0o700)
            #expect(symlink(place + "/a", place + "/link") == 0)
            #expect(throws: FileError.self) { try Folder.makePrivate(place + "/link") }
        }
    }
}
