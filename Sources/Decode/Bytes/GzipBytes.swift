import CZlib

/// Inflates gzip, all members of the file. Owns a zlib stream; one thread at a time.
final class GzipBytes: ByteReader {
    private let path: String
    private var compressed: PlainBytes
    private let input = UnsafeMutableRawBufferPointer.allocate(byteCount: readSize, alignment: 16)
    private var stream = z_stream()
    /// Between two members, where the file may end.
    private var isBetweenMembers = false

    init(of compressed: PlainBytes, path: String) {
        self.compressed = compressed
        self.path = path
        tidemark_inflate_init(&stream)
    }

    deinit {
        inflateEnd(&stream)
        input.deallocate()
    }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws(DecodeError) -> Int {
        stream.next_out = buffer.baseAddress?.assumingMemoryBound(to: UInt8.self)
        stream.avail_out = UInt32(buffer.count)
        while stream.avail_out == UInt32(buffer.count) {
            if stream.avail_in == 0 {
                let count = try compressed.read(into: input)
                if count == 0 {
                    guard isBetweenMembers else {
                        throw .damaged(path: path, reason: "they end too early")
                    }
                    return 0
                }
                stream.next_in = input.baseAddress?.assumingMemoryBound(to: UInt8.self)
                stream.avail_in = UInt32(count)
            }
            // Zeros pad the end of some files, as tapes needed it.
            if isBetweenMembers, stream.next_in.pointee == 0 { return 0 }
            isBetweenMembers = false
            switch inflate(&stream, Z_NO_FLUSH) {
            case Z_OK, Z_BUF_ERROR: break
            case Z_STREAM_END:
                inflateReset(&stream)
                isBetweenMembers = true
            default:
                throw .damaged(path: path, reason: stream.msg.map { String(cString: $0) } ?? "gzip")
            }
        }
        return buffer.count - Int(stream.avail_out)
    }
}
