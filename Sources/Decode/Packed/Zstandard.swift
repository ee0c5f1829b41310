import CZstd

/// Zstandard, RFC 8878; skippable frames are skipped.
final class Zstandard: Unpacker {
    private let stream: OpaquePointer

    init() throws(UnpackingFault) {
        guard let stream = ZSTD_createDStream() else { throw .noMemory }
        self.stream = stream
        ZSTD_DCtx_setParameter(
            stream, ZSTD_d_windowLogMax, Int32(UnpackingFault.largestWindow.trailingZeroBitCount))
    }

    deinit { ZSTD_freeDStream(stream) }

    func step(
        _ input: inout UnsafeRawBufferPointer, _ room: inout UnsafeMutableRawBufferPointer
    ) throws(UnpackingFault) -> Bool {
        var source = ZSTD_inBuffer(src: input.baseAddress, size: input.count, pos: 0)
        var target = ZSTD_outBuffer(dst: room.baseAddress, size: room.count, pos: 0)
        let hint = ZSTD_decompressStream(stream, &target, &source)
        input.dropFirst(source.pos)
        room.dropFirst(target.pos)
        guard ZSTD_isError(hint) != 0 else { return hint == 0 }
        switch ZSTD_getErrorCode(hint) {
        case ZSTD_error_frameParameter_windowTooLarge: throw .largeWindow
        case ZSTD_error_memory_allocation: throw .noMemory
        default: throw .damaged(String(cString: ZSTD_getErrorName(hint)))
        }
    }

    func canFollow(_ byte: UInt8) -> Bool { byte == 0x28 || 0x50...0x5F ~= byte }

    func restart() {}
}
