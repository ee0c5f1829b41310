/// What compressed bytes hold: all their streams, one behind the other. One thread at a time.
final class UnpackedBytes: ByteReader {
    private let path: String
    private var packed: any ByteReader
    private let unpacker: any Unpacker
    private let expansion: Expansion
    private let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: readSize, alignment: 16)
    private var input = UnsafeRawBufferPointer(start: nil, count: 0)
    private var hasEnded = false
    /// Behind a stream, where the bytes may end.
    private var isBetweenStreams = false

    init(of packed: any ByteReader, by unpacker: any Unpacker, path: String, expansion: Expansion) {
        self.packed = packed
        self.unpacker = unpacker
        self.path = path
        self.expansion = expansion
    }

    deinit { buffer.deallocate() }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws(DecodeError) -> Int {
        var room = buffer
        while room.count == buffer.count {
            try fill()
            if isBetweenStreams {
                if input.isEmpty { return 0 }
                try begin()
                if isBetweenStreams { continue }
            }
            let inputCount = input.count
            do throws(UnpackingFault) {
                isBetweenStreams = try unpacker.step(&input, &room)
            } catch {
                throw error.error(path: path)
            }
            // Behind the last byte some libraries still hand out what there was no room for before.
            guard isBetweenStreams || room.count < buffer.count || input.count < inputCount else {
                throw .damaged(path: path, reason: "they end too early")
            }
        }
        try expansion.give(buffer.count - room.count, path: path)
        return buffer.count - room.count
    }

    private func fill() throws(DecodeError) {
        if !input.isEmpty || hasEnded { return }
        let count = try packed.read(into: buffer)
        hasEnded = count == 0
        input = UnsafeRawBufferPointer(rebasing: buffer[..<count])
    }

    /// Begins the stream that follows another; zeros may stand between and behind them, as tapes and xz need.
    private func begin() throws(DecodeError) {
        let zeros = input.prefix { $0 == 0 }.count
        input.dropFirst(zeros)
        guard let first = input.first else { return }
        guard unpacker.canFollow(first) else {
            throw .damaged(path: path, reason: "bytes that do not belong to them follow their end")
        }
        do throws(UnpackingFault) { try unpacker.restart() } catch { throw error.error(path: path) }
        isBetweenStreams = false
    }
}
