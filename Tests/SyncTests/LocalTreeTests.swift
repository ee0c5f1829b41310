import AWS
import Digest
import Files
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
            (
                "{\"files\": 2}",
                "its last build made 2 files, and 1 are there, so the site that is up stays"
            ),
            (
                "{\"files\": 0}",
                "its last build made 0 files, and 1 are there, so the site that is up stays"
            ),
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
                    folder: folder + "/gone", reason: "there is no such folder")
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

    @Test func `With a build's list only what is not as it says is read`() async throws {
        try await withTemporaryFolder { folder in
            let site = try Site(["a.html": "a", "b.html": "b", "c.html": "c"], in: folder)
            // What no build would write shows that nothing else was looked at.
            try site.list { $0 == "c.html" ? "c" : "listed" }
            site["b.html"] = "new"
            let tree = try LocalTree(folder: site.folder)
            #expect(
                tree.files.map(\.sha256) == ["listed", "new", "c"].map { SHA256(of: $0.utf8) })
            #expect(tree.files.map(\.byteCount) == [1, 3, 1])
            #expect(tree.foreign == [])
        }
    }

    @Test func `What is not in the list is named, whatever it is`() async throws {
        try await withTemporaryFolder { folder in
            let site = try Site(["a/b.html": "a"], in: folder)
            try site.list()
            site["google123.html"] = "x"
            site["a/c\nd"] = "x"
            site["mine/1"] = "x"
            site[".gitignore"] = "*"
            #expect(mkfifo(site.folder + "/pipe", 0o600) == 0)
            try FileManager.default.createSymbolicLink(
                atPath: site.folder + "/link", withDestinationPath: "/etc/passwd")
            let tree = try LocalTree(folder: site.folder)
            #expect(tree.files.map(\.path.text) == ["a/b.html"])
            #expect(
                tree.foreign.map(\.name) == ["a/c\nd", "google123.html", "link", "mine", "pipe"])
        }
    }

    @Test(arguments: ["gone", "folder", "link"])
    func `A file of the list that is none any more is refused`(_ kind: String) async throws {
        try await withTemporaryFolder { folder in
            let site = try Site(["a/b.html": "a", "c.html": "c"], in: folder)
            try site.list()
            try site.remove(kind == "gone" ? "a" : "c.html")
            if kind == "folder" { site["c.html/d"] = "x" }
            if kind == "link" {
                try FileManager.default.createSymbolicLink(
                    atPath: site.folder + "/c.html", withDestinationPath: "/etc/passwd")
            }
            let error = #expect(throws: SyncError.self) { try LocalTree(folder: site.folder) }
            #expect(error?.isRefusal == true)
        }
    }

    @Test func `Rows are counted only in records that the manifest does not have`() async throws {
        try await withTemporaryFolder { folder in
            let site = try Site(
                ["data/windows/2025.csv": "a\n1\n", "data/windows/2026.csv": "a\n1\n2\n"],
                in: folder)
            let tree = try LocalTree(folder: site.folder)
            var known = Manifest()
            known.entries[tree.files[0].path] = Manifest.Entry(
                content: .known(tree.files[0].sha256), byteCount: 4,
                headers: tree.files[0].headers, rowCount: 7)
            #expect(try tree.countingRows(against: known).files.map(\.rowCount) == [7, 2])
        }
    }
}
