import CLZ4

/// Frames of LZ4, by liblz4; skippable frames are skipped.
final class LZ4: Unpacker {
    private let context: OpaquePointer

    init() throws(UnpackingFault) {
        var context: OpaquePointer?
        LZ4F_createDecompressionContext(&context, UInt32(LZ4F_VERSION))
        guard let context else { throw .noMemory }
        self.context = context
    }

    deinit { LZ4F_freeDecompressionContext(context) }

    func step(
        _ input: inout UnsafeRawBufferPointer, _ room: inout UnsafeMutableRawBufferPointer
    ) throws(UnpackingFault) -> Bool {
        var (inputCount, roomCount) = (input.count, room.count)
        let hint = LZ4F_decompress(
            context, room.baseAddress, &roomCount, input.baseAddress, &inputCount, nil)
        guard LZ4F_isError(hint) == 0 else {
            throw .damaged(String(cString: LZ4F_getErrorName(hint)))
        }
        input.dropFirst(inputCount)
        room.dropFirst(roomCount)
        return hint == 0
    }

    func canFollow(_ byte: UInt8) -> Bool { byte == 0x04 || 0x50...0x5F ~= byte }

    func restart() {}
}
