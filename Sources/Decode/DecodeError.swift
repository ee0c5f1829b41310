import Files

/// Why recorded posts could not be read to their end.
public enum DecodeError: Error, Hashable, Sendable {
    case file(FileError)
    /// Compressed data that are damaged or cut off.
    case damaged(path: String, reason: String)
    /// Text in an encoding that is not read.
    case encoding(path: String, name: String)
}

extension DecodeError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .file(let error): error.description
        case .damaged(let path, let reason): "\(path): the compressed data are damaged: \(reason)"
        case .encoding(let path, let name):
            "\(path): the text is in \(name), which is not read; convert it to UTF-8"
        }
    }
}
