import Files

/// Why recorded posts could not be read to their end.
///
/// `path` is that of the file, and behind a colon the name of an archive's member in it.
public enum DecodeError: Error, Hashable, Sendable {
    case file(FileError)
    /// Compressed data or an archive that are damaged or cut off.
    case damaged(path: String, reason: String)
    /// Text in an encoding that is not read.
    case encoding(path: String, name: String)
    /// What is not read, whole or not; `reason` says what it is and what to do.
    case refused(path: String, reason: String)
}

extension DecodeError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .file(let error): error.description
        case .damaged(let path, let reason): "\(path): the compressed data are damaged: \(reason)"
        case .encoding(let path, let name):
            "\(path): the text is in \(name), which is not read; convert it to UTF-8"
        case .refused(let path, let reason): "\(path): \(reason)"
        }
    }
}
