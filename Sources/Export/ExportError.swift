import Archive
import Files
import Text

/// Why there is no database of the archive; one that was there before is as it was.
public enum ExportError: Error, Hashable, Sendable {
    case archive(ArchiveError)
    case file(FileError)
    /// What SQLite said.
    case database(String, String)
    /// What is there is no database, and is not written over.
    case foreign(String)
    /// A program is writing the database that is there.
    case inUse(String, by: String)
    /// The archive has two lines where there may be one.
    case twice(file: String, line: Int, key: [String])
    case noArchive(String)
    case cancelled
}

extension ExportError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .archive(let error): error.sentence
        case .file(let error): error.description
        case .database(let path, let reason): "\(path): cannot be written: \(reason)"
        case .foreign(let path):
            "\(path) is no database of SQLite, and is left as it is; name a new file"
        case .inUse(let path, let journal):
            "\(path) is open in a program that writes it, as \(journal) is there; close it, or name a new file"
        case .twice(let file, let line, let key):
            "\(file):\(line): another line has the same \(key.joined(separator: ", ")); "
                + "tidemark verify names all that is wrong with the archive"
        case .noArchive(let folder): "\(folder): there is no archive yet"
        case .cancelled: "stopped"
        }
    }
}

extension ExportError {
    static func onDisk<Result>(
        _ body: () throws(FileError) -> Result
    ) throws(ExportError) -> Result {
        do throws(FileError) { return try body() } catch { throw .file(error) }
    }

    static func reading<Result>(
        _ body: () throws(ArchiveError) -> Result
    ) throws(ExportError) -> Result {
        do throws(ArchiveError) { return try body() } catch { throw .archive(error) }
    }
}
