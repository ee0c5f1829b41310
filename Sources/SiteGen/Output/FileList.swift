import Digest
import Files
import Tasks
import Text

/// The files of a finished site: digest, size and modification time of each, in the order of their paths.
///
/// As text a line is the SHA-256 in base 16, the bytes, the nanoseconds since 1970, and the path, with a space
/// between each two. Who sends the files elsewhere may take digests from it for files of that size and time.
struct FileList: Sendable {
    struct File: Hashable, Sendable {
        let path: ExactText
        let digest: SHA256
        let byteCount: Int64
        let modified: Int64
    }

    private(set) var files: [File]

    init(_ files: [File]) { self.files = files.sorted { $0.path < $1.path } }

    var pageCount: Int { files.count { $0.path.text.utf8.hasEnding(".html") } }

    func file(_ path: String) -> File? {
        let path = ExactText(path)
        let place = files.partitioningIndex { $0.path >= path }
        return place < files.count && files[place].path == path ? files[place] : nil
    }

    /// The list with these files put in or changed.
    func with(_ changed: [File]) -> FileList {
        let new = changed.sorted { $0.path < $1.path }[...]
        var merged: [File] = []
        merged.reserveCapacity(files.count + new.count)
        var rest = new
        for file in files {
            while let next = rest.first, next.path < file.path {
                merged.append(next)
                rest.removeFirst()
            }
            if let next = rest.first, next.path == file.path {
                merged.append(next)
                rest.removeFirst()
            } else {
                merged.append(file)
            }
        }
        var list = FileList([])
        list.files = merged + rest
        return list
    }

    /// Whether every file is in the folder as it is listed, by size and modification time.
    func isWhole(in folder: String) -> Bool {
        !Parallel.map(files.count) { index in
            let file = files[index]
            let status = try? FileStatus(
                of: "\(folder)/\(file.path.text)", followingLinks: false)
            return status?.byteCount == Int(file.byteCount) && status?.modified == file.modified
        }
        .contains(false)
    }
}

extension FileList {
    var encoded: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(files.count * 128)
        for file in files {
            for byte in file.digest.bytes { Hex.append(byte, to: &bytes) }
            bytes += " \(file.byteCount) \(file.modified) ".utf8
            bytes += file.path.text.utf8
            bytes.append(UInt8(ascii: "\n"))
        }
        return bytes
    }

    /// Nil if a line is none of ours.
    init?(decoding text: [UInt8]) {
        files = []
        var rest = text[...]
        while !rest.isEmpty {
            guard let end = rest.firstIndex(of: UInt8(ascii: "\n")), let file = File(rest[..<end])
            else { return nil }
            files.append(file)
            rest = rest[(end + 1)...]
        }
    }
}

extension FileList.File {
    init?(_ line: ArraySlice<UInt8>) {
        let parts = line.split(separator: UInt8(ascii: " "), maxSplits: 3)
        guard parts.count == 4, let digest = SHA256(hex: parts[0]),
            let byteCount = Int64(String(decoding: parts[1], as: UTF8.self)),
            let modified = Int64(String(decoding: parts[2], as: UTF8.self))
        else { return nil }
        self.init(
            path: ExactText(String(decoding: parts[3], as: UTF8.self)), digest: digest,
            byteCount: byteCount, modified: modified)
    }
}
