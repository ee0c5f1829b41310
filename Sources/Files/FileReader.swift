import Glibc

/// The bytes of a file or a pipe, a piece at a time. Owns the descriptor of a file it opened; one reader at a time.
public final class FileReader {
    /// For errors.
    public let path: String
    private let descriptor: Int32
    /// Bytes that may still be read.
    private var remaining = Int.max

    /// `range` is the part of a regular file to read.
    public init(_ path: String, range: Range<Int>? = nil) throws(FileError) {
        self.path = path
        var file = try OpenFile(path, O_RDONLY, to: .read)
        if let range {
            lseek(file.descriptor, off_t(range.lowerBound), SEEK_SET)
            remaining = range.count
        }
        descriptor = file.take()
    }

    private init(standardInput: Int32) {
        path = "standard input"
        descriptor = standardInput
    }

    public static var standardInput: FileReader { FileReader(standardInput: STDIN_FILENO) }

    deinit { if descriptor != STDIN_FILENO { close(descriptor) } }

    public func status() throws(FileError) -> FileStatus {
        try FileStatus(ofOpen: descriptor, path)
    }

    /// Goes on at another byte of a regular file that is read whole; `origin` is what `lseek` counts from. Returns
    /// where from the file's start that is.
    @discardableResult
    public func seek(by offset: Int, from origin: Int32) throws(FileError) -> Int {
        let place = lseek(descriptor, off_t(offset), origin)
        guard place >= 0 else { throw FileError(.read, path) }
        return Int(place)
    }

    /// Fills the buffer from its start as far as bytes are at hand; returns how many, 0 at the end.
    public func read(into buffer: UnsafeMutableRawBufferPointer) throws(FileError) -> Int {
        while true {
            let count = Glibc.read(descriptor, buffer.baseAddress, min(buffer.count, remaining))
            if count >= 0 {
                remaining -= count
                return count
            }
            if errno != EINTR { throw FileError(.read, path) }
        }
    }

    /// Hands over all that is left, a piece at a time; returns how many bytes it was.
    public func readPieces(_ use: (UnsafeRawBufferPointer) -> Void) throws(FileError) -> Int {
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 64 << 10, alignment: 1)
        defer { buffer.deallocate() }
        var byteCount = 0
        while true {
            let count = try read(into: buffer)
            if count == 0 { return byteCount }
            use(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
            byteCount += count
        }
    }
}
