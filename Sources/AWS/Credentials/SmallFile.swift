import Glibc
import Text

/// A file of the operator's that is read at once.
enum SmallFile {
    /// At most a mebibyte; nil if there is no such file.
    static func bytes(_ path: String) throws(AWSError) -> [UInt8]? {
        guard let file = fopen(path, "re") else {
            if errno == ENOENT || errno == ENOTDIR { return nil }
            throw .file(path, reason: String(cString: strerror(errno)))
        }
        defer { fclose(file) }
        let limit = 1 << 20
        let bytes = [UInt8](unsafeUninitializedCapacity: limit) { buffer, count in
            count = fread(buffer.baseAddress, 1, limit, file)
        }
        guard ferror(file) == 0, bytes.count < limit else {
            throw .file(path, reason: ferror(file) != 0 ? "cannot be read" : "over 1 MiB long")
        }
        return bytes
    }

    /// What a file of one token holds, without white space around it.
    static func text(_ path: String) throws(AWSError) -> String {
        guard let bytes = try bytes(path) else {
            throw .file(path, reason: "there is no such file")
        }
        let token = bytes.trimmingASCIIWhitespace()
        guard !token.isEmpty else { throw .file(path, reason: "it is empty") }
        return String(decoding: token, as: UTF8.self)
    }
}
