import CZstd

/// Decompresses Zstandard, all frames of the file. Owns a zstd context; one thread at a time.
final class ZstandardBytes: ByteReader {
    private let path: String
    private var compressed: PlainBytes
    private let input = UnsafeMutableRawBufferPointer.allocate(byteCount: readSize, alignment: 16)
    private var unread = ZSTD_inBuffer()
    private let stream = ZSTD_createDStream()
    /// zstd's hint: 0 at the end of a frame, where the file may end.
    private var hint = 0

    init(of compressed: PlainBytes, path: String) {
        self.compressed = compressed
        self.path = path
    }

    deinit {
        ZSTD_freeDStream(stream)
        input.deallocate()
    }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws(DecodeError) -> Int {
        var output = ZSTD_outBuffer(dst: buffer.baseAddress, size: buffer.count, pos: 0)
        while output.pos == 0 {
            var isAtEnd = false
            if unread.pos == unread.size {
                let count = try compressed.read(into: input)
                isAtEnd = count == 0
                if isAtEnd && hint == 0 { return 0 }
                unread = ZSTD_inBuffer(src: input.baseAddress, size: count, pos: 0)
            }
            hint = ZSTD_decompressStream(stream, &output, &unread)
            if ZSTD_isError(hint) != 0 {
                throw .damaged(path: path, reason: String(cString: ZSTD_getErrorName(hint)))
            }
            // Behind the last byte zstd still hands out what there was no room for before.
            if isAtEnd && output.pos == 0 {
                throw .damaged(path: path, reason: "they end too early")
            }
        }
        return output.pos
    }
}
