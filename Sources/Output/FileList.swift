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
///
/// That of a large site is written as what is otherwise than in an older list, its base, which has a file of its own
/// and stays as it is: so it costs what has changed. The first line then is `over` and the name of that file.
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

    /// What its base is known by, among all there were; nil if it has none.
    private let baseName: String?

    /// As text: all, or what is otherwise than in its base.
    public var encoded: [UInt8] {
        (baseName.map { Array("over \($0)\n".utf8) } ?? []) + files.changed.text
    }

    /// The name and the text of its base.
    public var base: (name: String, text: [UInt8])? {
        baseName.map { ($0, files.base.text) }
    }

    public init(_ files: [File]) {
        self.init(files: Files(over: FileLines(), FileLines().with(files)), baseName: nil)
    }

    private init(files: Files, baseName: String?) {
        (self.files, self.baseName) = (files, baseName)
    }

    /// Nil if a line is none of ours, or the base is not what it was.
    ///
    /// - Parameters:
    ///   - other: A list that perhaps has the same base.
    ///   - base: Gives the text of the base of a name; nil if there is none.
    public init?(
        decoding text: [UInt8], sharing other: FileList? = nil,
        base: (_ name: String) -> [UInt8]? = { _ in nil }
    ) {
        let opening = Array("over ".utf8)
        guard text.starts(with: opening), let end = text.firstIndex(of: UInt8(ascii: "\n")) else {
            guard let lines = FileLines(text) else { return nil }
            self.init(files: Files(over: FileLines(), lines), baseName: nil)
            return
        }
        let name = String(decoding: text[opening.count..<end], as: UTF8.self)
        var lines = other?.baseName == name ? other?.files.base : nil
        if lines == nil, let bytes = base(name), Self.baseName(bytes) == name {
            lines = FileLines(bytes, isKnown: true)
        }
        guard let lines, let changed = FileLines(Array(text[(end + 1)...])) else { return nil }
        self.init(files: Files(over: lines, changed), baseName: name)
    }

    /// Whether both list the same, whatever they are written over.
    public static func == (left: Self, right: Self) -> Bool { left.files == right.files }

    public func hash(into hasher: inout Hasher) { hasher.combine(files) }

    private static func baseName(_ text: [UInt8]) -> String {
        "\(name)-\(String(Checksum.of(text[...]), radix: 16))"
    }

    /// The same; over a base of its own, which then is to be written, if it has so many files and much is otherwise.
    public func rebased(from least: Int) -> (list: FileList, isNew: Bool) {
        guard files.count >= least, files.changed.count > files.base.count / 16 else {
            return (self, false)
        }
        let all = files.joined
        let list = FileList(
            files: Files(over: all, FileLines()), baseName: Self.baseName(all.text))
        return (list, true)
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
        FileList(files: Files(over: files.base, files.changed.with(changed)), baseName: baseName)
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
        if let baseName, baseName == old.baseName {
            let paths = [files.changed, old.files.changed].flatMap { lines in
                (0..<lines.count).map(lines.path)
            }
            return FileList(Set(paths.map(ExactText.init)).compactMap { file($0.text) })
                .changes(
                    since: FileList(Set(paths.map(ExactText.init)).compactMap { old.file($0.text) })
                )
        }
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
