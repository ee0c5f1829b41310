import Files

/// The bytes of a file or of standard input as they are.
struct PlainBytes: ByteReader {
    private let file: FileReader
    /// Looked at, and still to be read.
    private var start: ArraySlice<UInt8> = []

    /// `-` is standard input. `range` is the part of a regular file to read.
    init(path: String, range: Range<Int>? = nil) throws(DecodeError) {
        do throws(FileError) {
            file = path == "-" ? .standardInput : try FileReader(path, range: range)
        } catch {
            throw .file(error)
        }
    }

    /// For errors.
    var path: String { file.path }

    /// The first bytes, which stay to be read, or all if there are fewer. A pipe may give them one at a time.
    mutating func peek(_ count: Int) throws(DecodeError) -> [UInt8] {
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: count, alignment: 1)
        defer { buffer.deallocate() }
        var found = 0
        while found < count {
            let got = try read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[found...]))
            if got == 0 { break }
            found += got
        }
        start = Array(buffer[..<found])[...]
        return Array(start)
    }

    mutating func read(into buffer: UnsafeMutableRawBufferPointer) throws(DecodeError) -> Int {
        if start.isEmpty {
            do throws(FileError) { return try file.read(into: buffer) } catch { throw .file(error) }
        }
        let count = min(start.count, buffer.count)
        buffer.copyBytes(from: start.prefix(count))
        start = start.dropFirst(count)
        return count
    }
}
