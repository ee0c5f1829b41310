import Digest
import Files
import Glibc
import Tasks
import Text

/// The files of a finished site: digest, size and modification time of each, in the order of their paths.
///
/// A build leaves it beside the site. As text a line is the SHA-256 in base 16, the bytes, the nanoseconds since
/// 1970, and the path, with a space between each two. Who sends the files elsewhere takes digests from it for
/// files of that size and time.
public struct FileList: Hashable, Sendable {
    public struct File: Hashable, Sendable {
        public let path: ExactText
        public let digest: SHA256
        public let byteCount: Int
        /// Nanoseconds since 1970.
        public let modified: Int64

        public init(path: String, digest: SHA256, byteCount: Int, modified: Int64) {
            self.path = ExactText(path)
            self.digest = digest
            self.byteCount = byteCount
            self.modified = modified
        }

        /// Whether a file is as it is listed, by size and modification time.
        public func isSame(_ status: FileStatus?) -> Bool {
            status?.kind == .file && status?.byteCount == byteCount && status?.modified == modified
        }
    }

    /// The name of the list in `OutputFolder.companion`, and in `patch` until it is put in place.
    public static let name = "files"

    public private(set) var files: [File]

    public init(_ files: [File]) { self.files = files.sorted { $0.path < $1.path } }

    public func file(_ path: String) -> File? {
        let path = ExactText(path)
        let place = place(of: path)
        return place < files.count && files[place].path == path ? files[place] : nil
    }

    /// Whether a file is in a folder, or in one below it.
    public func hasFile(below folder: String) -> Bool {
        let place = place(of: ExactText(folder + "/"))
        return place < files.count && files[place].path.text.utf8.starts(with: (folder + "/").utf8)
    }

    /// Of the first file that does not come before a path.
    private func place(of path: ExactText) -> Int {
        var (low, high) = (0, files.count)
        while low < high {
            let middle = (low + high) / 2
            if files[middle].path < path { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// The list with these files put in or changed.
    public func with(_ changed: [File]) -> FileList {
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

    /// What each file is in the folder, in their order; nil for those that are not there.
    public func statuses(in folder: String) throws(FileError) -> [FileStatus?] {
        try Parallel.map(files.count) { (index) throws(FileError) in
            do throws(FileError) {
                return try FileStatus(
                    of: "\(folder)/\(files[index].path.text)", followingLinks: false)
            } catch  where error.cause == .system(ENOTDIR) {
                return nil
            }
        }
    }
}

extension FileList {
    public var encoded: [UInt8] {
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
    public init?(decoding text: [UInt8]) {
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
    fileprivate init?(_ line: ArraySlice<UInt8>) {
        let parts = line.split(separator: UInt8(ascii: " "), maxSplits: 3)
        guard parts.count == 4, let digest = SHA256(hex: parts[0]),
            let byteCount = Int(String(decoding: parts[1], as: UTF8.self)),
            let modified = Int64(String(decoding: parts[2], as: UTF8.self))
        else { return nil }
        self.init(
            path: String(decoding: parts[3], as: UTF8.self), digest: digest, byteCount: byteCount,
            modified: modified)
    }
}
