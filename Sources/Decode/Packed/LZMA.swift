import CLZMA

/// xz, and its forerunner that has neither magic number nor checksum, by liblzma.
final class LZMA: Unpacker {
    private let isXZ: Bool
    private var stream = lzma_stream()
    /// The window, with what a decoder needs beside it.
    private static let memory = UInt64(UnpackingFault.largestWindow + 1 << 20)

    /// - Parameter isXZ: false for the forerunner, `.lzma`.
    init(isXZ: Bool) throws(UnpackingFault) {
        self.isXZ = isXZ
        try restart()
    }

    deinit { lzma_end(&stream) }

    /// The decoder that there is gets used again.
    func restart() throws(UnpackingFault) {
        let status =
            isXZ
            ? lzma_stream_decoder(&stream, Self.memory, 0)
            : lzma_alone_decoder(&stream, Self.memory)
        guard status == LZMA_OK else { throw .noMemory }
    }

    func step(
        _ input: inout UnsafeRawBufferPointer, _ room: inout UnsafeMutableRawBufferPointer
    ) throws(UnpackingFault) -> Bool {
        stream.next_in = input.baseAddress?.assumingMemoryBound(to: UInt8.self)
        stream.avail_in = input.count
        stream.next_out = room.baseAddress?.assumingMemoryBound(to: UInt8.self)
        stream.avail_out = room.count
        let status = lzma_code(&stream, LZMA_RUN)
        input.dropFirst(input.count - stream.avail_in)
        room.dropFirst(room.count - stream.avail_out)
        switch status {
        // Without progress, which the caller sees for itself.
        case LZMA_OK, LZMA_BUF_ERROR: return false
        case LZMA_STREAM_END: return true
        case LZMA_MEMLIMIT_ERROR: throw .largeWindow
        case LZMA_MEM_ERROR: throw .noMemory
        case LZMA_FORMAT_ERROR: throw .damaged("no header of xz")
        case LZMA_OPTIONS_ERROR: throw .damaged("they use what this version of liblzma lacks")
        default: throw .damaged("their checksum is another, or they do not follow the format xz")
        }
    }

    func canFollow(_ byte: UInt8) -> Bool { isXZ && byte == 0xFD }
}
