import AWS
import Digest
import Foundation
import Support
import Testing

@testable import Sync

@Suite struct LocalTreeTests {
    @Test func `The files come in order, hashed, without the mark`() async throws {
        try await withTemporaryFolder { folder in
            let site = try Site(["b.html": "b", "a/c.css": "c", "a.csv": ""], in: folder)
            let tree = try LocalTree(folder: site.folder)
            #expect(tree.files.map(\.path.text) == ["a.csv", "a/c.css", "b.html"])
            #expect(tree.files.map(\.byteCount) == [0, 1, 1])
            #expect(tree.files[2].sha256 == (SHA256(of: [0x62])))
            #expect(tree.files[1].headers.contentType == "text/css; charset=utf-8")
        }
    }

    @Test func `A .gitignore at the root is not of the site`() async throws {
        try await withTemporaryFolder { folder in
            let site = try Site(["index.html": "x"], in: folder)
            try write("*\n", to: site.folder + "/.gitignore")
            #expect(try LocalTree(folder: site.folder).files.map(\.path.text) == ["index.html"])
        }
    }

    @Test(
        arguments: [
            (nil, ".tidemark-site is missing"), ("", "is not {\"files\": N}"),
            ("{\"files\": \"1\"}", "is not {\"files\": N}"),
            ("{\"files\": 2}", "counts 2 files, and 1 are there"),
            ("{\"files\": 0}", "counts 0 files, and 1 are there"),
        ] as [(String?, String)])
    func `A folder without the mark of a finished build is refused`(
        _ mark: String?, reason: String
    ) async throws {
        try await withTemporaryFolder { folder in
            let site = try Site(["index.html": "x"], in: folder)
            try site.remove(".tidemark-site")
            if let mark { try write(mark, to: site.folder + "/.tidemark-site") }
            let error = #expect(throws: SyncError.self) { try LocalTree(folder: site.folder) }
            #expect(error?.isRefusal == true && error?.description.contains(reason) == true)
        }
    }

    @Test func `An empty folder and a missing one are refused`() async throws {
        try await withTemporaryFolder { folder in
            let empty = try Site([:], in: folder)
            #expect(throws: SyncError.unfinished(folder: empty.folder, reason: "it is empty")) {
                try LocalTree(folder: empty.folder)
            }
            #expect(
                throws: SyncError.unfinished(
                    folder: folder + "/gone", reason: "No such file or directory")
            ) {
                try LocalTree(folder: folder + "/gone")
            }
        }
    }

    @Test func `A link to a file inside is that file; any other is refused`() async throws {
        try await withTemporaryFolder { folder in
            try write("secret", to: folder + "/public2/secret")
            let site = try Site(["index.html": "x", "a/b.html": "y"], in: folder)
            let files = FileManager.default
            let link = site.folder + "/link"
            try files.createSymbolicLink(atPath: link, withDestinationPath: "a/b.html")
            try site.finish()
            #expect(try LocalTree(folder: site.folder).files.map(\.byteCount) == [1, 1, 1])
            for (target, reason) in [
                ("../public2/secret", "a link that leaves the site"),
                ("/etc/passwd", "a link that leaves the site"),
                ("a", "a link to something other than a file"), ("nowhere", "a link to nothing"),
                (".", "a link that leaves the site"), ("link", "a link to nothing"),
            ] {
                try files.removeItem(atPath: link)
                try files.createSymbolicLink(atPath: link, withDestinationPath: target)
                #expect(throws: SyncError.entry(path: link, reason: reason), "\(target)") {
                    try LocalTree(folder: site.folder)
                }
            }
        }
    }

    @Test func `Pipes and unprintable or reserved names are refused`() async throws {
        for name in ["pipe", "a\nb", ".tidemark/manifest.json", "\u{1B}[2J"] {
            try await withTemporaryFolder { folder in
                let site = try Site(["index.html": "x"], in: folder)
                if name == "pipe" {
                    #expect(mkfifo(site.folder + "/pipe", 0o600) == 0)
                } else {
                    try write("x", to: site.folder + "/" + name)
                }
                try site.finish()
                let error = #expect(throws: SyncError.self) { try LocalTree(folder: site.folder) }
                #expect(error?.isRefusal == true, "\(name)")
                #expect(error?.description.unicodeScalars.contains { $0.value < 0x20 } == false)
            }
        }
    }
}
