/// The bytes of a file, decompressed if its first bytes say gzip or Zstandard.
public struct CompressedBytes: ByteReader {
    private var reader: any ByteReader

    public init(path: String) throws(DecodeError) {
        var file = try PlainBytes(path: path)
        let start = try file.peek(4)
        reader =
            if start.starts(with: [0x1F, 0x8B]) {
                GzipBytes(of: file, path: file.path)
            } else if start == [0x28, 0xB5, 0x2F, 0xFD] {
                ZstandardBytes(of: file, path: file.path)
            } else {
                file
            }
    }

    public mutating func read(into buffer: UnsafeMutableRawBufferPointer) throws(DecodeError) -> Int
    {
        try reader.read(into: buffer)
    }
}
