import CBzip2

/// bzip2, by libbz2.
final class Bzip2: Unpacker {
    private var stream = bz_stream()

    init() throws(UnpackingFault) { try begin() }

    deinit { BZ2_bzDecompressEnd(&stream) }

    private func begin() throws(UnpackingFault) {
        guard BZ2_bzDecompressInit(&stream, 0, 0) == BZ_OK else { throw .noMemory }
    }

    func step(
        _ input: inout UnsafeRawBufferPointer, _ room: inout UnsafeMutableRawBufferPointer
    ) throws(UnpackingFault) -> Bool {
        stream.next_in = UnsafeMutableRawPointer(mutating: input.baseAddress)?
            .assumingMemoryBound(to: CChar.self)
        stream.avail_in = UInt32(clamping: input.count)
        stream.next_out = room.baseAddress?.assumingMemoryBound(to: CChar.self)
        stream.avail_out = UInt32(clamping: room.count)
        let given = (stream.avail_in, stream.avail_out)
        let status = BZ2_bzDecompress(&stream)
        input.dropFirst(Int(given.0 - stream.avail_in))
        room.dropFirst(Int(given.1 - stream.avail_out))
        switch status {
        case BZ_OK: return false
        case BZ_STREAM_END: return true
        case BZ_MEM_ERROR: throw .noMemory
        case BZ_DATA_ERROR: throw .damaged("their checksum is another")
        default: throw .damaged("they do not follow the format bzip2")
        }
    }

    func canFollow(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "B") }

    func restart() throws(UnpackingFault) {
        BZ2_bzDecompressEnd(&stream)
        stream = bz_stream()
        try begin()
    }
}
