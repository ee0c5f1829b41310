import CISAL
import Glibc

/// gzip, by ISA-L: twice as fast as zlib.
final class Gzip: Unpacker {
    private let state: OpaquePointer

    init() throws(UnpackingFault) {
        guard let state = tidemark_gunzip_create() else { throw .noMemory }
        self.state = state
    }

    deinit { free(UnsafeMutableRawPointer(state)) }

    func step(
        _ input: inout UnsafeRawBufferPointer, _ room: inout UnsafeMutableRawBufferPointer
    ) throws(UnpackingFault) -> Bool {
        var next = input.baseAddress?.assumingMemoryBound(to: UInt8.self)
        var target = room.baseAddress?.assumingMemoryBound(to: UInt8.self)
        var (inputCount, roomCount) = (UInt32(clamping: input.count), UInt32(clamping: room.count))
        let given = (inputCount, roomCount)
        let status = tidemark_gunzip_step(state, &next, &inputCount, &target, &roomCount)
        switch status {
        case ISAL_INVALID_WRAPPER, ISAL_UNSUPPORTED_METHOD: throw .damaged("no header of gzip")
        case ISAL_INCORRECT_CHECKSUM: throw .damaged("their checksum is another")
        // Of damaged data it may put back more than it was given.
        case _ where status < 0 || inputCount > given.0 || roomCount > given.1:
            throw .damaged("they do not follow the format gzip")
        default: break
        }
        input.dropFirst(Int(given.0 - inputCount))
        room.dropFirst(Int(given.1 - roomCount))
        return status == 1
    }

    func canFollow(_ byte: UInt8) -> Bool { byte == 0x1F }

    func restart() { tidemark_gunzip_restart(state) }
}
