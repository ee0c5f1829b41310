/// The bytes of a file, decompressed if its first bytes say gzip or Zstandard.
public struct CompressedBytes: ByteReader {
    private var reader: any ByteReader

    public init(path: String) throws(DecodeError) {
        let file = try FileBytes(path: path)
        let start = try Self.firstBytes(of: file)
        let peeked = PeekedBytes(start: start[...], rest: file)
        reader =
            if start.starts(with: [0x1F, 0x8B]) {
                GzipBytes(of: peeked, path: file.path)
            } else if start == [0x28, 0xB5, 0x2F, 0xFD] {
                ZstandardBytes(of: peeked, path: file.path)
            } else {
                peeked
            }
    }

    public mutating func read(into buffer: UnsafeMutableRawBufferPointer) throws(DecodeError) -> Int
    {
        try reader.read(into: buffer)
    }

    /// Four bytes, or all if there are fewer. A pipe may give them one at a time.
    private static func firstBytes(of file: FileBytes) throws(DecodeError) -> [UInt8] {
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 4, alignment: 1)
        defer { buffer.deallocate() }
        var count = 0
        while count < buffer.count {
            let got = try file.read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[count...]))
            if got == 0 { break }
            count += got
        }
        return Array(buffer[..<count])
    }
}
