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

    /// How many files of a finished site a publish looks at: all of a small one, and those of a large one in turns.
    public static let lookedAt = 2048

    public let files: Files

    /// As text, a line a file.
    public var encoded: [UInt8] { files.text }

    public init(_ files: [File]) {
        var text: [UInt8] = []
        text.reserveCapacity(files.count * 128)
        var starts = [0]
        starts.reserveCapacity(files.count + 1)
        for file in files.sorted(by: { $0.path < $1.path }) {
            file.append(to: &text)
            starts.append(text.count)
        }
        self.files = Files(text: text, starts: starts)
    }

    private init(files: Files) { self.files = files }

    /// Nil if a line is none of ours.
    public init?(decoding text: [UInt8]) {
        guard let files = Files(text) else { return nil }
        self.files = files
    }

    public func file(_ path: String) -> File? {
        let place = files.place(of: path)
        return place < files.count && files.order(place, path) == 0 ? files[place] : nil
    }

    /// Whether a file is in a folder, or in one below it.
    public func hasFile(below folder: String) -> Bool { !files(below: folder).isEmpty }

    /// Those in a folder and in all below it.
    public func files(below folder: String) -> Slice<Files> {
        // "0" comes next to "/".
        files[files.place(of: folder + "/")..<files.place(of: folder + "0")]
    }

    /// The list with these files put in or changed.
    public func with(_ changed: [File]) -> FileList {
        var text: [UInt8] = []
        text.reserveCapacity(files.text.count + changed.count * 128)
        var starts = [0]
        starts.reserveCapacity(files.count + changed.count + 1)
        var next = 0
        func copy(to end: Int) {
            let shift = text.count - files.starts[next]
            text += files.text[files.starts[next]..<files.starts[end]]
            for place in next..<end { starts.append(files.starts[place + 1] + shift) }
            next = end
        }
        for file in changed.sorted(by: { $0.path < $1.path }) {
            copy(to: files.place(of: file.path.text))
            if next < files.count, files.order(next, file.path.text) == 0 { next += 1 }
            file.append(to: &text)
            starts.append(text.count)
        }
        copy(to: files.count)
        return FileList(files: Files(text: text, starts: starts))
    }

    /// What each file is in the folder, in their order; nil for those that are not there.
    public func statuses(in folder: String) throws(FileError) -> [FileStatus?] {
        try statuses(in: folder, of: files.indices)
    }

    /// The same of some, by their places in the list.
    public func statuses(
        in folder: String, of places: Range<Int>
    ) throws(FileError) -> [FileStatus?] {
        try Parallel.map(places.count) { (index) throws(FileError) in
            do throws(FileError) {
                return try FileStatus(
                    of: "\(folder)/\(files[places.lowerBound + index].path.text)",
                    followingLinks: false)
            } catch  where error.cause == .system(ENOTDIR) {
                return nil
            }
        }
    }

    /// What is otherwise than in an older list: files that are new or have other bytes, and the paths of those that
    /// are no more.
    public func changes(since old: FileList) -> (changed: [File], gone: [String]) {
        var (changed, gone): ([File], [String]) = ([], [])
        var (here, there) = (0, 0)
        while here < files.count || there < old.files.count {
            if here < files.count, there < old.files.count {
                if files.isSameLine(here, as: there, of: old.files) {
                    (here, there) = (here + 1, there + 1)
                    continue
                }
                let (new, known) = (files[here], old.files[there])
                if new.path == known.path {
                    if new.digest != known.digest || new.byteCount != known.byteCount {
                        changed.append(new)
                    }
                    (here, there) = (here + 1, there + 1)
                    continue
                }
                if new.path < known.path {
                    changed.append(new)
                    here += 1
                } else {
                    gone.append(known.path.text)
                    there += 1
                }
            } else if here < files.count {
                changed.append(files[here])
                here += 1
            } else {
                gone.append(old.files[there].path.text)
                there += 1
            }
        }
        return (changed, gone)
    }
}

extension FileList.File {
    fileprivate func append(to text: inout [UInt8]) {
        for byte in digest.bytes { Hex.append(byte, to: &text) }
        text += " \(byteCount) \(modified) ".utf8
        text += path.text.utf8
        text.append(UInt8(ascii: "\n"))
    }
}
