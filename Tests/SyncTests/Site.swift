import Digest
import Files
import Foundation
import Output
import Support

/// A site on this machine, as a build leaves it.
struct Site {
    let folder: String

    init(_ files: [String: String], in parent: String) throws {
        folder = parent + "/public"
        for (path, text) in files { try write(text, to: "\(folder)/\(path)") }
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true)
        try finish()
    }

    subscript(path: String) -> String {
        get { (try? String(contentsOfFile: "\(folder)/\(path)", encoding: .utf8)) ?? "" }
        nonmutating set { try? write(newValue, to: "\(folder)/\(path)") }
    }

    func remove(_ path: String) throws {
        try FileManager.default.removeItem(atPath: "\(folder)/\(path)")
    }

    var paths: [String] {
        get throws {
            try FileManager.default.subpathsOfDirectory(atPath: folder).filter { path in
                var isFolder: ObjCBool = false
                _ = FileManager.default.fileExists(
                    atPath: "\(folder)/\(path)", isDirectory: &isFolder)
                return !isFolder.boolValue && path != ".tidemark-site"
            }
        }
    }

    /// Writes the mark of a finished build.
    func finish() throws {
        try write("{\"files\": \(try paths.count)}", to: folder + "/.tidemark-site")
    }

    /// Writes the list of files that a build leaves, with the digests of other contents if told so.
    func list(_ content: (String) -> String? = { _ in nil }) throws {
        let output = OutputFolder(folder)
        let files = try paths.map { path in
            let status = try FileStatus(of: "\(folder)/\(path)")
            return FileList.File(
                path: path, digest: SHA256(of: (content(path) ?? self[path]).utf8),
                byteCount: status?.byteCount ?? 0, modified: status?.modified ?? 0)
        }
        try WholeFile.write(
            FileList(files).encoded, to: output.companion + "/" + FileList.name)
    }

    /// A small site with a file of each kind.
    static let sample = [
        "index.html": "<!doctype html><title>Now</title>",
        "2026/11/22/index.html": "<!doctype html><title>22 November</title>",
        "tags/タグ/index.html": "<!doctype html><title>タグ</title>",
        "tags/100%/index.html": "<!doctype html><title>100 %</title>",
        "tags/a+b & c/index.html": "<!doctype html><title>a+b</title>",
        "assets/style.0123abcd.css": "body { margin: 0 }",
        "assets/empty.js": "",
        "data/top/2026-11-22.csv": "slot,source,rank\n2026-11-22T18:00:00Z,sample,1\n",
        "data/latest.json": "{}",
        "feed.xml": "<rss version=\"2.0\"/>",
        "sitemap.xml": "<urlset/>",
    ]
}
