import Digest
import Files
import Support
import Testing

@testable import Output

struct FinishedSiteTests {
    /// A site of two files, with the list of it, or of another of those paths.
    private func site(
        in folder: String, listed paths: [String] = ["a/b.html", "index.html"],
        at place: (OutputFolder) -> String = { $0.companion }
    ) throws -> OutputFolder {
        let output = OutputFolder(folder + "/public")
        for path in ["a/b.html", "index.html"] {
            try WholeFile.write([1], to: "\(output.path)/\(path)")
        }
        try WholeFile.write(
            OutputFolder.mark(fileCount: 2), to: output.path + "/" + OutputFolder.marker)
        try list(paths, at: place(output))
        return output
    }

    private func list(_ paths: [String], at place: String) throws {
        let list = FileList(
            paths.map {
                FileList.File(path: $0, digest: SHA256(of: [1]), byteCount: 1, modified: 0)
            })
        try WholeFile.write(list.encoded, to: place + "/" + FileList.name)
    }

    @Test func `has the list that stands beside it, or that a killed build has staged`()
        async throws
    {
        try await withTemporaryFolder { folder in
            let (kept, staged) = try (
                site(in: folder + "/1").list(), site(in: folder + "/2", at: \.patch).list()
            )
            #expect(kept?.files.count == 2)
            #expect(staged?.files.count == 2)
        }
    }

    @Test func `takes no list whose files are not as many as the mark counts`() async throws {
        try await withTemporaryFolder { folder in
            let list = try site(in: folder, listed: ["index.html"]).list()
            #expect(list == nil)
        }
    }

    @Test(arguments: [true, false])
    func `of two lists takes the one whose files are there`(isSwapped: Bool) async throws {
        try await withTemporaryFolder { folder in
            let right = ["a/b.html", "index.html"]
            let wrong = ["index.html", "old.html"]
            let output = try site(in: folder, listed: isSwapped ? wrong : right)
            try list(isSwapped ? right : wrong, at: output.patch)
            let list = try output.list()
            #expect(list?.files.map(\.path.text) == right)
        }
    }

    @Test func `names what no build made, a folder once`() async throws {
        try await withTemporaryFolder { folder in
            let output = try site(in: folder)
            let found = try output.list()
            let list = try #require(found)
            #expect(try output.foreign(to: list) == [])
            for path in [".gitignore", "google.html", "a/c.html", "x/y/1", "x/y/2"] {
                try WholeFile.write([1], to: "\(output.path)/\(path)")
            }
            try Folder.make(output.path + "/lost+found")
            #expect(
                try output.foreign(to: list) == [
                    FolderEntry(bytes: Array("a/c.html".utf8), kind: .file),
                    FolderEntry(bytes: Array("google.html".utf8), kind: .file),
                    FolderEntry(bytes: Array("x".utf8), kind: .folder),
                ])
        }
    }
}
