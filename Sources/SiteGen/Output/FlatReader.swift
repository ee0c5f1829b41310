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
