import Glibc

/// The bytes of a file or of standard input as they are. Owns the descriptor of a file it opened.
final class FileBytes: ByteReader {
    let path: String
    private let descriptor: Int32
    /// Bytes that may still be read.
    private var remaining = Int.max

    /// `-` is standard input. `range` is the part of a regular file to read.
    init(path: String, range: Range<Int>? = nil) throws(DecodeError) {
        self.path = path == "-" ? "standard input" : path
        descriptor = path == "-" ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw .unreadable(path: path, reason: String(cString: strerror(errno)))
        }
        if let range {
            lseek(descriptor, off_t(range.lowerBound), SEEK_SET)
            remaining = range.count
        }
    }

    deinit { if descriptor != STDIN_FILENO && descriptor >= 0 { close(descriptor) } }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws(DecodeError) -> Int {
        while true {
            let count = Glibc.read(descriptor, buffer.baseAddress, min(buffer.count, remaining))
            if count >= 0 {
                remaining -= count
                return count
            }
            if errno != EINTR {
                throw .unreadable(path: path, reason: String(cString: strerror(errno)))
            }
        }
    }
}
