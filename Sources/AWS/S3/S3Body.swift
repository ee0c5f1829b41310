import Transport

/// The bytes of an object to put. A file's digest is taken beforehand: if the file changes, the
/// service refuses it.
public enum S3Body: Hashable, Sendable {
    case bytes([UInt8])
    case file(path: String, byteCount: Int, sha256: Digest)

    func sha256() throws(AWSError) -> Digest {
        switch self {
        case .bytes(let bytes): try Digest.sha256(bytes)
        case .file(_, _, let digest): digest
        }
    }

    var request: Request.Body {
        switch self {
        case .bytes(let bytes): .bytes(bytes)
        case .file(let path, let byteCount, _): .file(path: path, byteCount: byteCount)
        }
    }
}
