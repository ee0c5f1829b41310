import Files

/// The bytes of a file or of standard input as they are.
struct PlainBytes: ByteReader {
    let file: FileReader
    /// Told of what is read; nil if nothing is made of it.
    private let expansion: Expansion?

    /// `-` is standard input. `range` is the part of a regular file to read.
    init(
        path: String, range: Range<Int>? = nil, expansion: Expansion? = nil
    ) throws(DecodeError) {
        do throws(FileError) {
            file = path == "-" ? .standardInput : try FileReader(path, range: range)
        } catch {
            throw .file(error)
        }
        self.expansion = expansion
    }

    init(_ file: FileReader, expansion: Expansion) {
        self.file = file
        self.expansion = expansion
    }

    /// For errors.
    var path: String { file.path }

    mutating func read(into buffer: UnsafeMutableRawBufferPointer) throws(DecodeError) -> Int {
        do throws(FileError) {
            let count = try file.read(into: buffer)
            expansion?.take(count)
            return count
        } catch {
            throw .file(error)
        }
    }
}
