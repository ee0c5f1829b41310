import Calendar
import Files
import Text

/// Why the archive could not be read or written.
public enum ArchiveError: Error, Hashable, Sendable {
    case file(FileError)
    /// The first line is not the header of this kind of file.
    case header(file: String, expected: [String], found: String)
    case fieldCount(file: String, line: Int, expected: Int, found: Int)
    case malformed(file: String, line: Int, column: String, expected: String, found: String)
    /// A file that would not be read, as its name is spelled otherwise; the right name may be there besides.
    case misspelled(file: String, name: String, isSecond: Bool)
    /// The slot of this source has a row already.
    case alreadyArchived(slot: Timestamp, source: String)
}

extension ArchiveError {
    /// What is done with files, with their errors as those of the archive.
    public static func onDisk<Result>(
        _ body: () throws(FileError) -> Result
    ) throws(ArchiveError) -> Result {
        do throws(FileError) { return try body() } catch { throw .file(error) }
    }
}

extension ArchiveError {
    /// With what to do about it.
    public var sentence: String {
        switch self {
        case .header(let file, _, _), .fieldCount(let file, _, _, _),
            .malformed(let file, _, _, _, _):
            // That one people write.
            guard !file.hasSuffix(ArchiveLayout.withdrawn) else { return description }
            return description
                + "; if another program has saved this file, put back a copy from before"
                + (ArchiveLayout.isPublished(file)
                    ? ", or move it out of the archive: tidemark pull then brings what was published of it"
                    : "")
        default: return description
        }
    }
}

extension ArchiveError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .file(let error): error.description
        case .header(let file, let expected, let found):
            "\(file):1: expected the header \(expected.joined(separator: ",")), "
                + "found \(quoted(found))"
        case .fieldCount(let file, let line, let expected, let found):
            "\(file):\(line): expected \(expected) fields, found \(found)"
        case .malformed(let file, let line, let column, let expected, let found):
            "\(file):\(line): \(column): expected \(expected), found \(quoted(found))"
        case .misspelled(let file, let name, let isSecond):
            "\(file): it is not read under this name, and what it says would not hold: "
                + (isSecond
                    ? "bring what it has into \(name), which is there too, or move it out of the archive"
                    : "rename it to \(name)")
        case .alreadyArchived(let slot, let source):
            "\(source): the slot \(slot) is archived already; --replace reads it again"
        }
    }
}
