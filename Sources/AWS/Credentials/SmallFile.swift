import Files
import Text

/// A file of the operator's that is read at once.
enum SmallFile {
    /// At most a mebibyte, of a file or a pipe; nil if there is no such file.
    static func bytes(_ path: String) throws(AWSError) -> [UInt8]? {
        do throws(FileError) {
            return try WholeFile.readStream(path, limit: 1 << 20)
        } catch {
            if error.isAbsence { return nil }
            throw .file(path, reason: "\(error.operation): \(error.cause)")
        }
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
