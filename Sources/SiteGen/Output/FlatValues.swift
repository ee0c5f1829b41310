/// Arrays of plain values one after the other, as they are in memory: for files that this very program reads
/// back on this very machine.
struct FlatWriter {
    /// Grows with every change of what is written.
    static let version: UInt64 = 0x7469_6465_0000_0003

    private var bytes: [UInt8] = []

    init() { append([Self.version]) }

    mutating func append<Value: BitwiseCopyable>(_ values: [Value]) {
        withUnsafeBytes(of: UInt64(values.count)) { bytes += $0 }
        withUnsafeBytes(of: UInt64(MemoryLayout<Value>.stride)) { bytes += $0 }
        values.withUnsafeBytes { bytes += $0 }
        bytes += repeatElement(0, count: (8 - bytes.count % 8) % 8)
    }

    /// All of it with its checksum.
    var finished: [UInt8] {
        var bytes = bytes
        withUnsafeBytes(of: Self.checksum(bytes)) { bytes += $0 }
        return bytes
    }

    /// Tells a damaged file from a whole one; not one that someone forged.
    static func checksum(_ bytes: [UInt8]) -> UInt64 {
        bytes.withUnsafeBytes { buffer in
            var state: UInt64 = 0x9e37_79b9_7f4a_7c15 ^ UInt64(buffer.count)
            var place = 0
            while place + 8 <= buffer.count {
                let word = buffer.loadUnaligned(fromByteOffset: place, as: UInt64.self)
                state = (state ^ word) &* 0xff51_afd7_ed55_8ccd
                state ^= state >> 32
                place += 8
            }
            for byte in buffer[place...] { state = (state ^ UInt64(byte)) &* 0x100_0000_01b3 }
            return state
        }
    }
}

/// Reads back what a `FlatWriter` wrote.
struct FlatReader {
    private let bytes: [UInt8]
    private var position = 0

    /// Nil if the bytes are damaged or of another version.
    init?(_ bytes: [UInt8]) {
        guard bytes.count >= 8 else { return nil }
        let end = bytes.count - 8
        let sum = bytes.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: end, as: UInt64.self) }
        self.bytes = Array(bytes[..<end])
        guard FlatWriter.checksum(self.bytes) == sum,
            values(of: UInt64.self) == [FlatWriter.version]
        else { return nil }
    }

    /// The next array; nil if it is none of such values.
    mutating func values<Value: BitwiseCopyable>(of type: Value.Type) -> [Value]? {
        guard let count = number(), let stride = number(), stride == MemoryLayout<Value>.stride,
            count <= (bytes.count - position) / stride
        else { return nil }
        let values = [Value](unsafeUninitializedCapacity: count) { buffer, filled in
            // The checksum and the stride say that these bytes were such values.
            bytes.withUnsafeBytes {
                UnsafeMutableRawBufferPointer(buffer)
                    .copyMemory(from: .init(rebasing: $0[position..<position + count * stride]))
            }
            filled = count
        }
        position = min(bytes.count, (position + count * stride + 7) / 8 * 8)
        return values
    }

    private mutating func number() -> Int? {
        guard position + 8 <= bytes.count else { return nil }
        defer { position += 8 }
        let word = bytes.withUnsafeBytes {
            $0.loadUnaligned(fromByteOffset: position, as: UInt64.self)
        }
        return Int(exactly: word)
    }
}
