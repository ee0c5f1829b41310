import Foundation
import Glibc

/// Every file of some folders with its content and what shows that it was not even touched.
struct FolderState: Hashable {
    struct File: Hashable {
        let inode: UInt64
        let modified: [Int]
        let bytes: Data
    }

    private(set) var files: [String: File] = [:]

    /// Locks are left out, into which a run writes its name, and reports, which say when it ran.
    init(_ root: String, of folders: [String]) throws {
        for folder in folders {
            for path in FileManager.default.enumerator(atPath: "\(root)/\(folder)") ?? .init() {
                let path = "\(folder)/\(path)"
                var status = stat()
                guard lstat("\(root)/\(path)", &status) == 0, status.st_mode & S_IFMT == S_IFREG,
                    !path.hasSuffix(".lock"), !path.hasPrefix("archive/runs/")
                else { continue }
                files[path] = File(
                    inode: UInt64(status.st_ino),
                    modified: [status.st_mtim.tv_sec, status.st_mtim.tv_nsec],
                    bytes: try Data(contentsOf: URL(fileURLWithPath: "\(root)/\(path)")))
            }
        }
    }

    /// The paths that are new, gone or touched.
    func changes(since old: FolderState) -> [String] {
        Set(files.keys).union(old.files.keys).filter { files[$0] != old.files[$0] }.sorted()
    }

    /// The files below a folder by their path in it, without our own marks.
    func contents(of folder: String) -> [String: Data] {
        Dictionary(
            uniqueKeysWithValues: files.filter {
                $0.key.hasPrefix("\(folder)/") && !$0.key.hasSuffix("/.tidemark-site")
            }.map { (String($0.key.dropFirst(folder.count + 1)), $0.value.bytes) })
    }

    /// Archive rows by file, sorted: the order of sources is that in which they were ready.
    func rows() -> [String: [String]] {
        contents(of: "archive").mapValues { bytes in
            String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init).sorted()
        }
    }
}
