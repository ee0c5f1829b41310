import Digest
import Files
import Glibc
import Output
import Support
import Tasks
import Testing
import Text

@testable import SiteGen

struct StagingTreeTests {
    @Test func `swaps in the new tree and keeps unchanged files as they are`() async throws {
        try await withTemporaryFolder { folder in
            let output = folder + "/public"
            #expect(
                try build(output, ["a.txt": "1", "b/c.txt": "2", "old.txt": "3"]) == [3, 0, 0])
            let before = try identity(output + "/b/c.txt")
            #expect(try build(output, ["a.txt": "9", "b/c.txt": "2"]) == [1, 1, 1])
            #expect(try identity(output + "/b/c.txt") == before)
            #expect(try Folder.files(below: output) == [".tidemark-site", "a.txt", "b/c.txt"])
            #expect(try text(output + "/a.txt") == "9")
            #expect(try text(output + "/.tidemark-site") == "{\"files\": 2}\n")
            #expect(try Folder.entries(of: folder)?.map(\.name) == ["public"])
        }
    }

    @Test func `leaves the old site alone until the swap, and clears what a killed run left`()
        async throws
    {
        try await withTemporaryFolder { folder in
            let output = folder + "/public"
            _ = try build(output, ["a.txt": "1"])
            let killed = try StagingTree(output: OutputFolder(output))
            #expect(try !killed.add("a.txt", Array("half".utf8)).isOld)
            #expect(try !killed.add("b.txt", Array("half".utf8)).isOld)
            #expect(try Folder.files(below: output) == [".tidemark-site", "a.txt"])
            #expect(try text(output + "/a.txt") == "1")
            #expect(try build(output, ["a.txt": "2"]) == [1, 0, 0])
            #expect(try Folder.files(below: output) == [".tidemark-site", "a.txt"])
        }
    }

    @Test func `clears the old site that a run killed behind the swap left`() async throws {
        try await withTemporaryFolder { folder in
            let output = folder + "/public"
            _ = try build(output, ["a.txt": "new"])
            let old = try StagingTree(output: OutputFolder(output))
            #expect(try !old.add("a.txt", Array("old".utf8)).isOld)
            #expect(try build(output, ["a.txt": "new"]) == [0, 0, 1])
            #expect(try Folder.entries(of: folder)?.map(\.name) == ["public"])
        }
    }

    @Test func `files that are staged side by side are as open as the old site`() async throws {
        try await withTemporaryFolder { folder in
            let output = folder + "/public"
            _ = try build(output, ["a/b": "1"])
            #expect(chmod(output + "/a", 0o2775) == 0)
            let tree = try StagingTree(output: OutputFolder(output))
            _ = try Parallel.map(400) { (number) throws(FileError) in
                try tree.add("a/\(number / 4)/c/\(number)", [1])
            }
            for number in 0..<400 {
                let place = "\(tree.folder)/a/\(number / 4)/c"
                #expect(try mode(tree.folder + "/a") == 0o2775)
                #expect(try mode("\(tree.folder)/a/\(number / 4)") == 0o2775)
                #expect(try mode(place) == 0o2775)
                #expect(try mode("\(place)/\(number)") == 0o664)
            }
        }
    }

    @Test func `refuses a folder of other files and takes an empty one`() async throws {
        try await withTemporaryFolder { folder in
            try Folder.make(folder + "/home")
            _ = try build(folder + "/home", ["a.txt": "1"])
            try Folder.make(folder + "/theirs")
            try WholeFile.create([1], at: folder + "/theirs/thesis.doc")
            #expect(throws: SiteError.foreignOutput(folder: folder + "/theirs")) {
                try StagingTree(output: OutputFolder(folder + "/theirs/"))
            }
            #expect(try Folder.files(below: folder + "/theirs") == ["thesis.doc"])
        }
    }

    @Test func `takes over what no build made, as it is`() async throws {
        try await withTemporaryFolder { folder in
            let output = folder + "/public"
            _ = try build(output, ["a/b.txt": "1", "old/c.txt": "2"])
            let list = FileList(
                ["a/b.txt", "old/c.txt"].map {
                    FileList.File(path: $0, digest: SHA256(of: [1]), byteCount: 1, modified: 0)
                })
            try WholeFile.write(
                list.encoded, to: OutputFolder(output).companion + "/" + FileList.name)
            for path in ["google123.html", "a/mine.txt", "old/mine.txt", "mine/deep/x"] {
                try WholeFile.write(Array("mine".utf8), to: output + "/" + path)
            }
            #expect(symlink("/nowhere", output + "/link") == 0)
            #expect(mkfifo(output + "/pipe", 0o600) == 0)
            #expect(chmod(output + "/mine/deep", 0o710) == 0)
            var odd = Array((output + "/mine/").utf8).map { CChar(bitPattern: $0) } + [-1, 0]
            let made = creat(&odd, 0o600)
            #expect(made >= 0)
            close(made)
            let before = try identity(output + "/mine/deep/x")
            #expect(try build(output, ["a/b.txt": "1"]) == [0, 1, 1])
            #expect(
                try Folder.files(below: output) == [
                    ".tidemark-site", "a/b.txt", "a/mine.txt", "google123.html", "link",
                    "mine/deep/x", "mine/\u{FFFD}", "old/mine.txt", "pipe",
                ])
            #expect(try identity(output + "/mine/deep/x") == before)
            var status = stat()
            #expect(lstat(output + "/mine/deep", &status) == 0)
            #expect(status.st_mode & 0o777 == 0o710)
        }
    }

    @Test func `leaves a .gitignore in the folder alone`() async throws {
        try await withTemporaryFolder { folder in
            let output = folder + "/public"
            try Folder.make(output)
            try WholeFile.write(Array("*\n".utf8), to: output + "/.gitignore")
            #expect(try build(output, ["a.txt": "1", "b.txt": "2"]) == [2, 0, 0])
            let before = try identity(output + "/.gitignore")
            #expect(try build(output, ["a.txt": "1"]) == [0, 1, 1])
            #expect(try text(output + "/.gitignore") == "*\n")
            #expect(try identity(output + "/.gitignore") == before)
            #expect(try text(output + "/.tidemark-site") == "{\"files\": 1}\n")
        }
    }

    @Test func `swaps the folder behind a symbolic link`() async throws {
        try await withTemporaryFolder { folder in
            try Folder.make(folder + "/real")
            #expect(symlink(folder + "/real", folder + "/link") == 0)
            _ = try build(folder + "/link", ["a.txt": "1"])
            #expect(try FileStatus(of: folder + "/link", followingLinks: false)?.kind != .folder)
            #expect(try text(folder + "/real/a.txt") == "1")
        }
    }

    /// Files written, removed and unchanged.
    private func build(_ output: String, _ files: [String: String]) throws -> [Int] {
        let tree = try StagingTree(output: OutputFolder(output))
        var unchanged = 0
        for (path, text) in files where try tree.add(path, Array(text.utf8)).isOld {
            unchanged += 1
        }
        let gone = try tree.gone(Set(files.keys.map(ExactText.init)))
        try tree.swap(fileCount: files.count)
        return [files.count - unchanged, gone.count, unchanged]
    }

    private func text(_ path: String) throws -> String {
        String(decoding: try WholeFile.read(path), as: UTF8.self)
    }

    private func mode(_ path: String) throws -> mode_t {
        var status = stat()
        try #require(lstat(path, &status) == 0)
        return status.st_mode & 0o7777
    }

    private func identity(_ path: String) throws -> [Int] {
        var status = stat()
        try #require(lstat(path, &status) == 0)
        return [Int(status.st_ino), status.st_mtim.tv_sec, status.st_mtim.tv_nsec]
    }
}
